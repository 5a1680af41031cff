from django.db import migrations

from core.row_security import AppendOnly, SecureRows

KEPT = (
    "AppointmentHistory",
    "HandoverHistory",
    "InformationRequestHistory",
    "LetterHistory",
    "LetterTemplateHistory",
    "PartnerHistory",
    "TransferHistory",
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_transfers_hand_overs_letters_and_appointments")]

    operations = [
        SecureRows(
            "Appointment",
            "Handover",
            "InformationRequest",
            "Letter",
            "LetterTemplate",
            "Partner",
            "Transfer",
            *KEPT,
        ),
        AppendOnly(*KEPT),
    ]
