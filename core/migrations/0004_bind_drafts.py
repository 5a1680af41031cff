from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from core.reencrypting import bind
from core.sealed_columns import SealedColumn

DRAFTS = SealedColumn("core_draft", "body", ("one.user_id", "one.municipality_id", "one.form", "one.object"))


def bind_drafts(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """`bind` enters every municipality: across_municipalities."""
    bind(schema_editor.connection.alias, DRAFTS, lambda row: "draft:{}:{}:{}:{}".format(*row).encode())


class Migration(migrations.Migration):
    dependencies = [("core", "0003_key_fingerprints")]

    operations = [migrations.RunPython(bind_drafts, migrations.RunPython.noop)]
