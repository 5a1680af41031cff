"""How the log is written: of an error its kind and where it arose, never its text, which may hold a person's data."""

import json
import logging
import traceback
from types import TracebackType
from typing import Any

ErrorInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class LogLine(logging.Formatter):
    """PostgreSQL, for one, puts the value or the row that it could not take into the text of its errors."""

    def format(self, record: logging.LogRecord) -> str:
        if isinstance(record.args, dict) and "exc" in record.args:  # a task that failed: Celery writes the error out
            given: dict[str, Any] = record.args
            record = logging.makeLogRecord({**record.__dict__, "args": {**given, "exc": "", "traceback": ""}})
        if record.name.startswith("django.security."):
            # the name is the kind of what was refused; the text is what somebody sent, such as a host that is not ours
            record = logging.makeLogRecord({**record.__dict__, "msg": "a request was refused", "args": ()})
        return super().format(record)

    def formatException(self, ei: ErrorInfo) -> str:  # noqa: N802 - the name that logging calls
        lines: list[str] = []
        for error in reversed(chain_of(ei[1])):
            lines += traceback.format_tb(error.__traceback__)
            state = getattr(error, "sqlstate", None)
            lines.append(f"{type(error).__name__} {state}\n" if state else f"{type(error).__name__}\n")
        return "".join(lines).rstrip()


class EventLine(logging.Formatter):
    """One JSON object a line, of the `event` that the record carries: for a system that collects such lines."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(getattr(record, "event", {"event": record.getMessage()}), ensure_ascii=True)


def chain_of(error: BaseException | None) -> list[BaseException]:
    """The error and those that led to it."""
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return found
