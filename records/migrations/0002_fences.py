from django.db import migrations

from core.row_security import AppendOnly, SecureRows
from core.stored_days import DaysWithinReach


class Migration(migrations.Migration):
    dependencies = [("records", "0001_tables")]

    operations = [
        SecureRows("Document", "DocumentHistory", "OpenVersion", "Version", "TakingOut"),
        AppendOnly("DocumentHistory", "Version", "TakingOut"),
        DaysWithinReach(),
    ]
