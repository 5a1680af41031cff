"""Whose rows the tables hold, what is only ever added, and how few municipalities the rows of batches are of."""

from django.db import migrations

from core.few_municipalities import told_to_the_planner
from core.row_security import AppendOnly, SecureRows

OWN = (
    "AccessLog",
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
    "NameToken",
    "OwnWorker",
    "Partner",
    "RestrictedAccess",
    "Transfer",
)
KEPT = (
    "AppointmentHistory",
    "CaseHistory",
    "ClientHistory",
    "ContactDetailHistory",
    "ContactHistory",
    "HandoverHistory",
    "InformationRequestHistory",
    "LetterHistory",
    "LetterTemplateHistory",
    "MatterHistory",
    "OwnWorkerHistory",
    "PartnerHistory",
    "RestrictedAccessHistory",
    "TransferHistory",
)
FILLED_BY_BATCHES = (
    "cases_client",
    "cases_nametoken",
    "cases_contactdetail",
    "cases_matter",
    "cases_deadline",
    "cases_event",
    "cases_clienthistory",
    "cases_contactdetailhistory",
    "cases_matterhistory",
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_tables")]

    operations = [
        SecureRows(*OWN, *KEPT),
        AppendOnly("AccessLog", "Event", "HoldRelease", *KEPT),
        *(told_to_the_planner(table) for table in FILLED_BY_BATCHES),
    ]
