from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import connections, migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from core.encryption import blind_index, decrypt_text, place
from core.reencrypting import bind
from core.row_security import across_municipalities
from core.sealed_columns import SealedColumn

ROW = ("one.municipality_id", "one.identity_code_index")
TABLES = (("cases_client", "id"), ("cases_clienthistory", "pgh_id"))
ONE = """
    SELECT municipality_id, identity_code_index, identity_code_cipher FROM cases_client
    WHERE identity_code_cipher IS NOT NULL LIMIT 1
"""
WRONG = (
    "INDEX_KEY is not the key that the data of this database was written with. Nothing was changed. Give the right one "
    "and migrate again."
)


def here(*row: Any) -> bytes:
    return place("cases_client", "identity_code_cipher", *row)


def before(row: tuple[Any, ...]) -> bytes:
    return b"client.identity_code:%d" % row[0]


def bind_identity_codes(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """To the person's row: until now each opened in any row of its municipality."""
    using = schema_editor.connection.alias
    for table, key in TABLES:
        bind(using, SealedColumn(table, "identity_code_cipher", ROW, bound=here, key=key, at_once=5000), before)
    with (
        across_municipalities("whether the key is that of the data", using=using),
        connections[using].cursor() as cursor,
    ):
        cursor.execute(ONE)
        for municipality, index, cipher in cursor.fetchall():
            if blind_index(decrypt_text(cipher, here(municipality, index)), municipality) != bytes(index):
                raise ImproperlyConfigured(WRONG)


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_details_of_transfers"), ("core", "0003_key_fingerprints")]

    operations = [migrations.RunPython(bind_identity_codes, migrations.RunPython.noop)]
