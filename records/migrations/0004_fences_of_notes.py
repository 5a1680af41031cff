from django.db import migrations

from core.row_security import AppendOnly, SecureRows
from core.stored_days import DaysWithinReach


class Migration(migrations.Migration):
    dependencies = [("records", "0003_notes")]

    operations = [
        SecureRows("AgreedItem", "AgreedItemHistory", "ColleagueQuestion", "ColleagueQuestionHistory"),
        AppendOnly("AgreedItemHistory", "ColleagueQuestionHistory"),
        DaysWithinReach(),
    ]
