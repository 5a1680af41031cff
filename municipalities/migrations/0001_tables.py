import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import municipalities.models.local_settings


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Municipality",
            fields=[
                ("id", models.SmallIntegerField(primary_key=True, serialize=False)),
                ("name_fi", models.CharField(max_length=60)),
                ("name_sv", models.CharField(max_length=60)),
                ("languages", models.CharField(help_text="fi, sv or both, the majority's first", max_length=5)),
                ("in_2018", models.BooleanField()),
                ("in_2026", models.BooleanField()),
            ],
            options={
                "ordering": ["name_fi"],
            },
        ),
        migrations.CreateModel(
            name="WellbeingCounty",
            fields=[
                ("code", models.CharField(max_length=2, primary_key=True, serialize=False)),
                ("name_fi", models.CharField(max_length=80)),
                ("name_sv", models.CharField(max_length=80)),
            ],
            options={
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="LocalSettings",
            fields=[
                (
                    "municipality",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="local_settings",
                        serialize=False,
                        to="municipalities.municipality",
                    ),
                ),
                (
                    "attempts_before_letter",
                    models.PositiveSmallIntegerField(
                        default=3,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(20),
                        ],
                        verbose_name="attempts before the letter",
                    ),
                ),
                (
                    "silent_days",
                    models.PositiveSmallIntegerField(
                        default=30,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(365),
                        ],
                        verbose_name="days after which a client is silent",
                    ),
                ),
                (
                    "partner_silent_days",
                    models.PositiveSmallIntegerField(
                        default=30,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(365),
                        ],
                        verbose_name="days after which a partner is asked again",
                    ),
                ),
                (
                    "held_per_week",
                    models.PositiveSmallIntegerField(
                        default=15,
                        validators=[django.core.validators.MaxValueValidator(10000)],
                        verbose_name="held matters released a week",
                    ),
                ),
                (
                    "working_days",
                    models.CharField(
                        choices=[
                            ("strict", "the earlier day: an eve counts inside the time"),
                            ("wide", "the later day: an eve never counts"),
                        ],
                        default="strict",
                        max_length=10,
                        verbose_name="reading of a working day",
                    ),
                ),
                (
                    "kela_days",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(),
                        blank=True,
                        default=municipalities.models.local_settings.monday_to_friday,
                        size=None,
                        verbose_name="days on which Kela sends",
                    ),
                ),
                ("letter_sender", models.TextField(blank=True, max_length=500, verbose_name="sender of letters")),
                ("letter_contact", models.TextField(blank=True, max_length=500, verbose_name="where to turn")),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "ordering": ["municipality"],
            },
        ),
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
                            ("changed_area", "Changed the postal codes of a unit"),
                            ("changed_settings", "Changed the settings"),
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
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
            ],
            options={
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("social_worker", "social worker"),
                            ("social_counsellor", "social counsellor"),
                            ("supervisor", "supervisor of social work"),
                            ("coordinator", "coordinator"),
                            ("admin", "admin"),
                            ("researcher", "researcher"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                ("starts", models.DateField(default=django.utils.timezone.localdate, verbose_name="starts")),
                ("ends", models.DateField(blank=True, null=True, verbose_name="ends")),
                (
                    "given_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="municipalities.municipality",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["user__name", "role", "pk"],
            },
        ),
        migrations.CreateModel(
            name="TrialPeriod",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts", models.DateField()),
                ("ends", models.DateField(blank=True, null=True)),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="trial_periods",
                        to="municipalities.municipality",
                    ),
                ),
            ],
            options={
                "ordering": ["municipality", "starts"],
            },
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("ended", models.DateField(blank=True, null=True)),
                (
                    "postal_codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=5),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="postal codes",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="units",
                        to="municipalities.municipality",
                    ),
                ),
            ],
            options={
                "ordering": ["name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="MembershipHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("social_worker", "social worker"),
                            ("social_counsellor", "social counsellor"),
                            ("supervisor", "supervisor of social work"),
                            ("coordinator", "coordinator"),
                            ("admin", "admin"),
                            ("researcher", "researcher"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                ("starts", models.DateField(default=django.utils.timezone.localdate, verbose_name="starts")),
                ("ends", models.DateField(blank=True, null=True, verbose_name="ends")),
                (
                    "given_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="municipalities.municipality",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        to="municipalities.membership",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="municipalities.unit",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="membership",
            name="unit",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="memberships",
                to="municipalities.unit",
                verbose_name="unit",
            ),
        ),
        migrations.AddField(
            model_name="municipality",
            name="county",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to="municipalities.wellbeingcounty"
            ),
        ),
        migrations.CreateModel(
            name="LocalSettingsHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                (
                    "attempts_before_letter",
                    models.PositiveSmallIntegerField(
                        default=3,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(20),
                        ],
                        verbose_name="attempts before the letter",
                    ),
                ),
                (
                    "silent_days",
                    models.PositiveSmallIntegerField(
                        default=30,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(365),
                        ],
                        verbose_name="days after which a client is silent",
                    ),
                ),
                (
                    "partner_silent_days",
                    models.PositiveSmallIntegerField(
                        default=30,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(365),
                        ],
                        verbose_name="days after which a partner is asked again",
                    ),
                ),
                (
                    "held_per_week",
                    models.PositiveSmallIntegerField(
                        default=15,
                        validators=[django.core.validators.MaxValueValidator(10000)],
                        verbose_name="held matters released a week",
                    ),
                ),
                (
                    "working_days",
                    models.CharField(
                        choices=[
                            ("strict", "the earlier day: an eve counts inside the time"),
                            ("wide", "the later day: an eve never counts"),
                        ],
                        default="strict",
                        max_length=10,
                        verbose_name="reading of a working day",
                    ),
                ),
                (
                    "kela_days",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(),
                        blank=True,
                        default=municipalities.models.local_settings.monday_to_friday,
                        size=None,
                        verbose_name="days on which Kela sends",
                    ),
                ),
                ("letter_sender", models.TextField(blank=True, max_length=500, verbose_name="sender of letters")),
                ("letter_contact", models.TextField(blank=True, max_length=500, verbose_name="where to turn")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "municipality",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        serialize=False,
                        to="municipalities.municipality",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        to="municipalities.localsettings",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="localsettings",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "municipalities_localsettingshistory" ("attempts_before_letter", "held_per_week", "kela_days", "letter_contact", "letter_sender", "municipality_id", "partner_silent_days", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "silent_days", "version", "working_days") SELECT old_values."attempts_before_letter", old_values."held_per_week", old_values."kela_days", old_values."letter_contact", old_values."letter_sender", old_values."municipality_id", old_values."partner_silent_days", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', old_values."municipality_id", old_values."silent_days", old_values."version", old_values."working_days" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."municipality_id") = (new_values."municipality_id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="e9cc0a27f8d757ed563a2b4b5629bb52b8cf43fb",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_781c8",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="municipalities_localsettings",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="localsettings",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "municipalities_localsettingshistory" ("attempts_before_letter", "held_per_week", "kela_days", "letter_contact", "letter_sender", "municipality_id", "partner_silent_days", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "silent_days", "version", "working_days") SELECT old_values."attempts_before_letter", old_values."held_per_week", old_values."kela_days", old_values."letter_contact", old_values."letter_sender", old_values."municipality_id", old_values."partner_silent_days", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."municipality_id", old_values."silent_days", old_values."version", old_values."working_days" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="3d899634a2f7706a79fda43af77e719c22e67cb0",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_97c13",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="municipalities_localsettings",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="adminaction",
            index=models.Index(fields=["municipality", "person", "-at"], name="admin_action_of_person"),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.UniqueConstraint(
                fields=("municipality", "name"),
                name="unit_name_once",
                violation_error_message="The municipality already has a unit with this name.",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends", None), ("ends__gte", models.F("starts")), _connector="OR"),
                name="membership_ends_after_it_starts",
                violation_error_message="The last day must not be before the first day.",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("municipality", None), ("role", "researcher")),
                    ("municipality__isnull", False),
                    _connector="OR",
                ),
                name="membership_has_municipality",
                violation_error_message="Choose the municipality.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "municipalities_membershiphistory" ("ends", "given_by_id", "id", "municipality_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "starts", "unit_id", "user_id") SELECT old_values."ends", old_values."given_by_id", old_values."id", old_values."municipality_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', old_values."id", old_values."role", old_values."starts", old_values."unit_id", old_values."user_id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="75c77a05bfe40c277ee9e8b6b41d2ec7d6715be1",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_d9095",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="municipalities_membership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "municipalities_membershiphistory" ("ends", "given_by_id", "id", "municipality_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "starts", "unit_id", "user_id") SELECT old_values."ends", old_values."given_by_id", old_values."id", old_values."municipality_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."role", old_values."starts", old_values."unit_id", old_values."user_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="bbf26b2b2e69ef2d36fd226c798d23e21f29ed33",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_dc054",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="municipalities_membership",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="municipality",
            constraint=models.CheckConstraint(
                condition=models.Q(("id__gt", 0), ("id__lt", 1000)), name="municipality_code_three_digits"
            ),
        ),
    ]
