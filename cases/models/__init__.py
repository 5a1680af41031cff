from cases.models.access_log import AccessLog
from cases.models.case import Case, OwnWorker
from cases.models.client import Client, NameToken, RestrictedAccess
from cases.models.contact import Contact
from cases.models.contact_detail import ContactDetail
from cases.models.deadline import Deadline
from cases.models.event import Event
from cases.models.matter import Matter, MatterKind, MatterState

__all__ = [
    "AccessLog",
    "Case",
    "Client",
    "Contact",
    "ContactDetail",
    "Deadline",
    "Event",
    "Matter",
    "MatterKind",
    "MatterState",
    "NameToken",
    "OwnWorker",
    "RestrictedAccess",
]
