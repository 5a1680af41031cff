"""A disk that fills up: nothing is stored in part, the page says what to do, and afterwards the same file goes in."""

import errno
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.db import OperationalError
from django.test import Client as Browser

from accounts.models import User
from core.encryption import encrypt
from etotu.loading import load as loading
from etotu.loading import pieces
from etotu.loading.load import load_quietly
from etotu.loading.sweep import sweep
from etotu.models import Batch, BatchPiece
from etotu.tests.faults.conftest import national, several
from etotu.tests.making import stored
from testing.digest import contents
from testing.people import SignIn

WORDS = "Palvelimen levy on täynnä"


def upload(browser: Browser, data: bytes) -> Any:
    browser.raise_request_exception = False
    return browser.post("/297/erat/tuo/", {"chosen": SimpleUploadedFile("era.xml", data)})


def deadlock() -> OperationalError:
    error = OperationalError("deadlock detected")
    error.__cause__ = psycopg.errors.DeadlockDetected("deadlock detected")
    return error


def full() -> OperationalError:
    error = OperationalError("could not extend file")
    error.__cause__ = psycopg.errors.DiskFull("could not extend file")
    return error


@pytest.mark.parametrize("after", [1, 0, 2][: several(1, 3)])
def test_a_byte_store_that_fills_up_keeps_nothing_of_the_file(
    after: int, signed_in: SignIn, paula: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored_pieces = [0]

    def fills_up(*values: Any) -> bytes:
        if stored_pieces[0] == after:
            raise full()
        stored_pieces[0] += 1
        return encrypt(*values)

    browser = signed_in(paula)
    data = national(10) + b" " * (3 * 1024 * 1024)
    with monkeypatch.context() as patch:
        patch.setattr(pieces, "encrypt", fills_up)
        answer = upload(browser, data)
    assert answer.status_code == 507
    assert WORDS in answer.content.decode()
    assert (Batch.objects.count(), BatchPiece.objects.count()) == (0, 0)

    assert upload(browser, data).status_code == 302
    assert (Batch.objects.count(), BatchPiece.objects.count()) == (1, 4)


def test_an_upload_folder_that_fills_up_says_what_to_do(
    signed_in: SignIn, paula: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_values: Any, **_options: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    browser = signed_in(paula)
    with monkeypatch.context() as patch:
        patch.setattr(TemporaryUploadedFile, "__init__", refuses)
        answer = upload(browser, national(10))
    assert answer.status_code == 507
    assert WORDS in answer.content.decode()
    assert Batch.objects.count() == 0


@pytest.mark.parametrize("failure", [full, deadlock])
@pytest.mark.usefixtures("committed_db")
def test_a_load_without_room_or_turn_may_be_tried_as_often_as_it_takes(
    failure: Callable[[], OperationalError],
    undisturbed: Callable[..., dict[str, list[Any]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = national(20)
    expected = undisturbed(data)
    batch = stored(data)

    def fails(*_values: Any) -> None:
        raise failure()

    with monkeypatch.context() as patch:
        patch.setattr(loading, "keep_faulty_rows", fails)
        for _ in range(loading.ATTEMPTS + 2):
            assert not load_quietly(batch.pk)
    assert sweep() == 1
    assert contents() == expected


def test_another_failure_is_no_outage(signed_in: SignIn, paula: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_values: Any) -> bytes:
        raise ZeroDivisionError

    browser = signed_in(paula)
    monkeypatch.setattr(pieces, "encrypt", breaks)
    answer = upload(browser, national(10))
    assert answer.status_code == 500
    assert WORDS not in answer.content.decode()
