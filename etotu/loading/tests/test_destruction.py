"""Rule 1: the bytes are destroyed a set number of days after the last row is settled; hash and counts stay."""

import pytest

from core.row_security import set_scope
from etotu.loading.destruction import destroy_old_files
from etotu.models import Batch, BatchPiece, QuarantineRow
from etotu.tests.making import counts, loaded, notice, xml
from testing.clock import DAY, NOW, at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _whole_scope(db: None) -> None:
    set_scope(range(1000))


def destroyed_after(days: int) -> int:
    with at(NOW + days * DAY):
        return destroy_old_files()


def test_the_bytes_go_after_a_year_and_the_rest_stays() -> None:
    batch = loaded(xml(notice()))
    assert destroyed_after(364) == 0
    assert destroyed_after(366) == 1
    assert not BatchPiece.objects.exists()
    kept = Batch.objects.get()
    assert (bytes(kept.sha256), counts(kept)) == (bytes(batch.sha256), {"received": 1, "accepted": 1})
    assert destroyed_after(367) == 0


def test_a_file_with_an_open_row_is_kept_and_goes_a_year_after_it_was_settled() -> None:
    loaded(xml(notice(family="")))
    assert destroyed_after(1000) == 0
    settled = NOW + 100 * DAY
    QuarantineRow.objects.update(state="discarded", settled_at=settled)
    assert destroyed_after(464) == 0
    assert destroyed_after(466) == 1
    assert bytes(QuarantineRow.objects.get().original) == b""


def test_an_unfinished_file_is_never_destroyed() -> None:
    loaded(xml(notice()))
    Batch.objects.update(status="received", finished_at=None)
    assert destroyed_after(1000) == 0
