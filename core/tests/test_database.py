"""The session of the database: temporary tables hide nothing in it, and nothing is left there for the next request."""

from typing import Any

import pytest
from django.db import close_old_connections, connection

from accounts import security_log
from accounts.models import User
from accounts.security_log import Kind
from core.database.search_path import with_search_path


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def query(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def test_a_planted_table_swallows_no_event_of_a_page_without_a_municipality(db: None) -> None:
    run("CREATE TEMP TABLE accounts_securityevent (LIKE public.accounts_securityevent INCLUDING ALL) ON COMMIT DROP")
    security_log.record(Kind.SIGN_IN_FAILED)
    assert query("SELECT count(*) FROM public.accounts_securityevent") == [(1,)]


def test_a_planted_table_is_no_table_of_accounts(aino: User) -> None:
    run("CREATE TEMP TABLE accounts_user (LIKE public.accounts_user INCLUDING ALL) ON COMMIT DROP")
    assert User.objects.filter(pk=aino.pk).exists()


@pytest.mark.parametrize("alias", ["default", "owner"])
def test_every_connection_of_the_program_searches_temporary_tables_last(alias: str, settings: Any) -> None:
    assert "search_path=public,pg_catalog,pg_temp" in settings.DATABASES[alias]["OPTIONS"]["options"]


def test_the_options_that_an_operator_gives_stay() -> None:
    assert with_search_path("-c jit=off").startswith("-c jit=off -c search_path=")


def test_what_one_request_left_in_the_session_is_gone_for_the_next(committed_db: None) -> None:
    run("CREATE TEMP TABLE left_behind (id int)")
    run("SET search_path = pg_temp, public")
    run("SELECT set_config('osallistava.scope', 'x', false)")
    [(session,)] = query("SELECT pg_backend_pid()")
    # as at the beginning and at the end of every request and task
    close_old_connections()
    assert query("SELECT pg_backend_pid(), to_regclass('pg_temp.left_behind')") == [(session, None)]
    assert query("SHOW search_path") == [("public,pg_catalog,pg_temp",)]
    assert query("SELECT NULLIF(current_setting('osallistava.scope', true), '')") == [(None,)]
    assert query("SHOW timezone") == [("UTC",)]
