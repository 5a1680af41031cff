from django.db import migrations

from core.row_security import AppendOnly, SecureRows


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_tables")]

    operations = [
        SecureRows(
            "Client",
            "NameToken",
            "RestrictedAccess",
            "Case",
            "OwnWorker",
            "ContactDetail",
            "Matter",
            "Deadline",
            "Contact",
            "Event",
            "AccessLog",
            "ClientHistory",
            "RestrictedAccessHistory",
            "CaseHistory",
            "OwnWorkerHistory",
            "ContactDetailHistory",
            "MatterHistory",
            "ContactHistory",
        ),
        AppendOnly(
            "Event",
            "AccessLog",
            "ClientHistory",
            "RestrictedAccessHistory",
            "CaseHistory",
            "OwnWorkerHistory",
            "ContactDetailHistory",
            "MatterHistory",
            "ContactHistory",
        ),
    ]
