from django.db import migrations

from core.row_security import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("municipalities", "0005_local_settings")]

    operations = [AppendOnly("LocalSettingsHistory")]
