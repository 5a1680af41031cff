"""What a test commits is gone before the next one, and what the migrations load is still there."""

from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest
from django.db import connection, connections

from accounts.models import User
from cases.models import Client, Event, Matter
from core.row_security import scope
from municipalities.models import Municipality
from testing.database import _owner_of
from testing.emptying import TABLES, State, empty
from testing.factories import make_client, make_matter


@pytest.fixture
def owner(committed_db: None) -> Iterator[psycopg.Connection]:
    with _owner_of(connection.settings_dict["NAME"]) as owner:
        yield owner


@pytest.fixture
def fresh(owner: psycopg.Connection) -> State:
    return State.of(owner)


def work(name: str = "Tauno") -> int:
    with scope([297]):
        client = make_client(Municipality.objects.get(pk=297), given_names=name)
        matter = make_matter(client)
        Event.objects.create(municipality_id=297, client=client, matter=matter, kind="closed")
    return matter.pk


def emptied(owner: psycopg.Connection, fresh: State) -> bool:
    connections.close_all()
    return empty(owner, fresh)


def test_written_tables_are_empty_again_and_count_from_one(owner: psycopg.Connection, fresh: State) -> None:
    first = work()
    User.objects.create_user("aino@kuopio.example")
    assert emptied(owner, fresh)
    assert {name for name, filled in owner.execute(TABLES) if filled} == set(fresh.filled)
    with scope([297]):
        assert [model.__name__ for model in (Client, Matter, Event) if model._default_manager.exists()] == []
    assert work() == first


def test_logs_still_refuse_to_be_emptied(owner: psycopg.Connection, fresh: State) -> None:
    work()
    assert emptied(owner, fresh)
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"):
        owner.execute("TRUNCATE cases_event CASCADE")


def test_a_session_that_was_left_open_is_ended(owner: psycopg.Connection, fresh: State) -> None:
    work()
    with closing(_owner_of(connection.settings_dict["NAME"])) as left:
        left.autocommit = False
        left.execute("SELECT * FROM cases_matter")
        assert emptied(owner, fresh)
        with pytest.raises(psycopg.OperationalError):
            left.execute("SELECT * FROM cases_matter")


def test_changed_reference_data_is_not_as_fresh(owner: psycopg.Connection, fresh: State) -> None:
    owner.execute("UPDATE core_code SET code = 'muuttunut' WHERE id = (SELECT min(id) FROM core_code)")
    assert not emptied(owner, fresh)


def test_neither_is_a_database_with_another_table(owner: psycopg.Connection, fresh: State) -> None:
    owner.execute("CREATE TABLE floor (number int)")
    assert not emptied(owner, fresh)


@pytest.mark.parametrize(
    "taken_down",
    [
        "ALTER TABLE cases_client NO FORCE ROW LEVEL SECURITY",
        "ALTER TABLE cases_accesslog DISABLE TRIGGER append_only",
        "GRANT INSERT ON cases_clienthistory TO osallistava_app",
        "ALTER FUNCTION refuse_change() RESET search_path",
    ],
)
def test_a_fence_that_was_taken_down_asks_for_a_fresh_copy(
    owner: psycopg.Connection, fresh: State, taken_down: str
) -> None:
    owner.execute(taken_down)
    assert not emptied(owner, fresh)
