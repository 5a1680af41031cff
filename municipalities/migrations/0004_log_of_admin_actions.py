import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from core.row_security import AppendOnly, SecureRows


class Migration(migrations.Migration):
    dependencies = [
        ("municipalities", "0003_fences"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AdminAction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("invited", "Invited"),
                            ("gave_membership", "Gave a role"),
                            ("ended_membership", "Ended a role"),
                            ("changed_unit", "Changed the unit"),
                            ("made_link", "Made a new sign-in link"),
                            ("deactivated", "Deactivated the account"),
                            ("reactivated", "Took the account into use again"),
                            ("reset_second_factor", "Reset the second factor"),
                            ("added_unit", "Added a unit"),
                            ("renamed_unit", "Renamed a unit"),
                            ("ended_unit", "Ended a unit"),
                            ("reopened_unit", "Took a unit into use again"),
                        ],
                        max_length=24,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("details", models.JSONField(default=dict)),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="municipalities.municipality",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "indexes": [models.Index(fields=["municipality", "person", "-at"], name="admin_action_of_person")],
            },
        ),
        SecureRows("AdminAction"),
        AppendOnly("AdminAction"),
    ]
