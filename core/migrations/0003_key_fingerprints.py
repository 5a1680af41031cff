from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0002_fences")]

    operations = [
        migrations.CreateModel(
            name="KeyFingerprint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, unique=True)),
                ("fingerprint", models.CharField(max_length=32)),
            ],
            options={"ordering": ["name"]},
        ),
    ]
