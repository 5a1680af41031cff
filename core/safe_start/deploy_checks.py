"""The same, and what has to be asked, for `manage.py check --deploy`."""

from typing import Any

from django.core.checks import WARNING, CheckMessage, Error

from core.safe_start import around
from core.safe_start.finding import Finding
from core.safe_start.refuse import DatabaseSilentError, of_database

SILENT = "The server of DATABASE_URL does not answer ({error}). Start it, or correct DATABASE_URL."


def look_over(*, app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    found = [*around.findings(), *around.servers()]
    try:
        found += of_database()
    except DatabaseSilentError as error:
        found.append(Finding("database", SILENT.format(error=error)))
    return [_message(one) for one in found]


def _message(one: Finding) -> CheckMessage:
    name = f"osallistava.{one.id}"
    return CheckMessage(WARNING, one.words, id=name) if one.minor else Error(one.words, id=name)
