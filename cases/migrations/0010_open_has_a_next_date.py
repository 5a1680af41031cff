from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0009_fill_next_dates")]

    operations = [
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closed_at__isnull", False),
                    ("due__isnull", False),
                    ("waiting_until__isnull", False),
                    ("remind_on__isnull", False),
                    ("time_on__isnull", False),
                    _connector="OR",
                ),
                name="open_has_a_next_date",
            ),
        ),
    ]
