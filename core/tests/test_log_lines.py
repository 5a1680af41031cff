"""An error that nobody expected must not carry a client into the log."""

import logging

import pytest
from django.conf import settings
from django.db import DataError, connection, transaction
from django.utils.module_loading import import_string

from cases.models import Client
from municipalities.models import Municipality
from testing.factories import make_client

NAME = "Kuvitteluniemi"


def line_of(record: logging.LogRecord) -> str:
    """As the running program writes it."""
    line = settings.LOGGING["formatters"]["line"]
    formatter: logging.Formatter = import_string(line["()"])(line["fmt"])
    return formatter.format(record)


def failing_query(client: Client) -> DataError:
    """PostgreSQL's text of this error holds the value that it could not read."""
    with pytest.raises(DataError) as failed, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT family_name::int FROM cases_client WHERE id = %s", [client.pk])
    assert NAME in str(failed.value)
    return failed.value


def test_an_error_is_logged_without_its_text(kuopio: Municipality) -> None:
    error = failing_query(make_client(kuopio, family_name=NAME))
    record = logging.LogRecord(
        "django.request",
        logging.ERROR,
        __file__,
        1,
        "Internal Server Error: %s",
        ("/297/",),
        (type(error), error, None),
    )
    line = line_of(record)
    assert NAME not in line
    assert "Internal Server Error: /297/" in line
    assert "InvalidTextRepresentation 22P02" in line
    assert line.splitlines()[-1] == "DataError"


def test_it_says_where_the_error_arose(kuopio: Municipality) -> None:
    error = failing_query(make_client(kuopio, family_name=NAME))
    record = logging.LogRecord("django.request", logging.ERROR, __file__, 1, "", (), (type(error), error, None))
    assert "in failing_query" in line_of(record)


def test_nor_does_a_failed_task_tell_it() -> None:
    words = "Task %(name)s[%(id)s] %(description)s: %(exc)s"
    told = {"name": "etotu.sweep", "id": "1", "description": "raised unexpected", "exc": f"ValueError('{NAME}')"}
    record = logging.LogRecord("celery.app.trace", logging.ERROR, __file__, 1, words, (told,), None)
    line = line_of(record)
    assert "etotu.sweep[1] raised unexpected" in line
    assert NAME not in line


def test_of_a_host_that_is_not_ours_the_log_says_that_and_no_more() -> None:
    words = "Invalid HTTP_HOST header: %r"
    record = logging.LogRecord("django.security.DisallowedHost", logging.ERROR, __file__, 1, words, (NAME,), None)
    line = line_of(record)
    assert NAME not in line
    assert "django.security.DisallowedHost" in line
