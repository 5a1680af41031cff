"""The published numbers: rows of a municipality that are only ever added."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from core.row_security import AppendOnly, SecureRows


class Migration(migrations.Migration):
    dependencies = [
        ("municipalities", "0003_fences"),
        ("reports", "0003_list_questions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("period", models.CharField(max_length=20)),
                ("first", models.DateField()),
                ("last", models.DateField()),
                ("version", models.PositiveSmallIntegerField(default=1)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("smallest", models.PositiveSmallIntegerField()),
                ("definitions", models.JSONField()),
                ("tables", models.JSONField()),
                ("audit", models.JSONField()),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="why it is corrected")),
                (
                    "corrects",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="reports.edition",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
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
                "ordering": ["-last", "-first", "-version"],
                "constraints": [
                    models.UniqueConstraint(fields=("municipality", "period", "version"), name="edition_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("corrects", None), ("reason", ""), ("version", 1)),
                            models.Q(
                                ("corrects__isnull", False), ("version__gt", 1), models.Q(("reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="edition_corrects_with_a_reason",
                        violation_error_message="Write why the numbers are corrected.",
                    ),
                    models.CheckConstraint(condition=models.Q(("smallest__gte", 3)), name="edition_hides_under_three"),
                ],
            },
        ),
        SecureRows("Edition"),
        AppendOnly("Edition"),
    ]
