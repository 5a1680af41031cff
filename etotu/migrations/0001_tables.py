import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0001_tables"),
        ("core", "0001_tables"),
        ("municipalities", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Batch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("received", models.PositiveIntegerField(default=0)),
                ("accepted", models.PositiveIntegerField(default=0)),
                ("updated", models.PositiveIntegerField(default=0)),
                ("duplicate", models.PositiveIntegerField(default=0)),
                ("stale", models.PositiveIntegerField(default=0)),
                ("quarantined", models.PositiveIntegerField(default=0)),
                ("flagged", models.PositiveIntegerField(default=0)),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("file_name", models.CharField(max_length=255)),
                ("size", models.BigIntegerField()),
                ("sha256", models.BinaryField(max_length=32)),
                (
                    "via",
                    models.CharField(
                        choices=[("upload", "upload"), ("folder", "folder"), ("command", "command")], max_length=10
                    ),
                ),
                ("received_at", models.DateTimeField()),
                ("arrived", models.DateField()),
                ("given_sender", models.CharField(default="KELA", max_length=64)),
                ("sender", models.CharField(blank=True, max_length=64)),
                ("batch_code", models.CharField(blank=True, max_length=255)),
                ("declared_count", models.PositiveIntegerField(blank=True, null=True)),
                ("incomplete", models.BooleanField(default=False)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("received", "Waiting"),
                            ("loading", "Being processed"),
                            ("loaded", "Ready"),
                            ("rejected", "Rejected"),
                            ("repeat", "Same file again"),
                        ],
                        default="received",
                        max_length=10,
                    ),
                ),
                ("fault", models.JSONField(blank=True, null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "corrects",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="etotu.batch",
                    ),
                ),
                (
                    "delivered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "repeat_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="etotu.batch",
                    ),
                ),
                (
                    "uploaded_in",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="municipalities.municipality",
                    ),
                ),
            ],
            options={
                "ordering": ["-received_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Alert",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("rejected", "A file was rejected"),
                            ("incomplete", "A batch is incomplete"),
                            ("quarantined", "Rows wait for correction"),
                            ("missing_day", "No batch came from Kela"),
                        ],
                        max_length=20,
                    ),
                ),
                ("day", models.DateField(null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("emailed_at", models.DateTimeField(blank=True, null=True)),
                ("seen_at", models.DateTimeField(blank=True, null=True)),
                (
                    "municipality",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="municipalities.municipality",
                    ),
                ),
                (
                    "seen_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="alerts", to="etotu.batch"
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="BatchPiece",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("data", models.BinaryField()),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pieces", to="etotu.batch"
                    ),
                ),
            ],
            options={
                "ordering": ["batch", "number"],
            },
        ),
        migrations.CreateModel(
            name="BatchShare",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("received", models.PositiveIntegerField(default=0)),
                ("accepted", models.PositiveIntegerField(default=0)),
                ("updated", models.PositiveIntegerField(default=0)),
                ("duplicate", models.PositiveIntegerField(default=0)),
                ("stale", models.PositiveIntegerField(default=0)),
                ("quarantined", models.PositiveIntegerField(default=0)),
                ("flagged", models.PositiveIntegerField(default=0)),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="shares", to="etotu.batch"
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
                "ordering": ["-batch__received_at", "-batch"],
            },
        ),
        migrations.CreateModel(
            name="CodeChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(choices=[("added", "Added a code"), ("ended", "Ended a code")], max_length=10),
                ),
                ("last_day", models.DateField(null=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "code",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.code"),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sender", models.CharField(max_length=64)),
                ("number", models.CharField(max_length=64, verbose_name="notice number")),
                ("version", models.PositiveIntegerField()),
                ("position", models.PositiveIntegerField()),
                ("sent_at", models.DateTimeField()),
                ("received_at", models.DateTimeField()),
                ("urgent", models.BooleanField(default=False)),
                ("content", models.JSONField()),
                ("content_hash", models.BinaryField(max_length=32)),
                ("flags", models.JSONField(default=list)),
                ("past_hop", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("sent_to", models.SmallIntegerField(blank=True, null=True)),
                (
                    "batch",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="etotu.batch",
                    ),
                ),
                (
                    "first_batch",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="etotu.batch",
                    ),
                ),
                (
                    "matter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notice", to="cases.matter"
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="municipalities.municipality",
                    ),
                ),
            ],
            options={
                "ordering": ["-received_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=255)),
                ("mime", models.CharField(max_length=60)),
                ("size", models.PositiveIntegerField()),
                ("data", models.BinaryField()),
                (
                    "municipality",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="municipalities.municipality",
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="attachments", to="etotu.notice"
                    ),
                ),
            ],
            options={
                "ordering": ["notice", "-version", "pk"],
            },
        ),
        migrations.CreateModel(
            name="NoticeHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("sender", models.CharField(max_length=64)),
                ("number", models.CharField(max_length=64, verbose_name="notice number")),
                ("version", models.PositiveIntegerField()),
                ("position", models.PositiveIntegerField()),
                ("sent_at", models.DateTimeField()),
                ("received_at", models.DateTimeField()),
                ("urgent", models.BooleanField(default=False)),
                ("content", models.JSONField()),
                ("content_hash", models.BinaryField(max_length=32)),
                ("flags", models.JSONField(default=list)),
                ("past_hop", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("sent_to", models.SmallIntegerField(blank=True, null=True)),
                (
                    "batch",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="etotu.batch",
                    ),
                ),
                (
                    "first_batch",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="etotu.batch",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="cases.matter",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        db_constraint=False,
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
                        to="etotu.notice",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="QuarantineRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField()),
                ("line", models.PositiveIntegerField(null=True)),
                ("sender", models.CharField(max_length=64)),
                ("number", models.CharField(blank=True, max_length=64)),
                ("version", models.PositiveIntegerField(null=True)),
                ("kind", models.CharField(blank=True, max_length=60)),
                ("content_hash", models.BinaryField(max_length=32)),
                ("faults", models.JSONField()),
                ("original", models.BinaryField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("repeated", "The same row as one that is open"),
                            ("replaced", "Replaced by a later row"),
                            ("released", "Released"),
                            ("discarded", "Discarded"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("discard_reason", models.CharField(blank=True, db_default="", max_length=500, verbose_name="reason")),
                ("corrected", models.BinaryField(null=True)),
                ("edits", models.PositiveIntegerField(db_default=0, default=0)),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="quarantine", to="etotu.batch"
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.matter",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="municipalities.municipality",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["batch", "position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="QuarantineAction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("corrected", "Corrected"),
                            ("released", "Released"),
                            ("discarded", "Discarded"),
                            ("placed", "Placed in a municipality"),
                            ("checked_again", "Checked again after a code list was extended"),
                        ],
                        max_length=20,
                    ),
                ),
                ("fields", models.JSONField(default=list)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
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
                    "municipality",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="municipalities.municipality",
                    ),
                ),
                (
                    "row",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="actions", to="etotu.quarantinerow"
                    ),
                ),
            ],
            options={
                "ordering": ["row", "at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="RoutingRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="order")),
                ("active", models.BooleanField(default=False, verbose_name="in use")),
                ("starts", models.DateField(verbose_name="first day")),
                ("ends", models.DateField(blank=True, null=True, verbose_name="last day")),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("application", "Application"),
                                ("reduced_amount", "Reduced basic amount"),
                                ("social_work_need", "Need for social work"),
                                ("young_unemployed", "Young unemployed, 4 months"),
                                ("long_unemployed", "Unemployed, 12 months"),
                                ("immigrant", "Immigrant, over 2 months"),
                                ("discussion", "Wish for a discussion"),
                                ("contact", "Contact to social services"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="types",
                    ),
                ),
                ("urgent", models.BooleanField(blank=True, null=True, verbose_name="urgency")),
                ("age_from", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="age from")),
                ("age_to", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="age to")),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="service languages",
                    ),
                ),
                ("has_own_worker", models.BooleanField(blank=True, null=True, verbose_name="own worker")),
                (
                    "employment_trial",
                    models.BooleanField(blank=True, null=True, verbose_name="in the employment trial"),
                ),
                (
                    "target",
                    models.CharField(
                        choices=[
                            ("unit", "to a unit"),
                            ("person", "to a person"),
                            ("partner", "to a partner"),
                            ("hold", "hold for capacity"),
                        ],
                        max_length=10,
                        verbose_name="where to",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="municipalities.unit",
                        verbose_name="area of the unit",
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
                    "to_partner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.partner",
                        verbose_name="partner",
                    ),
                ),
                (
                    "to_unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="municipalities.unit",
                        verbose_name="unit",
                    ),
                ),
                (
                    "to_user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "ordering": ["municipality", "position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="RoutingRuleHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("position", models.PositiveSmallIntegerField(verbose_name="order")),
                ("active", models.BooleanField(default=False, verbose_name="in use")),
                ("starts", models.DateField(verbose_name="first day")),
                ("ends", models.DateField(blank=True, null=True, verbose_name="last day")),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("application", "Application"),
                                ("reduced_amount", "Reduced basic amount"),
                                ("social_work_need", "Need for social work"),
                                ("young_unemployed", "Young unemployed, 4 months"),
                                ("long_unemployed", "Unemployed, 12 months"),
                                ("immigrant", "Immigrant, over 2 months"),
                                ("discussion", "Wish for a discussion"),
                                ("contact", "Contact to social services"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="types",
                    ),
                ),
                ("urgent", models.BooleanField(blank=True, null=True, verbose_name="urgency")),
                ("age_from", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="age from")),
                ("age_to", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="age to")),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="service languages",
                    ),
                ),
                ("has_own_worker", models.BooleanField(blank=True, null=True, verbose_name="own worker")),
                (
                    "employment_trial",
                    models.BooleanField(blank=True, null=True, verbose_name="in the employment trial"),
                ),
                (
                    "target",
                    models.CharField(
                        choices=[
                            ("unit", "to a unit"),
                            ("person", "to a person"),
                            ("partner", "to a partner"),
                            ("hold", "hold for capacity"),
                        ],
                        max_length=10,
                        verbose_name="where to",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="municipalities.unit",
                        verbose_name="area of the unit",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        db_constraint=False,
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
                        to="etotu.routingrule",
                    ),
                ),
                (
                    "to_partner",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="cases.partner",
                        verbose_name="partner",
                    ),
                ),
                (
                    "to_unit",
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
                (
                    "to_user",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="batch",
            index=models.Index(
                condition=models.Q(("status__in", ["received", "loading"])),
                fields=["received_at"],
                name="batch_unfinished",
            ),
        ),
        migrations.AddIndex(
            model_name="batch",
            index=models.Index(fields=["sha256"], name="batch_by_hash"),
        ),
        migrations.AddIndex(
            model_name="batch",
            index=models.Index(fields=["-received_at", "-id"], name="batch_by_time"),
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "received",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("accepted"), "+", models.F("updated")
                                    ),
                                    "+",
                                    models.F("duplicate"),
                                ),
                                "+",
                                models.F("stale"),
                            ),
                            "+",
                            models.F("quarantined"),
                        ),
                    )
                ),
                name="batch_counts_add_up",
            ),
        ),
        migrations.AddIndex(
            model_name="alert",
            index=models.Index(
                condition=models.Q(("seen_at", None)), fields=["municipality", "-created_at"], name="alert_unseen"
            ),
        ),
        migrations.AddIndex(
            model_name="alert",
            index=models.Index(condition=models.Q(("emailed_at", None)), fields=["created_at"], name="alert_untold"),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.UniqueConstraint(
                fields=("municipality", "kind", "batch", "day"), name="alert_once", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="batchpiece",
            constraint=models.UniqueConstraint(fields=("batch", "number"), name="piece_once"),
        ),
        migrations.AddConstraint(
            model_name="batchshare",
            constraint=models.UniqueConstraint(fields=("municipality", "batch"), name="share_once"),
        ),
        migrations.AddConstraint(
            model_name="batchshare",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "received",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("accepted"), "+", models.F("updated")
                                    ),
                                    "+",
                                    models.F("duplicate"),
                                ),
                                "+",
                                models.F("stale"),
                            ),
                            "+",
                            models.F("quarantined"),
                        ),
                    )
                ),
                name="share_counts_add_up",
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["batch", "municipality"], name="notice_of_batch"),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                fields=("sender", "number", "past_hop"), name="notice_once_in_force", nulls_distinct=False
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="notice",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "etotu_noticehistory" ("batch_id", "content", "content_hash", "first_batch_id", "flags", "id", "matter_id", "municipality_id", "number", "past_hop", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "received_at", "sender", "sent_at", "sent_to", "urgent", "version") SELECT old_values."batch_id", old_values."content", old_values."content_hash", old_values."first_batch_id", old_values."flags", old_values."id", old_values."matter_id", old_values."municipality_id", old_values."number", old_values."past_hop", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', old_values."id", old_values."position", old_values."received_at", old_values."sender", old_values."sent_at", old_values."sent_to", old_values."urgent", old_values."version" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="6ed7044ed3aaffed3840dd446dd0083303a6df18",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_edf7c",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="etotu_notice",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="notice",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "etotu_noticehistory" ("batch_id", "content", "content_hash", "first_batch_id", "flags", "id", "matter_id", "municipality_id", "number", "past_hop", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "received_at", "sender", "sent_at", "sent_to", "urgent", "version") SELECT old_values."batch_id", old_values."content", old_values."content_hash", old_values."first_batch_id", old_values."flags", old_values."id", old_values."matter_id", old_values."municipality_id", old_values."number", old_values."past_hop", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."position", old_values."received_at", old_values."sender", old_values."sent_at", old_values."sent_to", old_values."urgent", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="b957977dc77532e96fc5e73f2ea9a8ce2615b19e",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_bdf0e",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="etotu_notice",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="quarantinerow",
            index=models.Index(fields=["municipality", "batch", "position"], name="quarantine_of_batch"),
        ),
        migrations.AddIndex(
            model_name="quarantinerow",
            index=models.Index(fields=["municipality", "state", "created_at"], name="quarantine_by_state"),
        ),
        migrations.AddConstraint(
            model_name="quarantinerow",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open"), models.Q(("number", ""), _negated=True)),
                fields=("sender", "number"),
                name="open_quarantine_row_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="quarantinerow",
            constraint=models.UniqueConstraint(
                condition=models.Q(("number", ""), ("state", "open")),
                fields=("sender", "content_hash"),
                name="open_unnumbered_row_once",
            ),
        ),
        migrations.AddIndex(
            model_name="routingrule",
            index=models.Index(fields=["municipality", "position"], name="routing_rule_in_order"),
        ),
        migrations.AddConstraint(
            model_name="routingrule",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends", None), ("ends__gte", models.F("starts")), _connector="OR"),
                name="rule_ends_after_it_starts",
                violation_error_message="The last day must not be before the first day.",
            ),
        ),
        migrations.AddConstraint(
            model_name="routingrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("age_from", None), ("age_to", None), ("age_to__gte", models.F("age_from")), _connector="OR"
                ),
                name="rule_ages_in_order",
                violation_error_message="The upper age must not be below the lower one.",
            ),
        ),
        migrations.AddConstraint(
            model_name="routingrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("target", "unit"), ("to_partner", None), ("to_unit__isnull", False), ("to_user", None)),
                    models.Q(("target", "person"), ("to_partner", None), ("to_unit", None), ("to_user__isnull", False)),
                    models.Q(
                        ("target", "partner"), ("to_partner__isnull", False), ("to_unit", None), ("to_user", None)
                    ),
                    models.Q(("target", "hold"), ("to_partner", None), ("to_unit", None), ("to_user", None)),
                    _connector="OR",
                ),
                name="rule_has_its_target",
                violation_error_message="Choose where the rule sends the matters.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="routingrule",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "etotu_routingrulehistory" ("active", "age_from", "age_to", "area_id", "employment_trial", "ends", "has_own_worker", "id", "kinds", "languages", "municipality_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "reason", "starts", "target", "to_partner_id", "to_unit_id", "to_user_id", "urgent", "version") SELECT old_values."active", old_values."age_from", old_values."age_to", old_values."area_id", old_values."employment_trial", old_values."ends", old_values."has_own_worker", old_values."id", old_values."kinds", old_values."languages", old_values."municipality_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', old_values."id", old_values."position", old_values."reason", old_values."starts", old_values."target", old_values."to_partner_id", old_values."to_unit_id", old_values."to_user_id", old_values."urgent", old_values."version" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="b609b006680018b222cbdfe32ea74580d74f385f",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_55fee",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="etotu_routingrule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="routingrule",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "etotu_routingrulehistory" ("active", "age_from", "age_to", "area_id", "employment_trial", "ends", "has_own_worker", "id", "kinds", "languages", "municipality_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "reason", "starts", "target", "to_partner_id", "to_unit_id", "to_user_id", "urgent", "version") SELECT old_values."active", old_values."age_from", old_values."age_to", old_values."area_id", old_values."employment_trial", old_values."ends", old_values."has_own_worker", old_values."id", old_values."kinds", old_values."languages", old_values."municipality_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."position", old_values."reason", old_values."starts", old_values."target", old_values."to_partner_id", old_values."to_unit_id", old_values."to_user_id", old_values."urgent", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="e60e1d15150bfaf5399dd21783d9906050236ae4",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_40555",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="etotu_routingrule",
                    when="AFTER",
                ),
            ),
        ),
    ]
