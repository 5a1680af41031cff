import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_bind_second_factors")]

    operations = [
        migrations.AddField(
            model_name="securityevent",
            name="told_in",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.PositiveSmallIntegerField(), default=list, size=None
            ),
        ),
        migrations.AddIndex(
            model_name="securityevent",
            index=django.contrib.postgres.indexes.GinIndex(fields=["told_in"], name="security_event_told_in"),
        ),
    ]
