from django.db import migrations

from core.row_security import RenewPolicies


class Migration(migrations.Migration):
    dependencies = [("core", "0002_fences")]

    operations = [RenewPolicies()]
