from django.db import migrations

from core.row_security import AppendOnly, SecureRows


class Migration(migrations.Migration):
    dependencies = [("avain", "0002_code_lists")]

    operations = [
        SecureRows(
            "Measurement",
            "Goal",
            "GoalFactor",
            "MeasurementMethod",
            "MeasurementHistory",
            "GoalHistory",
            "GoalFactorHistory",
            "MeasurementMethodHistory",
        ),
        AppendOnly(
            "MeasurementHistory",
            "GoalHistory",
            "GoalFactorHistory",
            "MeasurementMethodHistory",
        ),
    ]
