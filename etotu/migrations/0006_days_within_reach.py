"""No day and no moment that could not be read again."""

from django.db import migrations

from core.stored_days import DaysWithinReach


class Migration(migrations.Migration):
    dependencies = [("etotu", "0005_bind_attachments")]

    operations = [DaysWithinReach()]
