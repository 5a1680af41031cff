"""One number, one person: nobody is lost under somebody else's number (rule 14)."""

from typing import Any

import pytest

from cases.models import Client
from etotu.loading.originals import unseal
from etotu.models import Alert, Batch, Notice, QuarantineRow
from etotu.repair.verbs import recheck
from etotu.tests.making import LEMPI, SEIJA, TAUNO, counts, everything, loaded, notice, xml
from etotu.tests.notices import CSV_HEADER, CSV_ROW
from municipalities.models import Municipality

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kuopio")]
WRONG = "100190-999R"
OTHERS: dict[str, dict[str, Any]] = {
    "another person": {"code": TAUNO},
    "another municipality": {"kunta": "837"},
    "both": {"code": TAUNO, "kunta": "837"},
    "another person with a fault": {"code": TAUNO, "created": "eilen"},
    "another name with a code that cannot be read": {"code": WRONG, "family": "Toinen"},
    "another name without a code": {"code": "", "family": "Toinen"},
}


def outcome(batch: Batch) -> str:
    (found,) = counts(batch).keys() - {"received", "flagged"}
    return found


@pytest.mark.parametrize("version", [1, 2, 3])
@pytest.mark.parametrize("other", OTHERS)
def test_a_row_of_another_is_quarantined_whatever_its_version_and_told(version: int, other: str) -> None:
    loaded(xml(notice("K1", 2)))
    batch = loaded(xml(notice("K1", version, **OTHERS[other])))
    assert counts(batch) == {"received": 1, "quarantined": 1}
    with everything():
        row = QuarantineRow.objects.get()
        assert row.state == "open"
        assert unseal(row.original, batch.pk, row.position).values["tunnus"] == "K1"
        if "code" not in OTHERS[other] or OTHERS[other]["code"] == TAUNO:
            assert "identity_changed" in {fault["code"] for fault in row.faults}
        assert Alert.objects.filter(municipality=row.municipality_id, kind="quarantined", batch=batch).exists()
        assert Notice.objects.get().version == 2
        assert Notice.objects.get().flags == []


@pytest.mark.parametrize(("version", "expected"), [(1, "stale"), (2, "duplicate")])
def test_the_same_name_tells_the_person_where_the_code_cannot_be_read(version: int, expected: str) -> None:
    loaded(xml(notice("K1", 2)))
    assert outcome(loaded(xml(notice("K1", version, code=WRONG)))) == expected


def test_within_one_file_each_of_the_others_waits_by_itself() -> None:
    batch = loaded(
        xml(notice("K1"), notice("K1", code=TAUNO), notice("K1", code=LEMPI), notice("K1", 2), notice("K1", code=TAUNO))
    )
    assert counts(batch) == {"received": 5, "accepted": 1, "updated": 1, "quarantined": 3}
    found = list(QuarantineRow.objects.order_by("position").values_list("position", "state"))
    assert found == [(2, "open"), (3, "open"), (5, "repeated")]


def test_a_faulty_row_before_the_owner_of_the_number_is_not_closed_by_the_owner() -> None:
    loaded(xml(notice("K1", code=TAUNO, created="eilen"), notice("K1", 2, code=SEIJA)))
    assert QuarantineRow.objects.get().state == "open"
    loaded(xml(notice("K1", 3, code=SEIJA), code="ERA-2"))
    assert QuarantineRow.objects.get().state == "open"


def test_what_is_wrong_is_told_again_when_the_row_is_checked_again(kuopio: Municipality) -> None:
    loaded(xml(notice("K1", 2)))
    loaded(xml(notice("K1", 1, code=TAUNO)))
    row = QuarantineRow.objects.get()
    assert recheck(None, [row.pk]) == []
    row.refresh_from_db()
    assert [fault["code"] for fault in row.faults] == ["identity_changed"]


def test_a_record_that_nobody_can_read_is_never_the_same_again() -> None:
    row = {**CSV_ROW, "tunnus": "K1", "kunta": "297"}
    line = ";".join(row.get(name, "") for name in CSV_HEADER.split(";"))
    loaded(f"{CSV_HEADER}\n{line}\n".encode(), file_name="a.csv")
    swallowed = line.replace("240992-907R", "010180-9026")
    broken = f'{CSV_HEADER}\n{line}"soittaa\n{swallowed}"Pekka" kertoi\n'
    batch = loaded(broken.encode(), file_name="b.csv")
    assert counts(batch) == {"received": 1, "quarantined": 1}
    loaded(f"{CSV_HEADER}\n{line.replace(';1;', ';2;', 1)}\n".encode(), file_name="c.csv")
    assert Notice.objects.get().version == 2
    assert QuarantineRow.objects.get().state == "open", "the other person is still in it"
    assert Client.objects.count() == 1


@pytest.mark.parametrize(
    ("stored", "version", "expected"),
    [(1, 1001, "updated"), (1, 1002, "quarantined"), (5, 2_147_483_647, "quarantined"), (5, 1005, "updated")],
)
def test_a_version_far_above_the_stored_one_is_quarantined(stored: int, version: int, expected: str) -> None:
    loaded(xml(notice("K1", stored)))
    assert outcome(loaded(xml(notice("K1", version)))) == expected
    if expected == "quarantined":
        assert [fault["code"] for fault in QuarantineRow.objects.get().faults] == ["version_jump"]


def test_within_a_file_each_version_is_compared_with_the_one_before() -> None:
    batch = loaded(xml(notice("K1", 1), notice("K1", 5000), notice("K1", 1001), notice("K1", 2001), notice("K1", 2)))
    assert counts(batch) == {"received": 5, "accepted": 1, "quarantined": 1, "updated": 2, "stale": 1}
