import json
import logging
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import InternalError, ProgrammingError, connection, transaction
from django.test import RequestFactory

from accounts import security_log
from accounts.models import SecurityEvent, User
from accounts.security_log import Kind
from core.log_lines import EventLine
from osallistava.settings import security_stream


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    return [json.loads(EventLine().format(record)) for record in caplog.records]


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """The lines of the stream; what goes to it goes nowhere else, so the logger must be asked by name."""
    monkeypatch.setattr(security_log.logger, "handlers", [caplog.handler])
    caplog.set_level(logging.INFO, security_log.logger.name)
    return caplog


def test_an_event_is_a_row_and_a_line_with_numbers_instead_of_people(
    aino: User, eetu: User, heard: pytest.LogCaptureFixture, django_capture_on_commit_callbacks: Any
) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.7")
    request.user = aino
    with django_capture_on_commit_callbacks(execute=True):
        event = security_log.record(
            Kind.RIGHT_GIVEN, request=request, person=eetu, municipality_number=297, role="admin"
        )
        assert not heard.records
    row = SecurityEvent.objects.get()
    assert (row.actor, row.person, row.municipality_number, row.facts) == (aino, eetu, 297, {"role": "admin"})
    assert lines(heard) == [
        {
            "event": "right_given",
            "at": row.at.isoformat(),
            "number": event.pk,
            "actor": aino.pk,
            "person": eetu.pk,
            "municipality": 297,
            "network_address": "192.0.2.7",
            "fact_role": "admin",
        }
    ]
    assert "Aino" not in heard.text
    assert "eetu@" not in heard.text


def test_of_what_was_undone_the_stream_says_nothing(
    aino: User, heard: pytest.LogCaptureFixture, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        security_log.record(Kind.SIGNED_IN, actor=aino)
        transaction.set_rollback(True)
    assert not heard.records
    assert not SecurityEvent.objects.exists()


@pytest.mark.parametrize(
    "change", ["UPDATE accounts_securityevent SET kind = 'x'", "DELETE FROM accounts_securityevent"]
)
def test_nobody_changes_the_log(aino: User, change: str) -> None:
    security_log.record(Kind.SIGNED_IN, actor=aino)
    with pytest.raises((InternalError, ProgrammingError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(SecurityEvent._meta.db_table))
    assert SecurityEvent.objects.count() == 1


def test_the_lines_go_to_standard_output_or_to_another_machine() -> None:
    assert security_stream("stdout")["stream"] == "ext://sys.stdout"
    assert security_stream("syslog:loki.example:514")["address"] == ("loki.example", 514)
    for wrong in ("", "syslog:", "syslog:loki.example", "file:/x", "syslog:loki.example:x"):
        with pytest.raises(ImproperlyConfigured, match="SECURITY_LOG"):
            security_stream(wrong)
