"""A file goes in chunk by chunk while the next rows are read: where a chunk ends changes nothing."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import pytest
from django.db import connection, transaction

from cases.models import Event, Matter
from etotu.loading import load as loading
from etotu.loading import reading, staging
from etotu.loading.load import load, load_quietly
from etotu.loading.reading import ReadingFailedError
from etotu.loading.staging import Chunk
from etotu.models import Batch, Notice
from etotu.tests.faults.conftest import national
from etotu.tests.making import counts, everything, loaded, notice, stored, xml
from testing.digest import contents

pytestmark = pytest.mark.django_db


@contextmanager
def chunks_of(rows: int, portion: int = 1000) -> Iterator[None]:
    with patch.multiple(reading, ROWS_AT_ONCE=min(rows, portion), CHUNK_ROWS=rows):
        yield


def test_the_end_is_the_same_for_chunks_of_any_size() -> None:
    data = national(60)
    found = []
    for rows, portion in ((1, 1), (7, 7), (20, 7), (1000, 1000)):
        with transaction.atomic(), chunks_of(rows, portion):
            batch = loaded(data)
            found.append(
                (contents(), counts(batch), list(batch.shares.order_by("municipality").values_list("received")))
            )
            transaction.set_rollback(True)
    assert found[0] == found[1] == found[2] == found[3]


@pytest.mark.parametrize("rows", [1, 10])
def test_nobody_is_told_of_a_version_that_came_in_the_same_file(rows: int) -> None:
    with chunks_of(rows):
        batch = loaded(xml(notice("K1", 1), notice("K1", 2, note="uusi"), notice("K2", 1)))
        assert counts(batch) == {"received": 3, "accepted": 2, "updated": 1}
        with everything():
            assert not Event.objects.filter(kind__startswith="notice.").exists()
            assert Notice.objects.get(number="K1").version == 2
        loaded(xml(notice("K1", 3, note="taas"), code="ERA-2"))
    with everything():
        assert Event.objects.filter(kind="notice.changed").count() == 1


def test_a_file_that_breaks_after_its_first_chunks_leaves_nothing() -> None:
    whole = xml(*(notice(f"K{number}") for number in range(6)))
    with chunks_of(1):
        batch = loaded(whole.removesuffix(b"</etotuEra>") + b"<ilmoitus")
    assert (batch.status, batch.received) == ("rejected", 0)
    with everything():
        assert not Matter.objects.exists()


def test_a_failure_between_two_chunks_ends_the_reading_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_values: object) -> None:
        raise RuntimeError

    batch = stored(xml(*(notice(f"K{number}") for number in range(6))))
    monkeypatch.setattr(loading, "keep_faulty_rows", fails)
    with chunks_of(1), pytest.raises(RuntimeError):
        load(batch.pk)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("reading")]
    assert Batch.objects.get(pk=batch.pk).status == "loading"


def test_many_chunks_hold_no_more_locks_than_few() -> None:
    """PostgreSQL has room for a few thousand of them. The first file takes those that all files take."""
    held: list[int] = []
    with chunks_of(1):
        for count in (12, 3, 12):
            loaded(xml(*(notice(f"{len(held)}-{number}") for number in range(count)), code=f"ERA-{len(held)}"))
            held.append(locks_held())
    assert held[2] == held[1]


def locks_held() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'relation'")
        return int((cursor.fetchone() or (0,))[0])


def test_a_file_larger_than_what_is_kept_ahead_is_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etotu.loading.pieces.PIECE", 100)
    monkeypatch.setattr(reading, "PIECES_AHEAD", 2)
    assert counts(loaded(xml(*(notice(f"K{number}") for number in range(20))))) == {"received": 20, "accepted": 20}


def test_where_a_chunk_ends_depends_on_the_file_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    entered: list[int] = []

    def stage(chunk: Chunk) -> None:
        entered.append(chunk.count)
        staging.stage(chunk)

    monkeypatch.setattr(loading, "stage", stage)
    with chunks_of(6, portion=2):
        loaded(xml(*(notice(f"K{number}") for number in range(20))))
    assert entered == [6, 6, 6, 2]


def test_a_reader_that_ends_leaves_the_batch_to_be_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def ends(*_values: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    batch = stored(xml(*(notice(f"K{number}") for number in range(6))))
    monkeypatch.setattr(reading, "take", ends)
    with pytest.raises(ReadingFailedError):
        load(batch.pk)
    assert Batch.objects.get(pk=batch.pk).status == "loading"
    monkeypatch.undo()
    assert load(batch.pk)
    batch.refresh_from_db()
    assert counts(batch) == {"received": 6, "accepted": 6}


def test_an_unexpected_error_of_the_reader_is_told_by_its_kind(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_values: object) -> None:
        raise LookupError("Demolainen")

    batch = stored(xml(notice("K1")))
    monkeypatch.setattr(reading, "take", fails)
    assert not load_quietly(batch.pk)
    assert "ReadingFailedError" not in caplog.text
    assert "LookupError" in caplog.text
    assert "Demolainen" not in caplog.text
