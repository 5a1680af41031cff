from municipalities.models.admin_action import AdminAction
from municipalities.models.local_settings import LocalSettings
from municipalities.models.membership import Membership, Role
from municipalities.models.municipality import (
    Municipality,
    TrialPeriod,
    WellbeingCounty,
)
from municipalities.models.owned import BulkMunicipalRow, MunicipalRow
from municipalities.models.right_request import RightRequest
from municipalities.models.unit import Unit

__all__ = [
    "AdminAction",
    "BulkMunicipalRow",
    "LocalSettings",
    "Membership",
    "MunicipalRow",
    "Municipality",
    "RightRequest",
    "Role",
    "TrialPeriod",
    "Unit",
    "WellbeingCounty",
]
