from typing import Any

from django.db import connections, migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from core.reencrypting import bind
from core.row_security import across_municipalities
from core.sealed_columns import MEBIBYTES, SealedColumn

NUMBER = """
    UPDATE etotu_attachment one SET ordinal = found.ordinal
    FROM (SELECT id, row_number() OVER (PARTITION BY notice_id, version ORDER BY id) AS ordinal FROM etotu_attachment) found
    WHERE found.id = one.id
"""
ATTACHMENTS = SealedColumn(
    "etotu_attachment",
    "data",
    ("notice.sender", "notice.number", "one.version", "one.ordinal"),
    joined="JOIN etotu_notice notice ON notice.id = one.notice_id",
    at_once=MEBIBYTES,
)


def before(row: tuple[Any, ...]) -> bytes:
    sender, number, version, _ordinal = row
    return f"etotu.attachment:{version}:{sender}:{number}".encode()


def bind_attachments(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """To their place among those of a version: until now each opened as any of them."""
    using = schema_editor.connection.alias
    with across_municipalities("attachments of every municipality", using=using), connections[using].cursor() as cursor:
        cursor.execute(NUMBER)
    bind(using, ATTACHMENTS, before)


class Migration(migrations.Migration):
    dependencies = [("etotu", "0004_one_number_one_person"), ("core", "0003_key_fingerprints")]

    operations = [
        migrations.AddField(
            "attachment", "ordinal", models.PositiveSmallIntegerField(default=0), preserve_default=False
        ),
        migrations.RunPython(bind_attachments, migrations.RunPython.noop),
    ]
