"""No key is changed: by it the change history knows which old row belongs to which new one."""

import pytest
from django.apps import apps
from django.db import Error, connection, transaction

from cases.models import Client
from core.key_columns import UPDATABLE_KEYS
from municipalities.models import Municipality
from testing.factories import make_client

MODELS = apps.get_models(include_auto_created=True)
EVERY_TABLE = sorted({one._meta.db_table for one in MODELS if one._meta.managed and not one._meta.proxy})


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_row_does_not_slip_past_the_history_under_another_key(kuopio: Municipality) -> None:
    client = make_client(kuopio, family_name="Demolainen")
    run("SET CONSTRAINTS ALL DEFERRED")
    with pytest.raises(Error, match="permission denied"), transaction.atomic():
        run(f"UPDATE cases_client SET id = id + 1000000, family_name = 'Muu' WHERE id = {client.pk}")
    client.refresh_from_db()
    assert client.family_name == "Demolainen"


@pytest.mark.parametrize("table", EVERY_TABLE)
def test_the_key_of_no_table_can_be_changed(db: None, table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname FROM pg_index, pg_attribute WHERE indrelid = %s::regclass AND indisprimary "
            "AND attrelid = indrelid AND attnum = ANY (indkey)",
            [table],
        )
        columns = [name for (name,) in cursor.fetchall()]
    assert columns
    for column in columns:
        with pytest.raises(Error, match="permission denied"), transaction.atomic():
            run(f"UPDATE {table} SET {column} = {column}")


def test_tables_of_no_model_keep_their_keys_too(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(UPDATABLE_KEYS)
        assert cursor.fetchall() == []


def test_all_else_of_a_row_can_be_changed(kuopio: Municipality) -> None:
    client = make_client(kuopio)
    client.save()
    Client.objects.select_for_update().get(pk=client.pk)
