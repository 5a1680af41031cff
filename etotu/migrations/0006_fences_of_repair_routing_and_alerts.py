from django.db import migrations

from core.row_security import AppendOnly, SecureRows


class Migration(migrations.Migration):
    dependencies = [("etotu", "0005_repair_routing_and_alerts")]

    operations = [
        SecureRows("Alert", "QuarantineAction", "RoutingRule", "RoutingRuleHistory"),
        AppendOnly("QuarantineAction", "RoutingRuleHistory"),
    ]
