from django.db import migrations

from core.row_security import RenewPolicies


class Migration(migrations.Migration):
    dependencies = [("core", "0003_policies_that_read_the_scope_once")]

    operations = [RenewPolicies()]
