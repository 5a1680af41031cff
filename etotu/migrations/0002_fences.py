"""Whose rows the tables hold, what is only ever added, and how few municipalities the rows of batches are of."""

from django.db import migrations

from core.few_municipalities import told_to_the_planner
from core.row_security import AppendOnly, SecureRows

FILLED_BY_BATCHES = ("etotu_notice", "etotu_attachment", "etotu_noticehistory")


class Migration(migrations.Migration):
    dependencies = [("etotu", "0001_tables")]

    operations = [
        # an alert, a faulty row or an action on it without a municipality is seen in the scope of no municipality
        SecureRows(
            "Alert",
            "Attachment",
            "BatchShare",
            "Notice",
            "NoticeHistory",
            "QuarantineAction",
            "QuarantineRow",
            "RoutingRule",
            "RoutingRuleHistory",
        ),
        AppendOnly("CodeChange", "NoticeHistory", "QuarantineAction", "RoutingRuleHistory"),
        *(told_to_the_planner(table) for table in FILLED_BY_BATCHES),
    ]
