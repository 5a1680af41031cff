"""Taking files in: stored first, queued as a hint, read from the folder when they are still."""

import datetime
import io
import os
from pathlib import Path
from typing import Any

import pytest
from celery import current_app
from django.test import override_settings
from kombu.exceptions import OperationalError

from accounts.models import User
from core.row_security import set_scope
from etotu.loading.inbox import read_inbox
from etotu.loading.load import ATTEMPTS, load
from etotu.loading.receive import plain_name, receive
from etotu.loading.sweep import sweep
from etotu.models import Batch, BatchPiece, BatchShare
from etotu.tests.making import RECEIVED, counts, notice, stored, xml
from municipalities.models import Municipality
from testing.clock import at

pytestmark = pytest.mark.django_db
NOON = datetime.datetime(2018, 10, 12, 9, 0, tzinfo=datetime.UTC)


@pytest.fixture
def queued(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The batches that the worker was told of."""
    told: list[int] = []
    monkeypatch.setattr(current_app, "send_task", lambda name, args, **options: told.append(args[0]))
    return told


class TestReceiving:
    def test_a_file_is_stored_and_queued_on_commit(
        self, queued: list[int], paula: User, kuopio: Municipality, django_capture_on_commit_callbacks: Any
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            batch = receive(
                io.BytesIO(xml(notice())), file_name="C:\\fakepath\\era.xml", via="upload", received_at=RECEIVED,
                actor=paula, municipality=kuopio,
            )  # fmt: skip
            assert queued == []
        assert queued == [batch.pk]
        assert (batch.status, batch.file_name, batch.delivered_by) == ("received", "era.xml", paula)
        assert BatchShare.objects.get(batch=batch).municipality == kuopio

    def test_a_broker_that_does_not_answer_is_no_error(
        self, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any, caplog: pytest.LogCaptureFixture
    ) -> None:
        def fail(*args: object, **options: object) -> None:
            raise OperationalError("connection refused")

        monkeypatch.setattr(current_app, "send_task", fail)
        with django_capture_on_commit_callbacks(execute=True):
            batch = receive(io.BytesIO(xml(notice())), file_name="era.xml", via="folder", received_at=RECEIVED)
        assert "not queued" in caplog.text
        assert sweep() == 1
        batch.refresh_from_db()
        assert counts(batch) == {"received": 1, "accepted": 1}

    @override_settings(ETOTU_UPLOAD_LIMIT=1024)
    def test_a_file_over_the_limit_is_rejected_unread(self, queued: list[int]) -> None:
        batch = receive(io.BytesIO(b"x" * 2000), file_name="era.xml", via="upload", received_at=RECEIVED)
        assert batch.fault is not None
        assert (batch.status, batch.fault["code"]) == ("rejected", "too_large")
        assert not BatchPiece.objects.exists()

    @pytest.mark.parametrize(
        ("given", "kept"),
        [("../../etc/passwd", "passwd"), ("a\x00b\n.xml", "ab.xml"), ("", "-"), ("ä" * 300, "ä" * 255)],
    )
    def test_only_the_last_part_of_a_name_is_kept(self, given: str, kept: str) -> None:
        assert plain_name(given) == kept


class TestSweeping:
    def test_a_file_that_makes_the_program_fail_is_given_up_after_three_times(
        self, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        batch = stored(xml(notice(family="Salainen")))

        def fail(*args: object) -> None:
            raise RuntimeError("Salainen")

        monkeypatch.setattr("etotu.loading.load.classify", fail)
        for _ in range(ATTEMPTS):
            assert sweep() == 0
        assert sweep() == 1
        batch.refresh_from_db()
        assert batch.fault is not None
        assert (batch.status, batch.fault["code"]) == ("rejected", "internal")
        assert "RuntimeError" in caplog.text
        assert "Salainen" not in caplog.text

    def test_a_finished_batch_is_left_alone(self) -> None:
        batch = stored(xml(notice()))
        assert load(batch.pk)
        assert load(batch.pk)
        batch.refresh_from_db()
        assert (batch.attempts, counts(batch)) == (1, {"received": 1, "accepted": 1})


class TestFolder:
    def put(self, folder: Path, name: str, data: bytes, at: datetime.datetime) -> Path:
        path = folder / name
        path.write_bytes(data)
        os.utime(path, (at.timestamp(), at.timestamp()))
        return path

    def read_twice(self, folder: Path) -> int:
        with at(NOON) as clock:
            assert read_inbox(folder) == 0
            clock.shift(seconds=10)
            return read_inbox(folder)

    def test_a_still_file_is_stored_and_moved(self, tmp_path: Path, queued: list[int]) -> None:
        self.put(tmp_path, "era.xml", xml(notice()), RECEIVED)
        assert self.read_twice(tmp_path) == 1
        assert [path.name for path in (tmp_path / "done").iterdir()] == ["era.xml"]
        left = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
        assert b"Demolainen" not in left, "no plain copy stays"
        assert Batch.objects.get().sha256.hex().encode() in left
        batch = Batch.objects.get()
        assert (batch.via, batch.received_at, batch.uploaded_in) == ("folder", RECEIVED, None)

    def test_a_file_that_still_grows_waits(self, tmp_path: Path, queued: list[int]) -> None:
        path = self.put(tmp_path, "era.xml", b"<etotu", RECEIVED)
        with at(NOON) as clock:
            read_inbox(tmp_path)
            clock.shift(seconds=9)
            path.write_bytes(b"<etotuEra")
            os.utime(path, (RECEIVED.timestamp(), RECEIVED.timestamp()))
            assert read_inbox(tmp_path) == 0
            clock.shift(seconds=9)
            assert read_inbox(tmp_path) == 0
            clock.shift(seconds=1)
            assert read_inbox(tmp_path) == 1

    def test_a_second_file_of_the_same_name_is_kept_too(self, tmp_path: Path, queued: list[int]) -> None:
        for number in ("K1", "K2"):
            self.put(tmp_path, "era.xml", xml(notice(number)), RECEIVED)
            self.read_twice(tmp_path)
        assert sorted(path.name for path in (tmp_path / "done").iterdir()) == ["era-2.xml", "era.xml"]

    def test_hidden_files_folders_and_links_are_left(self, tmp_path: Path, queued: list[int]) -> None:
        self.put(tmp_path, ".era.xml", xml(notice()), RECEIVED)
        (tmp_path / "folder").mkdir()
        (tmp_path / "link.xml").symlink_to("/etc/hostname")
        assert self.read_twice(tmp_path) == 0

    def test_without_a_folder_nothing_happens(self, tmp_path: Path) -> None:
        assert read_inbox() == 0
        assert read_inbox(tmp_path / "missing") == 0


def test_arrival_from_the_folder_is_the_files_day(tmp_path: Path, queued: list[int]) -> None:
    TestFolder().put(tmp_path, "era.xml", xml(notice()), RECEIVED)
    assert TestFolder().read_twice(tmp_path) == 1
    set_scope(range(1000))
    assert sweep() == 1
    assert str(Batch.objects.get().arrived) == "2018-10-12"
