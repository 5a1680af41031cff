from municipalities.models.membership import Membership, Role
from municipalities.models.municipality import (
    Municipality,
    TrialPeriod,
    WellbeingCounty,
)
from municipalities.models.owned import MunicipalRow
from municipalities.models.unit import Unit

__all__ = [
    "Membership",
    "MunicipalRow",
    "Municipality",
    "Role",
    "TrialPeriod",
    "Unit",
    "WellbeingCounty",
]
