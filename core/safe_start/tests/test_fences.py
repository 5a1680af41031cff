"""The start finds each fence that is not as the program says, and each right of the role that is too much.

The server's administrator spoils one thing, becomes the application's role and looks, all in a transaction that is
undone.
"""

import os
from collections.abc import Generator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.db import connection, connections

from core.history_fences import IGNORE_NOTHING
from core.safe_start import database_role, fences
from core.safe_start.expected import expected
from municipalities.models import MunicipalRow
from osallistava.embedded.keys import keys_of
from osallistava.embedded.place import Place
from osallistava.embedded.postgres import ADMIN

ROLE = "osallistava_app"


@pytest.fixture
def administrator(db: None) -> Generator[Any, None, None]:
    """A cursor of the server's administrator in the database of the tests; what it does is undone."""
    place = Place(Path(os.environ["DATA_DIR"]).resolve())
    server: Any = psycopg.connect(
        host=str(place.sockets),
        user=ADMIN,
        password=keys_of(place).admin_password,
        dbname=connection.settings_dict["NAME"],
        cursor_factory=psycopg.ClientCursor,
    )
    with server.cursor() as cursor:
        cursor.execute("SET LOCAL search_path = public, pg_catalog, pg_temp")
        yield cursor
    server.rollback()
    server.close()


def said_after(administrator: Any, spoiled: str) -> str:
    administrator.execute(spoiled)
    administrator.execute(f"SET LOCAL ROLE {ROLE}")
    return ", ".join([*database_role.rights(administrator)[1], *fences.gaps(administrator, expected())])


def test_nothing_is_said_of_what_the_migrations_leave(administrator: Any) -> None:
    assert said_after(administrator, "SELECT") == ""
    assert list(database_role.findings()) == list(fences.findings()) == []


@pytest.mark.parametrize(
    ("spoiled", "said"),
    [
        ("ALTER TABLE cases_client NO FORCE ROW LEVEL SECURITY", "row security is not as it must be for cases_client"),
        (
            "DROP POLICY municipality ON cases_letter; ALTER TABLE cases_letter DISABLE ROW LEVEL SECURITY",
            "row security is not as it must be for cases_letter",
        ),
        ("ALTER POLICY municipality ON cases_client USING (true)", "must be for cases_client"),
        ("ALTER POLICY municipality ON cases_client WITH CHECK (true)", "must be for cases_client"),
        ("CREATE POLICY more ON etotu_alert USING (true)", "must be for etotu_alert"),
        ("ALTER TABLE cases_accesslog DISABLE TRIGGER append_only", "missing or switched off on cases_accesslog"),
        ("ALTER TABLE cases_accesslog ENABLE REPLICA TRIGGER append_only", "a trigger is switched off"),
        ("DROP TRIGGER append_only ON accounts_securityevent", "missing or switched off on accounts_securityevent"),
        (f"GRANT UPDATE, DELETE ON accounts_securityevent TO {ROLE}", "rows of the log accounts_securityevent"),
        (f"GRANT UPDATE (facts) ON accounts_securityevent TO {ROLE}", "rows of the log accounts_securityevent"),
        (f"GRANT TRUNCATE ON cases_client TO {ROLE}", "cases_client"),
        (f"GRANT UPDATE ON cases_client TO {ROLE}", "keys can be changed of cases_client"),
        (f"GRANT INSERT ON cases_clienthistory TO {ROLE}", "history can be written: cases_clienthistory"),
        (f"GRANT INSERT (id) ON cases_clienthistory TO {ROLE}", "history can be written: cases_clienthistory"),
        ("ALTER FUNCTION refuse_change() RESET search_path", "a trigger's function is open"),
        ("GRANT EXECUTE ON FUNCTION refuse_change() TO PUBLIC", "a trigger's function is open"),
        (
            "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
            "the logs can be changed",
        ),
        ("ALTER FUNCTION _pgh_attach_context() SECURITY INVOKER", "a name without a seal"),
        (
            IGNORE_NOTHING.replace("false", "true"),
            "the change history can be switched off",
        ),
        (f"GRANT SET ON PARAMETER session_replication_role TO {ROLE}", "parameters of the server"),
        (f"GRANT pg_read_all_data TO {ROLE}", "a member of a role of the server"),
        (f"GRANT pg_execute_server_program TO {ROLE}", "a member of a role of the server"),
        (f"ALTER ROLE {ROLE} REPLICATION", "as a replica"),
        (f"GRANT SELECT ON guarded.actor_key TO {ROLE}", "the schema guarded"),
        (f"GRANT USAGE ON SCHEMA guarded TO {ROLE}", "the schema guarded"),
    ],
)
def test_what_was_taken_down_or_given_is_told(administrator: Any, spoiled: str, said: str) -> None:
    assert said in said_after(administrator, spoiled)


def test_a_history_without_its_triggers_is_told(administrator: Any) -> None:
    administrator.execute(
        "SELECT tgname FROM pg_trigger WHERE tgrelid = 'cases_matter'::regclass AND starts_with(tgname, 'pgtrigger')"
    )
    [(one,), _other] = administrator.fetchall()
    assert "on cases_matter" in said_after(administrator, f"DROP TRIGGER {one} ON cases_matter")


def test_many_tables_are_told_by_the_first_of_them(administrator: Any) -> None:
    every = "; ".join(f"DROP POLICY municipality ON {table}" for table, *_rest in sorted(expected().secured))
    said = said_after(administrator, every)
    assert "must be for avain_goal, avain_goalfactor, avain_goalfactorhistory and " in said
    assert "more" in said


def test_every_model_of_a_municipality_and_every_history_is_among_what_must_be() -> None:
    wanted = expected()
    secured = {table for table, *_rest in wanted.secured}
    tables = [model for model in apps.get_models() if model._meta.managed and not model._meta.proxy]
    assert {one._meta.db_table for one in tables if issubclass(one, MunicipalRow)} <= secured
    histories = {one._meta.db_table for one in tables if any(field.name == "pgh_id" for field in one._meta.fields)}
    assert histories
    assert histories <= wanted.logs
    for model in tables:
        if getattr(model._meta, "triggers", ()):
            assert len([one for one in wanted.triggers if one.table == model._meta.db_table]) == 2


@pytest.mark.django_db(databases=["default", "owner"], transaction=True)
def test_the_start_tells_what_to_do() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER POLICY municipality ON cases_client USING (true)")
    [found] = fences.findings()
    assert "DATABASE_OWNER_URL" in found.words
    assert found.stops == {"web", "worker", "beat"}
