from django.db import migrations

from core.row_security import AppendOnly, SecureRows


class Migration(migrations.Migration):
    dependencies = [("etotu", "0001_tables")]

    operations = [
        SecureRows("BatchShare", "Notice", "NoticeHistory", "Attachment", "QuarantineRow"),
        AppendOnly("NoticeHistory"),
    ]
