"""The first fence, tried with raw SQL as the application's role."""

import pytest
from django.db import ProgrammingError, connection, transaction

from cases.models import Client
from core.row_security import across_municipalities, scope, set_scope
from municipalities.models import Municipality
from testing.factories import make_client

# What belongs to no municipality, or holds no client data; everything else with a municipality is under row security.
OPEN_TABLES = {
    "municipalities_trialperiod": "facts",
    "municipalities_unit": "the names of teams",
    "municipalities_localsettings": "what a municipality has chosen; read by ingestion, no client",
    "municipalities_localsettingshistory": "as the settings",
    "municipalities_membership": "read before the municipality of a request is known; professionals, not clients",
    "municipalities_membershiphistory": "as the membership",
    "municipalities_rightrequest": "read by the person who has no role there yet; professionals, not clients",
    "municipalities_rightrequesthistory": "as the request",
}


def query(sql: str, *params: int) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def secured_tables() -> set[str]:
    return {str(t) for (t,) in query("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")}


def test_tests_run_as_the_application_role_that_meets_row_security(db: None) -> None:
    [(superuser, bypass)] = query("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
    assert (superuser, bypass) == (False, False)


def test_every_table_with_a_municipality_is_under_forced_row_security(db: None) -> None:
    municipal = {
        str(t)
        for (t,) in query(
            "SELECT table_name FROM information_schema.columns "
            "WHERE column_name = 'municipality_id' AND table_schema = 'public'"
        )
    }
    assert municipal - secured_tables() == set(OPEN_TABLES)


def test_every_table_of_the_clients_is_under_row_security(db: None) -> None:
    clients = {
        str(t)
        for (t,) in query(
            "SELECT tablename FROM pg_tables WHERE tablename ~ '^(cases|avain)_' AND schemaname = 'public'"
        )
    }
    assert clients <= secured_tables()


def test_without_a_scope_no_row_is_seen(kuopio: Municipality) -> None:
    make_client(kuopio)
    set_scope([])
    assert query("SELECT id FROM cases_client") == []
    assert Client.objects.count() == 0


def test_another_municipality_sees_nothing(kuopio: Municipality, tampere: Municipality) -> None:
    client = make_client(kuopio)
    with scope([tampere.pk]):
        assert query("SELECT id FROM cases_client WHERE id = %s", client.pk) == []
        assert query("SELECT count(*) FROM cases_nametoken") == [(0,)]
    assert query("SELECT id FROM cases_client") == [(client.pk,)]


def test_a_row_cannot_be_written_into_another_municipality(kuopio: Municipality, tampere: Municipality) -> None:
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        make_client(tampere)


def test_a_row_cannot_be_moved_to_another_municipality(kuopio: Municipality, tampere: Municipality) -> None:
    client = make_client(kuopio)
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Client.objects.filter(pk=client.pk).update(municipality=tampere)


@pytest.mark.parametrize("number", [-1, 1000])
def test_a_number_that_is_no_municipality_s_is_refused(db: None, number: int) -> None:
    with pytest.raises(ValueError, match="no municipality"):
        set_scope([number])


def test_the_scope_ends_with_its_block_and_with_the_transaction(kuopio: Municipality, tampere: Municipality) -> None:
    with across_municipalities("both, for this test", [kuopio.pk, tampere.pk]):
        make_client(tampere)
        assert Client.objects.count() == 1
    assert Client.objects.count() == 0


@pytest.mark.parametrize("table", ["cases_accesslog", "cases_event", "cases_clienthistory", "etotu_noticehistory"])
@pytest.mark.parametrize("sql", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}"])
def test_logs_are_append_only(kuopio: Municipality, table: str, sql: str) -> None:
    with pytest.raises(ProgrammingError, match=r"permission denied|append-only"), transaction.atomic():
        query(sql.format(table).replace("id = id", "pgh_id = pgh_id") if "history" in table else sql.format(table))


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE x (id int)",
        "ALTER TABLE cases_client DISABLE ROW LEVEL SECURITY",
        "DROP POLICY municipality ON cases_client",
        "TRUNCATE cases_client CASCADE",
    ],
)
def test_the_application_role_changes_no_table(db: None, sql: str) -> None:
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"), transaction.atomic():
        query(sql)


def test_the_old_row_of_a_change_is_kept(kuopio: Municipality) -> None:
    client = make_client(kuopio, family_name="Demolainen")
    Client.objects.filter(pk=client.pk).update(family_name="Mallikas")
    assert query("SELECT family_name, pgh_label FROM cases_clienthistory WHERE id = %s", client.pk) == [
        ("Demolainen", "update")
    ]
