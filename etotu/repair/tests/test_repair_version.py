"""A version typed by hand never makes Kela's next versions out of date, and never closes a row unread."""

import pytest

from accounts.models import User
from etotu.models import Notice, QuarantineRow
from etotu.repair.verbs import Change, Outcome, recheck, release, save
from etotu.tests.making import SEIJA, counts, everything, loaded, notice, xml
from municipalities.models import Municipality

NAME = "henkilo.sukunimi"


def row() -> QuarantineRow:
    return QuarantineRow.objects.get(state="open")


def typed(actor: User, version: str) -> list[tuple[str, object]]:
    """The faults of the version, after it was typed and the name put right."""
    saved = save(actor, Change(row().pk, row().edits, {"versio": version, NAME: "Demolainen"}))
    return [(fault["code"], *fault["params"].values()) for fault in saved.faults if fault["field"] == "versio"]


@pytest.mark.parametrize(
    ("came", "stored", "allowed", "refused"),
    [
        (2, 0, ["1", "2", ""], ["3", "2147483647"]),
        (5, 2, ["3", "4"], ["6", "2", "1", ""]),
        ("v3", 0, ["1", "2", "3"], ["4"]),
        ("kaksi", 0, ["1"], ["2"]),
        ("kaksi", 4, ["5"], ["6", "4", "1"]),
        ("0", 1, ["2"], ["3", "1"]),
        ("11.10.2018", 0, ["1", "11"], ["12", "2018"]),
        (None, 0, ["1"], ["2"]),
    ],
)
def test_what_may_be_typed_follows_from_what_came_and_what_is_stored(
    kuopio: Municipality, paula: User, came: object, stored: int, allowed: list[str], refused: list[str]
) -> None:
    if stored:
        loaded(xml(notice(version=stored), code="A"))
    loaded(xml(notice(version=came, family=""), code="B"))  # type: ignore[arg-type]
    for version in allowed:
        assert typed(paula, version) == [], version
    for version in refused:
        found = typed(paula, version)
        assert found[0][0] in ("version_raised", "version_stored"), version


def test_a_raised_version_is_neither_released_nor_taken_for_good_later(kuopio: Municipality, paula: User) -> None:
    loaded(xml(notice(version=2, family="")))
    assert typed(paula, "9") == [("version_raised", 2)]
    assert recheck(paula, [row().pk]) == []
    assert [one.outcome for one in release(paula, [row().pk])] == [Outcome.FAULTY]
    assert typed(paula, "2") == []
    assert [one.outcome for one in release(paula, [row().pk])] == [Outcome.RELEASED]
    later = loaded(xml(notice(version=3), code="B"))
    assert counts(later)["updated"] == 1
    assert Notice.objects.get().version == 3


def test_a_version_that_came_in_between_is_told_at_release_and_the_row_stays(kuopio: Municipality, paula: User) -> None:
    loaded(xml(notice(version="kaksi", family="")))
    assert typed(paula, "1") == []
    # a row whose version could not be read is not closed by another file's good one of a higher version
    QuarantineRow.objects.update(version=9)
    loaded(xml(notice(version=1), code="B"))
    assert [one.outcome for one in release(paula, [row().pk])] == [Outcome.FAULTY]
    assert [fault["code"] for fault in row().faults] == ["version_stored"]


def test_the_version_of_a_notice_that_others_have_is_not_told(
    kuopio: Municipality, tampere: Municipality, paula: User
) -> None:
    loaded(xml(notice("K7", 5, kunta="837", code=SEIJA), code="A"))
    loaded(xml(notice("", version="kaksi", family=""), code="B"), municipality=kuopio)
    with everything():
        it = row()
    saved = save(paula, Change(it.pk, 0, {"tunnus": "K7", "versio": "1", NAME: "Demolainen"}))
    assert [(fault["code"], fault["params"]) for fault in saved.faults] == [("identity_changed", {})]
