"""What stops a start, and what stops pages and tasks later, each with words that name the setting."""

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from celery.exceptions import Ignore
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import OperationalError, connection, connections
from django.db.migrations.recorder import MigrationRecorder
from django.test import RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext

from core.models import KeyFingerprint
from core.reencrypting import is_in_use
from core.safe_start import around, database_role, keys, refuse, schema, serving, watch
from core.safe_start.commands import refuse_unsafe_command
from core.safe_start.finding import NONE, Finding
from core.tasks import clean_drafts
from municipalities.models import Municipality
from testing.factories import make_client

OTHER = base64.b64encode(b"another key, of thirty-two bytes").decode()
NEWER = Finding("newer", "The database was migrated by a newer version of the program")


def words(found: Any) -> str:
    return " ".join(one.words for one in found)


@pytest.fixture
def applied(monkeypatch: pytest.MonkeyPatch) -> dict[tuple[str, str], object]:
    """What the database says that was migrated, to be changed by the test."""
    found: dict[tuple[str, str], object] = dict(MigrationRecorder(connection).applied_migrations())
    monkeypatch.setattr(MigrationRecorder, "applied_migrations", lambda _recorder: dict(found))
    return found


@pytest.fixture
def collected(settings: Any, tmp_path: Path) -> None:
    (tmp_path / "staticfiles.json").write_text("{}")
    settings.STATIC_ROOT = tmp_path


def test_a_database_as_the_migrations_leave_it_stops_nothing(db: None, collected: None) -> None:
    assert refuse.stopping("web") == refuse.stopping("worker") == refuse.stopping("beat") == []


@pytest.mark.django_db(databases=["default", "owner"])
def test_the_owner_s_role_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database_role, "connections", {"default": connections["owner"]})
    assert "DATABASE_URL signs in as osallistava_owner, and it owns tables" in words(database_role.findings())


def test_a_newer_database_and_an_older_one_are_told(db: None, applied: dict[tuple[str, str], object]) -> None:
    applied["cases", "9999_newer"] = object()
    assert "cases.9999_newer is unknown here" in words(schema.findings())
    del applied["cases", "9999_newer"], applied["core", "0002_fences"]
    assert "lacks 1 migrations of this program, the first core.0002_fences" in words(schema.findings())
    assert "DATABASE_OWNER_URL" in words(schema.findings())


@pytest.mark.parametrize("name", ["INDEX_KEY", "FIELD_KEYS"])
def test_a_wrong_key_is_told_and_never_recorded(db: None, name: str) -> None:
    current = settings.FIELD_KEYS.partition(":")[0]
    with override_settings(**{name: OTHER if name == "INDEX_KEY" else f"{current}:{OTHER}"}):
        assert words(keys.findings()).startswith(f"{name}")
        assert "is not the key that the data" in words(keys.findings())
        with pytest.raises(ImproperlyConfigured, match=name):
            keys.record()
        with pytest.raises(ImproperlyConfigured, match=name):
            call_command("migrate", database="default", verbosity=0)


def test_a_key_in_front_is_recorded(db: None) -> None:
    with override_settings(FIELD_KEYS=f"new:{OTHER},{settings.FIELD_KEYS}"):
        assert list(keys.findings()) == []
        keys.record()
        assert KeyFingerprint.objects.filter(name="FIELD_KEYS, key new").exists()
    with override_settings(FIELD_KEYS=f"new:{settings.INDEX_KEY},{settings.FIELD_KEYS}"):
        assert "FIELD_KEYS, key new is not the key" in words(keys.findings())


def test_an_old_key_may_go_only_when_nothing_is_written_with_it(kuopio: Municipality) -> None:
    old = settings.FIELD_KEYS.partition(":")[0]
    with override_settings(FIELD_KEYS=f"new:{OTHER}"):
        assert list(keys.findings()) == []
    make_client(kuopio)
    assert is_in_use("default", old)
    with override_settings(FIELD_KEYS=f"new:{OTHER}"):
        assert f"FIELD_KEYS lacks the key {old}" in words(keys.findings())
        assert "reencrypt" in words(keys.findings())


def test_fingerprints_are_added_and_never_changed_by_the_application(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_any_column_privilege('core_keyfingerprint', 'UPDATE'), "
            "has_table_privilege('core_keyfingerprint', 'DELETE, TRUNCATE')"
        )
        assert cursor.fetchone() == (False, False)


