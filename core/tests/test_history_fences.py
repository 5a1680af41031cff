"""The change history against the application's own role: what whoever has its password, or its SQL, may try."""

import json
import uuid
from typing import Any

import pytest
from django.db import Error, connection, transaction
from psycopg.errors import InsufficientPrivilege

from accounts.models import User
from cases.models import AccessLog, Client
from core.history import actor_values, remember_actor
from core.transaction_settings import set_for_transaction
from municipalities.models import Municipality
from testing.factories import make_client


@pytest.fixture
def client(kuopio: Municipality) -> Client:
    return make_client(kuopio, family_name="Demolainen")


def run(sql: str, *params: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def query(sql: str, *params: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def rename(client: Client) -> None:
    run("UPDATE cases_client SET family_name = 'Muu' WHERE id = %s", client.pk)


def kept(client: Client) -> list[tuple[Any, ...]]:
    return query("SELECT family_name FROM public.cases_clienthistory WHERE id = %s", client.pk)


def triggers() -> list[tuple[Any, ...]]:
    return query(
        "SELECT p.proname, p.proconfig, p.prosecdef, has_function_privilege(p.oid, 'EXECUTE') FROM pg_proc p "
        "WHERE p.pronamespace = 'public'::regnamespace AND p.prorettype = 'trigger'::regtype"
    )


def test_no_setting_of_a_session_switches_the_history_off(client: Client) -> None:
    [(name,)] = query(
        "SELECT tgname FROM pg_trigger WHERE tgrelid = 'cases_client'::regclass AND tgname LIKE 'pgtrigger_update%%'"
    )
    run("SELECT set_config('pgtrigger.ignore', %s, true)", f"{{{name}}}")
    rename(client)
    assert kept(client) == [("Demolainen",)]


def test_a_temporary_table_of_the_same_name_does_not_swallow_the_history(client: Client) -> None:
    run("CREATE TEMP TABLE cases_clienthistory (LIKE public.cases_clienthistory) ON COMMIT DROP")
    rename(client)
    assert kept(client) == [("Demolainen",)]


def test_a_temporary_table_of_the_same_name_does_not_swallow_what_triggers_of_our_own_write(client: Client) -> None:
    paths = [config for _name, config, *_rest in triggers()]
    assert paths
    for config in paths:
        assert config
        assert any(str(one).replace('"', "").endswith("pg_temp") for one in config), config


def test_a_temporary_table_that_a_request_left_hides_no_table_from_the_next(client: Client, aino: User) -> None:
    run("CREATE TEMP TABLE cases_accesslog (LIKE public.cases_accesslog INCLUDING ALL) ON COMMIT DROP")
    # as every request of a municipality begins
    set_for_transaction(actor_values(aino.pk))
    AccessLog.objects.create(
        municipality_id=client.municipality_id, user=aino, action="opened", page="client", client_ids=[client.pk]
    )
    assert query("SELECT count(*) FROM public.cases_accesslog") == [(1,)]


def test_another_actor_s_name_is_refused(client: Client, aino: User, eetu: User) -> None:
    remember_actor(aino.pk)
    run("SELECT set_config('pghistory.context_metadata', %s, true)", json.dumps({"user": eetu.pk}))
    with pytest.raises(Error, match="history") as refused, transaction.atomic():
        rename(client)
    assert isinstance(refused.value.__cause__, InsufficientPrivilege)


def test_a_name_without_a_seal_is_refused(client: Client, eetu: User) -> None:
    values = {"pghistory.context_id": str(uuid.uuid4()), "pghistory.context_metadata": json.dumps({"user": eetu.pk})}
    set_for_transaction(values)
    with pytest.raises(Error, match="history"), transaction.atomic():
        rename(client)


def test_one_deed_s_seal_serves_no_other(client: Client, aino: User, eetu: User) -> None:
    mine, theirs = actor_values(aino.pk), actor_values(eetu.pk)
    set_for_transaction(theirs | {"osallistava.actor_seal": mine["osallistava.actor_seal"]})
    with pytest.raises(Error, match="history"), transaction.atomic():
        rename(client)


def test_the_actor_that_the_program_names_is_kept(client: Client, aino: User) -> None:
    remember_actor(aino.pk, "a reason, with ääkköset")
    rename(client)
    [(found,)] = query("SELECT pgh_context FROM cases_clienthistory WHERE id = %s", client.pk)
    assert json.loads(str(found)) == {"user": aino.pk, "reason": "a reason, with ääkköset"}


def test_who_deletes_the_name_leaves_none(client: Client, aino: User) -> None:
    remember_actor(aino.pk)
    run("SELECT set_config('pghistory.context_metadata', '', true), set_config('pghistory.context_id', '', true)")
    rename(client)
    assert query("SELECT pgh_context FROM cases_clienthistory WHERE id = %s", client.pk) == [(None,)]


def test_no_row_is_written_into_the_history_past_its_triggers(client: Client, eetu: User) -> None:
    with pytest.raises(Error, match="permission denied"), transaction.atomic():
        run("INSERT INTO cases_clienthistory (pgh_label, family_name) VALUES ('update', 'x')")


def test_no_trigger_function_may_be_hung_on_a_table_of_one_s_own(client: Client) -> None:
    assert {name for name, _config, _definer, may_execute in triggers() if may_execute} == set()


def test_the_key_of_the_seals_is_not_the_application_s_to_read(db: None) -> None:
    with pytest.raises(Error, match="permission denied"), transaction.atomic():
        query("SELECT * FROM guarded.actor_key")


def test_the_seal_is_not_seen_by_other_sessions_of_the_role(client: Client, aino: User) -> None:
    """They see each other's statements, so it travels as a parameter and not in the text of one."""
    [(mine,)] = query("SELECT pg_backend_pid()")
    remember_actor(aino.pk)
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT query FROM pg_stat_activity WHERE pid = %s", [mine])
        [(seen,)] = cursor.fetchall()
    other.close()
    assert "set_config($1, $2, true)" in seen
    assert "user" not in seen
