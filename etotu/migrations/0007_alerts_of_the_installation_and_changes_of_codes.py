import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from core.row_security import AppendOnly, SecureRows


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_fences"),
        ("etotu", "0006_fences_of_repair_routing_and_alerts"),
        ("municipalities", "0006_fences_of_local_settings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
            ],
            options={
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.AlterField(
            model_name="alert",
            name="municipality",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="municipalities.municipality",
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
        migrations.AddField(
            model_name="codechange",
            name="actor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="codechange",
            name="code",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.code"),
        ),
        # an alert without a municipality is seen in the scope of no municipality
        migrations.RunSQL("DROP POLICY municipality ON etotu_alert", migrations.RunSQL.noop),
        SecureRows("Alert"),
        AppendOnly("CodeChange"),
    ]
