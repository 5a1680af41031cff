"""No day and no moment that could not be read again."""

from django.db import migrations

from core.stored_days import DaysWithinReach


class Migration(migrations.Migration):
    dependencies = [("core", "0004_bind_drafts")]

    operations = [DaysWithinReach()]
