from cases.models.access_log import AccessLog
from cases.models.act import Act, ActKind
from cases.models.appointment import Appointment
from cases.models.case import Case, OwnWorker
from cases.models.client import Client, NameToken, RestrictedAccess
from cases.models.contact import Contact
from cases.models.contact_detail import ContactDetail
from cases.models.deadline import Deadline
from cases.models.event import Event
from cases.models.hold_release import HoldRelease
from cases.models.information_request import InformationRequest
from cases.models.letter import Letter, LetterTemplate
from cases.models.matter import Matter, MatterKind, MatterState
from cases.models.partner import Handover, Partner
from cases.models.self_made_right import SelfMadeRight
from cases.models.transfer import Transfer

__all__ = [
    "AccessLog",
    "Act",
    "ActKind",
    "Appointment",
    "Case",
    "Client",
    "Contact",
    "ContactDetail",
    "Deadline",
    "Event",
    "Handover",
    "HoldRelease",
    "InformationRequest",
    "Letter",
    "LetterTemplate",
    "Matter",
    "MatterKind",
    "MatterState",
    "NameToken",
    "OwnWorker",
    "Partner",
    "RestrictedAccess",
    "SelfMadeRight",
    "Transfer",
]
