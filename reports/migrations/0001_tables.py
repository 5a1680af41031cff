import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("municipalities", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="DailyFlow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "flow",
                    models.CharField(choices=[("arrived", "Arrived"), ("due", "Due"), ("met", "Met")], max_length=8),
                ),
                ("measure", models.CharField(max_length=12)),
                ("day", models.DateField()),
                ("kind", models.CharField(max_length=20)),
                ("detail", models.CharField(max_length=30)),
                ("n", models.PositiveIntegerField()),
                ("restricted", models.PositiveIntegerField()),
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
                "ordering": ["day", "measure", "kind", "detail"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("municipality", "flow", "measure", "day", "kind", "detail"),
                        include=("n", "restricted"),
                        name="flow_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StaleDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "flow",
                    models.CharField(choices=[("arrived", "Arrived"), ("due", "Due"), ("met", "Met")], max_length=8),
                ),
                ("day", models.DateField()),
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
                "ordering": ["day", "pk"],
                "indexes": [models.Index(fields=["municipality", "flow", "day"], name="stale_day")],
            },
        ),
    ]
