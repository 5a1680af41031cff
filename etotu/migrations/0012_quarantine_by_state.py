from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("etotu", "0011_fewer_checks_and_indexes_of_notices")]

    operations = [
        migrations.RemoveIndex(model_name="quarantinerow", name="quarantine_open"),
        migrations.AddIndex(
            model_name="quarantinerow",
            index=models.Index(fields=["municipality", "state", "created_at"], name="quarantine_by_state"),
        ),
    ]
