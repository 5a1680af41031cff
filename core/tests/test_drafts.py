"""Drafts: encrypted, the author's own, gone when saved or old."""

from typing import TYPE_CHECKING

import pytest

from accounts.models import User
from core import drafts
from core.models import Draft
from core.row_security import scope
from core.tasks import clean_drafts
from municipalities.models import Municipality
from testing.clock import DAY, NOW, TODAY, at
from testing.people import QueryCount

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

FIELDS = {"text": ["Lupasi palata huomenna."], "channel": ["call"]}


def test_a_draft_comes_back_as_it_was(aino: User, kuopio: Municipality) -> None:
    saved_at = drafts.save(aino.pk, kuopio.pk, "contact", "matter:1", FIELDS)
    draft = drafts.load(aino.pk, kuopio.pk, "contact", "matter:1")
    assert draft
    assert (draft.fields, draft.saved_at) == (FIELDS, saved_at)


def test_a_later_draft_takes_the_place_of_the_earlier(aino: User, kuopio: Municipality) -> None:
    drafts.save(aino.pk, kuopio.pk, "contact", "matter:1", FIELDS)
    drafts.save(aino.pk, kuopio.pk, "contact", "matter:1", {"text": ["Lupasi"]})
    assert Draft.objects.count() == 1
    draft = drafts.load(aino.pk, kuopio.pk, "contact", "matter:1")
    assert draft
    assert draft.fields == {"text": ["Lupasi"]}


def test_nobody_else_gets_it(aino: User, eetu: User, kuopio: Municipality) -> None:
    drafts.save(aino.pk, kuopio.pk, "contact", "matter:1", FIELDS)
    assert drafts.load(eetu.pk, kuopio.pk, "contact", "matter:1") is None
    assert drafts.load(aino.pk, kuopio.pk, "contact", "matter:2") is None
    assert drafts.unfinished(eetu.pk, kuopio.pk) == []


def test_the_text_cannot_be_read_from_the_database_nor_moved_to_another_author(
    aino: User, eetu: User, kuopio: Municipality
) -> None:
    drafts.save(aino.pk, kuopio.pk, "contact", "matter:1", FIELDS)
    row = Draft.objects.get()
    assert b"palata" not in bytes(row.body)
    Draft.objects.update(user=eetu)
    assert drafts.load(eetu.pk, kuopio.pk, "contact", "matter:1") is None


def test_it_is_gone_when_it_was_dropped_or_is_old(aino: User, kuopio: Municipality) -> None:
    drafts.save(aino.pk, kuopio.pk, "contact", "matter:1", FIELDS)
    drafts.save(aino.pk, kuopio.pk, "person", "", FIELDS)
    drafts.drop(aino.pk, kuopio.pk, "person")
    assert [form for form, _, _ in drafts.unfinished(aino.pk, kuopio.pk)] == ["contact"]
    with at(NOW + 30 * DAY):
        draft = drafts.load(aino.pk, kuopio.pk, "contact", "matter:1")
        assert draft
        assert draft.kept_until == TODAY + 30 * DAY
    with at(NOW + 31 * DAY):
        assert drafts.load(aino.pk, kuopio.pk, "contact", "matter:1") is None
        assert drafts.unfinished(aino.pk, kuopio.pk) == []


def test_the_worker_deletes_the_old_ones_of_every_municipality(
    aino: User, kuopio: Municipality, tampere: Municipality
) -> None:
    for municipality in (kuopio, tampere):
        with scope([municipality.pk]):
            drafts.save(aino.pk, municipality.pk, "contact", "matter:1", FIELDS)
    with at(NOW + 31 * DAY):
        drafts.save(aino.pk, kuopio.pk, "contact", "matter:2", FIELDS)
        clean_drafts()
    with scope([kuopio.pk, tampere.pk]):
        assert [draft.object for draft in Draft.objects.all()] == ["matter:2"]


def test_a_text_larger_than_any_form_is_refused_and_the_largest_is_kept(
    aino: User, kuopio: Municipality, settings: "Settings"
) -> None:
    around = len('{"text": [""]}')
    drafts.save(aino.pk, kuopio.pk, "contact", "matter:1", {"text": ["x" * (settings.DRAFT_BYTES - around)]})
    with pytest.raises(drafts.DraftTooLarge):
        drafts.save(aino.pk, kuopio.pk, "contact", "matter:1", {"text": ["x" * (settings.DRAFT_BYTES - around + 1)]})


def save(who: User, number: int, text: str = "x", municipality: int = 297) -> None:
    drafts.save(who.pk, municipality, "contact", f"matter:{number}", {"text": [text]})


def test_one_more_than_are_kept_is_refused_and_those_that_are_kept_go_on(aino: User, settings: "Settings") -> None:
    settings.DRAFTS = 2
    save(aino, 1)
    save(aino, 2)
    with pytest.raises(drafts.QuotaFull):
        save(aino, 3)
    save(aino, 1, "Lupasi palata")
    drafts.drop(aino.pk, 297, "contact", "matter:2")
    save(aino, 3)


def test_so_many_bytes_of_one_person_are_kept_and_no_more(aino: User, settings: "Settings") -> None:
    save(aino, 1)
    one = len(Draft.objects.get().body)
    settings.DRAFTS_BYTES = 2 * one
    save(aino, 2)
    with pytest.raises(drafts.QuotaFull):
        save(aino, 2, "xy")
    draft = drafts.load(aino.pk, 297, "contact", "matter:2")
    assert draft
    assert draft.fields == {"text": ["x"]}


def test_nobody_takes_room_from_another_nor_do_the_other_municipality_and_what_is_too_old(
    aino: User, eetu: User, tampere: Municipality, settings: "Settings"
) -> None:
    settings.DRAFTS = 1
    with at(NOW - 31 * DAY):
        save(aino, 1)
    save(eetu, 1)
    with scope([297, 837]):
        save(aino, 1, municipality=837)
    save(aino, 2)
    with pytest.raises(drafts.QuotaFull):
        save(aino, 3)


def test_keeping_a_draft_is_one_statement_that_reads_no_text(aino: User, query_count: QueryCount) -> None:
    assert query_count(lambda: save(aino, 1)) == 1
    assert query_count(lambda: save(aino, 1, "Lupasi palata")) == 1
