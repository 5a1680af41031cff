"""The test database: made and migrated by its owner, used by the application's role, so row security is in force.

It is a copy of a template that is migrated once for each state of the migrations. What a test commits is undone by the
owner (`testing.emptying`), as the application's role may not truncate, or by a fresh copy.
"""

import os
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

import psutil
import psycopg
import pytest
from psycopg import sql

from testing.emptying import State, empty
from testing.fingerprint import fingerprint
from testing.server_clock import ServerClock

if TYPE_CHECKING:
    from pytest_django.plugin import DjangoDbBlocker

TEMPLATE_PREFIX = "osallistava_template_"
COPY_PREFIX = "osallistava_test_"
TEMPLATES_KEPT = 5  # runs from other states of the migrations may be going on
CLOCK = ServerClock()


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: "DjangoDbBlocker") -> Generator[None, None, None]:
    from django.db import connections
    from django.db.backends.signals import connection_created

    copy = f"{COPY_PREFIX}{os.getpid()}"
    with django_db_blocker.unblock(), _owner() as connection:
        template = _make_template(connection)
        _drop_leftovers(connection)
        fresh = _copy(connection, template, copy)
        connections["default"].close()
        for alias in ("default", "owner"):
            connections[alias].settings_dict["NAME"] = copy
    connection_created.connect(CLOCK.follow)
    patch = pytest.MonkeyPatch()
    patch.setattr("django.test.TransactionTestCase._fixture_teardown", lambda _case: _renew(template, copy, fresh))
    yield
    patch.undo()
    with django_db_blocker.unblock(), _owner() as connection:
        connections.close_all()
        CLOCK.close()
        _drop(connection, copy)


@pytest.fixture(scope="module")
def module_db(django_db_setup: None, django_db_blocker: "DjangoDbBlocker") -> Generator[None]:
    """A transaction around the tests of a module: what a fixture of the module makes is there for each of them."""
    from django.db import transaction

    with django_db_blocker.unblock():
        around = transaction.atomic()
        around.__enter__()
        yield
        connection = transaction.get_connection()
        if connection.in_atomic_block:
            transaction.set_rollback(True)
            around.__exit__(None, None, None)
        else:
            # who closed the session undid it
            connection.close()


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[object]) -> Generator[None, Any, Any]:
    """Check once what a module's rows refer to. Left for later, it would be checked at the end of each of its tests."""
    made = yield
    if "module_db" in fixturedef.argnames:
        from django.db import connection

        connection.check_constraints()
    return made


@pytest.fixture
def committed_db(transactional_db: None) -> None:
    """A database whose writes are committed, for what needs other connections: a worker, a live server."""


@contextmanager
def _owner() -> Iterator[psycopg.Connection]:
    """The owner on the maintenance database, alone: several runs may share the server."""
    with _owner_of("postgres") as connection:
        connection.execute("SELECT pg_advisory_lock(hashtext('osallistava tests'))")
        yield connection


def _owner_of(database: str) -> psycopg.Connection:
    from django.db import connections

    parameters: dict[str, Any] = connections["owner"].get_connection_params()
    wanted = {name: parameters[name] for name in ("host", "port", "user", "password") if name in parameters}
    return psycopg.connect(**wanted, dbname=database, autocommit=True)


def _make_template(connection: psycopg.Connection) -> str:
    from django.core.management import call_command
    from django.db import connections

    name = f"{TEMPLATE_PREFIX}{fingerprint()}"
    if name in _databases(connection, TEMPLATE_PREFIX):
        return name
    unfinished = f"{COPY_PREFIX}{os.getpid()}_new"
    _drop(connection, unfinished)
    connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(unfinished)))
    owner = connections["owner"]
    owner.close()
    owner.settings_dict["NAME"] = unfinished
    call_command("migrate", database="owner", verbosity=0, interactive=False)
    owner.close()
    # the name tells that it is complete
    connection.execute(
        sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(unfinished), sql.Identifier(name))
    )
    return name


def _drop_leftovers(connection: psycopg.Connection) -> None:
    """Copies of runs that were killed, and templates of older migrations."""
    for name in _databases(connection, COPY_PREFIX):
        number = name.removeprefix(COPY_PREFIX).removesuffix("_new")
        if not psutil.pid_exists(int(number)):
            _drop(connection, name)
    for name in _databases(connection, TEMPLATE_PREFIX)[TEMPLATES_KEPT:]:
        _drop(connection, name)


def _renew(template: str, copy: str, fresh: State) -> None:
    from django.db import connections

    connections.close_all()
    with _owner_of(copy) as owner:
        done = empty(owner, fresh)
    if not done:
        with _owner() as connection:
            _copy(connection, template, copy)


def _copy(connection: psycopg.Connection, template: str, copy: str) -> State:
    _drop(connection, copy)
    connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(copy), sql.Identifier(template)))
    CLOCK.set_up(partial(_owner_of, copy), copy)
    with _owner_of(copy) as owner:
        return State.of(owner)


def _drop(connection: psycopg.Connection, name: str) -> None:
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _databases(connection: psycopg.Connection, prefix: str) -> list[str]:
    """The newest first."""
    rows = connection.execute(
        "SELECT datname FROM pg_database WHERE starts_with(datname, %s) ORDER BY oid DESC", [prefix]
    )
    return [name for (name,) in rows]
