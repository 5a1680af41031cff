from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from core.reencrypting import bind
from core.sealed_columns import SealedColumn

TABLE = "mfa_authenticator"
BEFORE = b"mfa_authenticator.data"


def bind_second_factors(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """To the person: until now each opened in any row. They belong to no municipality (across_municipalities)."""
    for name in ("secret", "seed"):
        column = SealedColumn(
            TABLE,
            name,
            ("one.user_id", "one.type"),
            value=f"decode(one.data->>'{name}', 'base64')",
            assign=f"data = jsonb_set(data, '{{{name}}}', to_jsonb(translate(encode(new.value, 'base64'), E'\\n', '')))",
        )
        bind(schema_editor.connection.alias, column, lambda _row: BEFORE)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_links_and_spent_codes"),
        ("core", "0003_key_fingerprints"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [migrations.RunPython(bind_second_factors, migrations.RunPython.noop)]
