from django.db import migrations

from core.row_security import SCOPE, RenewPolicies

LIST = "{column} = ANY ((SELECT NULLIF(current_setting('" + SCOPE + "', true), '')::int[])::int[])"


class Migration(migrations.Migration):
    dependencies = [("core", "0003_policies_that_read_the_scope_once")]

    operations = [RenewPolicies(former=LIST)]
