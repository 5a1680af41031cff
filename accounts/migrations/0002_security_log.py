import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from core.row_security import AppendOnly


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="SecurityEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("signed_in", "Signed in"),
                            ("sign_in_failed", "A sign-in failed"),
                            ("locked_out", "Signing in was stopped for a while"),
                            ("signed_out", "Signed out"),
                            ("confirmed_again", "Confirmed again who it is"),
                            ("password_changed", "Changed the password"),
                            ("name_changed", "Changed one's own name"),
                            ("sessions_ended", "Ended sessions"),
                            ("link_made", "A sign-in link was made"),
                            ("link_taken", "A sign-in link was taken"),
                            ("link_refused", "A sign-in link was refused"),
                            ("second_factor_added", "Took the two-step sign-in into use"),
                            ("second_factor_removed", "The two-step sign-in was turned off or reset"),
                            ("recovery_codes_made", "Made new recovery codes"),
                            ("code_refused", "A code was refused"),
                            ("account_stopped", "An account was taken out of use"),
                            ("account_restored", "An account was taken into use again"),
                            ("right_asked", "A right was asked for, for another to confirm"),
                            ("right_given", "A right was given"),
                            ("right_refused", "A right was refused"),
                            ("right_ended", "A right was ended"),
                            ("refused_by_role", "Was refused: the role does not allow it"),
                            ("relation_made", "Made a relation to a client for oneself"),
                            ("revealed", "Revealed protected details"),
                            ("many_at_once", "Opened or revealed unusually many"),
                            ("exported", "Took data out"),
                        ],
                        max_length=24,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("municipality_number", models.PositiveSmallIntegerField(null=True)),
                ("network_address", models.GenericIPAddressField(null=True)),
                ("facts", models.JSONField(default=dict)),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                "indexes": [
                    models.Index(fields=["municipality_number", "-at"], name="security_event_of_place"),
                    models.Index(fields=["actor", "-at"], name="security_event_by_actor"),
                    models.Index(fields=["person", "-at"], name="security_event_of_person"),
                ],
            },
        ),
        AppendOnly("SecurityEvent"),
    ]
