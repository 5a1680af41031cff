"""A note: begun, kept as it is written, finished with all that follows from it, and what it leaves to do."""

from collections.abc import Mapping
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models import Client, Matter
from cases.timeline.events import record_event
from core.saving import NotPossible
from records.content.values import is_empty
from records.documents.rules import open_version_of
from records.documents.verbs import Text, begin, finish, save_text, tell_finished
from records.models import AgreedItem, ColleagueQuestion, Document, OpenVersion, Version
from records.notes.content import content_of, number_of
from records.notes.entry import LONGEST, MOST_AGREED, WENT_OF, Entry, as_json, from_json
from records.notes.steps import Situation, steps
from records.structures.registry import in_force, structure

UNREAD: Final = "unread"
"""Key of a draft's `aside`."""


@transaction.atomic
def begin_note(actor: User, client: Client, entry: Entry, *, matter: Matter | None = None, language: str) -> Document:
    """The draft of a note, with what is known before anything is written."""
    number = number_of(entry)
    written_in = in_force(number, timezone.localdate())
    text = Text(content_of(entry, written_in, language, {}), as_json(entry))
    return begin(
        actor, client, number, matter=matter, text=text, language=language, happened_at=entry.moment, tell=False
    )


@transaction.atomic
def save_note(
    actor: User,
    document: Document,
    entry: Entry,
    saves: int,
    names: dict[int, str],
    *,
    unread: Mapping[str, str] | None = None,
    reason: str = "",
) -> OpenVersion:
    """Keep what is written; the structure follows what the note has become. Raises ChangedMeanwhile.

    `unread` is what was typed and is no value of its field, such as half of a day, until it is put right.
    """
    check(entry)
    open_version = open_version_of(document)
    if open_version is None:
        raise NotPossible(_("The note is finished already."))
    number = number_of(entry) if not document.latest else document.number
    written_in = (
        in_force(number, timezone.localdate()) if number != document.number else structure(open_version.structure)
    )
    if written_in.oid != open_version.structure:
        OpenVersion.objects.filter(pk=open_version.pk).update(structure=written_in.oid, content={})
    aside = as_json(entry) | ({UNREAD: dict(unread)} if unread else {})
    text = Text(content_of(entry, written_in, open_version.language, names), aside)
    found = save_text(actor, document, text, saves, reason=reason)
    document.number, document.happened_at = number, entry.moment
    document.save(update_fields=["number", "happened_at"])
    return found


@transaction.atomic
def finish_note(actor: User, document: Document, saves: int, here: Situation, *, reason: str = "") -> Version:
    """Lock the note and do all that follows from it, or nothing. A correction changes the words only."""
    open_version = open_version_of(document)
    if open_version is None:
        raise NotPossible(_("The note is finished already."))
    if open_version.aside.get(UNREAD):
        raise NotPossible(
            _("Check what was written before the note is finished."), next(iter(open_version.aside[UNREAD]))
        )
    entry = from_json(open_version.aside)
    if is_empty(entry.text) and is_empty(entry.client_words) and is_empty(entry.assessment):
        raise NotPossible(_("Write what happened."), "text")
    first = document.latest == 0
    found = steps(entry, here) if first else []
    version = finish(actor, document, saves, reason=reason, tell=not first)
    for step in found:
        step.act(document)
    if first and document.contact_id is None:
        # of a contact the timeline tells, and leads to the note; of other notes it tells the note itself
        tell_finished(actor, document, version)
    return version


def about(document: Document, matter: Matter | None) -> None:
    """Which of the client's matters the note is about."""
    if document.matter_id != (matter.pk if matter else None):
        document.matter = matter
        document.save(update_fields=["matter"])


def check(entry: Entry) -> None:
    """Raises NotPossible beside the field that does not fit the others."""
    if entry.went not in WENT_OF[entry.source]:
        raise NotPossible(_("Choose how it went so that it fits what was done."), "went")
    if len(entry.agreed) > MOST_AGREED:
        raise NotPossible(_("At most %(n)s things can be agreed in one note.") % {"n": MOST_AGREED}, "agreed")
    for name in ("text", "client_words", "assessment"):
        if len(getattr(entry, name)) > LONGEST:
            raise NotPossible(_("The text can have at most %(n)s characters.") % {"n": LONGEST}, name)


@transaction.atomic
def do_agreed(actor: User, item: AgreedItem) -> None:
    """What was agreed has been done."""
    row = AgreedItem.objects.select_for_update().get(pk=item.pk)
    if row.done_at is not None or row.put_aside_at is not None:
        raise NotPossible(_("This has been settled already."))
    row.done_at, row.done_by = timezone.now(), actor
    row.save(update_fields=["done_at", "done_by"])
    record_event("agreed.done", client=row.client, actor=actor, what=row.what)


@transaction.atomic
def put_aside(actor: User, item: AgreedItem, reason: str) -> None:
    """What was agreed is not done after all; the reason says why."""
    if is_empty(reason):
        raise NotPossible(_("Write why it is put aside."), "reason")
    row = AgreedItem.objects.select_for_update().get(pk=item.pk)
    if row.done_at is not None or row.put_aside_at is not None:
        raise NotPossible(_("This has been settled already."))
    row.put_aside_at, row.put_aside_reason = timezone.now(), reason.strip()[:300]
    row.save(update_fields=["put_aside_at", "put_aside_reason"])
    record_event("agreed.put_aside", client=row.client, actor=actor, what=row.what, reason=row.put_aside_reason)


@transaction.atomic
def answer(actor: User, question: ColleagueQuestion, text: str) -> None:
    """The colleague who was asked answers, once."""
    row = ColleagueQuestion.objects.select_for_update().get(pk=question.pk)
    if row.to_id != actor.pk:
        raise NotPossible(_("The question is for a colleague to answer."))
    if row.answered_at is not None:
        raise NotPossible(_("The question has been answered already."))
    if is_empty(text):
        raise NotPossible(_("Write the answer."), "answer")
    row.answer, row.answered_at = text.strip(), timezone.now()
    row.save(update_fields=["answer", "answered_at"])
    record_event("colleague.answered", client=row.client, actor=actor, user=row.asked_by_id)
