from typing import Any

from django.db import connections, migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from core.row_security import across_municipalities

CLAIMED = """
    UPDATE etotu_notice n SET claimed_in = COALESCE(n.sent_to, n.municipality_id)
    FROM etotu_batch b LEFT JOIN accounts_user u ON u.id = b.delivered_by_id
    WHERE b.id = n.first_batch_id AND b.via = 'upload' AND NOT COALESCE(u.is_active AND u.is_installation_admin, false)
"""


def mark_claimed_numbers(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Of the notices whose first row came by an upload of somebody who may not speak for Kela."""
    using = schema_editor.connection.alias
    with (
        across_municipalities("numbers that came by an upload, everywhere", using=using),
        connections[using].cursor() as cursor,
    ):
        cursor.execute(CLAIMED)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_tables"),
        ("etotu", "0007_numbers_claimed_by_uploads"),
        # the function that the triggers of the history call
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [migrations.RunPython(mark_claimed_numbers, migrations.RunPython.noop)]
