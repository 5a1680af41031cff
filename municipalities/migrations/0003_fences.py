from django.db import migrations

from core.row_security import AppendOnly, SecureRows


class Migration(migrations.Migration):
    dependencies = [("municipalities", "0002_reference_data")]

    operations = [
        SecureRows("AdminAction"),
        AppendOnly("AdminAction", "LocalSettingsHistory", "MembershipHistory"),
    ]