def test_missing_static_files_stop_the_web_alone(settings: Any, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    [found] = [one for one in around.findings() if one.id == "static"]
    assert "collectstatic" in found.words
    assert found.stops == {"web"}


def test_a_folder_of_batches_that_is_not_there_stops_the_worker(settings: Any, tmp_path: Path) -> None:
    settings.ETOTU_INBOX = str(tmp_path / "none")
    [found] = [one for one in around.findings() if one.id == "inbox"]
    assert "ETOTU_INBOX" in found.words
    assert found.stops == {"worker"}
    settings.ETOTU_INBOX = str(tmp_path)
    assert "inbox" not in {one.id for one in around.findings()}


@pytest.mark.parametrize("command", ["etotu_import", "create_installation_admin", "recount"])
def test_a_command_that_works_on_the_data_is_refused_too(db: None, command: str) -> None:
    refuse_unsafe_command(command)
    with override_settings(INDEX_KEY=OTHER):
        with pytest.raises(ImproperlyConfigured, match="INDEX_KEY is not the key"):
            refuse_unsafe_command(command)
        for free in ("migrate", "reencrypt", "check", "collectstatic", "no_such_command"):
            refuse_unsafe_command(free)


def test_a_server_that_does_not_answer_is_a_warning_at_the_start(
    db: None, collected: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(connections, "close_all", lambda: None)
    monkeypatch.setattr(around, "servers", lambda: [Finding("broker", "BROKER_URL does not answer", NONE)])
    refuse.refuse_unsafe_start("web")
    assert "BROKER_URL does not answer" in caplog.text


def test_a_refusal_ends_the_process_with_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(refuse, "stopping", lambda _process: [NEWER])
    monkeypatch.setattr(connections, "close_all", lambda: None)
    with pytest.raises(SystemExit) as ended:
        refuse.refuse_unsafe_start("beat")
    assert ended.value.code == 3
    assert capsys.readouterr().err.startswith("Osallistava does not start. The database was migrated by a newer")


def ok(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    start_response("200 OK", [])
    return [b"a page"]


def asked(application: serving.Application, path: str, **headers: str) -> tuple[str, bytes]:
    status: list[str] = []
    environ = RequestFactory().get(path, headers=headers).environ
    body = b"".join(application(environ, lambda line, _headers: status.append(line)))
    return status[0], body


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> serving.Application:
    """A web process that has started well and finds then that the database is newer."""
    monkeypatch.setattr(serving, "refuse_unsafe_start", lambda _process: None)
    monkeypatch.setattr(watch.Watch, "found", lambda _watch: [NEWER])
    return serving.guarded(ok)


def test_pages_wait_with_words_and_scripts_too(web: serving.Application) -> None:
    status, body = asked(web, "/297/")
    assert status.startswith("503")
    assert "Palvelua päivitetään" in body.decode()
    status, body = asked(web, "/297/", **{"X-Requested-With": "fetch", "Accept": "application/json"})
    assert status.startswith("503")
    assert json.loads(body)["error"]


def test_what_a_page_is_drawn_with_is_given_still(web: serving.Application) -> None:
    assert asked(web, f"/{settings.STATIC_URL.strip('/')}/css/base.css") == ("200 OK", b"a page")


def test_tasks_wait_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "_of_worker", None)
    serving.watch_worker()
    monkeypatch.setattr(watch.Watch, "found", lambda _watch: [NEWER])
    with pytest.raises(Ignore):
        clean_drafts()


def test_a_newer_database_is_noticed_by_one_statement_in_a_while(
    db: None, applied: dict[tuple[str, str], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)
    looking, marks = watch.Watch("web"), iter([(1, 1), (1, 1), (2, 2), (3, 3)])
    with CaptureQueriesContext(
        connection,
    ) as asked_for:
        assert looking.found() == looking.found() == []
    assert len([one for one in asked_for.captured_queries if "count(*)" in one["sql"]]) == 1
    monkeypatch.setattr(watch, "EVERY_SECONDS", 0)
    monkeypatch.setattr(schema, "mark", lambda: next(marks))
    applied["cases", "9999_newer"] = object()
    assert "9999_newer" in words(looking.found())
    assert "9999_newer" in words(looking.found())
    del applied["cases", "9999_newer"]
    monkeypatch.setattr(watch, "stopping", lambda _process: [])
    assert looking.found() == []


def test_a_database_that_does_not_answer_is_looked_over_when_it_does(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(_process: object) -> None:
        raise refuse.DatabaseSilentError("nobody there")

    monkeypatch.setattr(serving, "refuse_unsafe_start", silent)
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)
    monkeypatch.setattr(watch, "EVERY_SECONDS", 0)
    answers: Iterator[OperationalError | list[Finding]] = iter([OperationalError("still nobody"), [NEWER], []])

    def stopping(_process: object) -> list[Finding]:
        answer = next(answers)
        if isinstance(answer, OperationalError):
            raise answer
        return answer

    monkeypatch.setattr(watch, "stopping", stopping)
    application = serving.guarded(ok)
    assert [asked(application, "/")[0][:3] for _ in range(3)] == ["200", "503", "200"]
