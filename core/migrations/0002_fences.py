from django.db import migrations

from core.row_security import SecureRows


class Migration(migrations.Migration):
    dependencies = [("core", "0001_tables")]

    operations = [SecureRows("Draft")]
