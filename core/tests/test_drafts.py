"""Drafts: encrypted, the author's own, gone when saved or old."""

import pytest

from accounts.models import User
from core import drafts
from core.models import Draft
from core.row_security import scope
from core.tasks import clean_drafts
from municipalities.models import Municipality
from testing.clock import DAY, NOW, at

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


def test_a_text_larger_than_any_form_is_refused(aino: User, kuopio: Municipality) -> None:
    with pytest.raises(drafts.DraftTooLarge):
        drafts.save(aino.pk, kuopio.pk, "contact", "matter:1", {"text": ["x" * drafts.LARGEST]})
