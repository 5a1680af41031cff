"""The life of a document: begun, saved, finished, corrected, cancelled. One transaction each, the actor first."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models import Client, Matter
from cases.timeline.events import record_event
from core.saving import ChangedMeanwhile, NotPossible
from records.content.digest import digest
from records.content.missing import Missing, to_fill_in
from records.content.values import Content, WrongContent, clean, is_empty
from records.documents.rules import can_cancel, can_correct, can_take_over, can_write, open_version_of, require
from records.models import Document, OpenVersion, Version
from records.structures.registry import in_force, structure

LONGEST_REASON = 1000


class Unfinished(NotPossible):
    """Something that the structure asks for is missing: `gaps` are the fields, in their order."""

    def __init__(self, gaps: list[Missing]) -> None:
        super().__init__(_("Something that the document must have is missing."))
        self.gaps = gaps


@dataclass(frozen=True, slots=True)
class Text:
    """What a person has written: the fields of the structure, and what is ours beside them."""

    content: Mapping[str, Any]
    aside: Mapping[str, Any]


@transaction.atomic
def begin(
    actor: User,
    client: Client,
    number: str,
    *,
    matter: Matter | None = None,
    text: Text | None = None,
    language: str = "fi",
    happened_at: datetime.datetime | None = None,
    tell: bool = True,
) -> Document:
    """A new document in the version of its structure that is in force today, with what is known from before.

    Without `tell` the timeline says nothing of it: a note is told as the contact that it records.
    """
    written_in = in_force(number, timezone.localdate())
    document = Document.objects.create(
        municipality_id=client.municipality_id,
        client=client,
        matter=matter,
        number=number,
        created_by=actor,
        happened_at=happened_at,
    )
    OpenVersion.objects.create(
        municipality_id=client.municipality_id,
        document=document,
        structure=written_in.oid,
        language=language,
        content=_checked(written_in.oid, text.content) if text else {},
        aside=dict(text.aside) if text else {},
        started_by=actor,
    )
    if tell:
        _tell("document.begun", actor, document)
    return document


@transaction.atomic
def save_text(actor: User, document: Document, text: Text, saves: int, *, reason: str = "") -> OpenVersion:
    """Keep what is written, as often as one likes. `saves` is the count that the page was made from.

    Raises ChangedMeanwhile, with the open version as it is now, when another page has saved since; the same text that
    is sent again, because its answer did not come, is saved already.
    """
    try:
        open_version = _claim(actor, document, saves)
    except ChangedMeanwhile as changed:
        if _same(changed.current, text):
            return changed.current  # type: ignore[no-any-return]
        raise
    open_version.content = _checked(open_version.structure, text.content)
    open_version.aside = dict(text.aside)
    open_version.reason = reason[:LONGEST_REASON]
    open_version.saves += 1
    open_version.saved_at = timezone.now()
    open_version.save(update_fields=["content", "aside", "reason", "saves", "saved_at"])
    return open_version


@transaction.atomic
def finish(
    actor: User,
    document: Document,
    saves: int,
    *,
    reason: str = "",
    review_on: datetime.date | None = None,
    tell: bool = True,
) -> Version:
    """Lock what is written as a version that nobody changes. Raises Unfinished, or NotPossible beside "reason"."""
    open_version = _claim(actor, document, saves)
    written_in = structure(open_version.structure)
    if gaps := to_fill_in(written_in, open_version.content):
        raise Unfinished(gaps)
    if document.latest:
        reason = _required(reason or open_version.reason, _("Write why the document is corrected."))
    version = Version(
        municipality_id=document.municipality_id,
        document=document,
        number=document.latest + 1,
        structure=open_version.structure,
        language=open_version.language,
        content=open_version.content,
        aside=open_version.aside,
        reason=reason if document.latest else "",
        author=actor,
        author_name=actor.name,
        author_title=actor.title,
        finished_at=timezone.now(),
    )
    version.digest = digest(sealed(version))
    version.save()
    open_version.delete()
    document.latest, document.finished_at, document.author = version.number, version.finished_at, actor
    document.review_on = review_on if review_on is not None else document.review_on
    document.save(update_fields=["latest", "finished_at", "author", "review_on"])
    if tell:
        tell_finished(actor, document, version)
    return version


def tell_finished(actor: User, document: Document, version: Version) -> None:
    kind = "document.finished" if version.number == 1 else "document.corrected"
    _tell(kind, actor, document, reason=version.reason)


@transaction.atomic
def correct(actor: User, document: Document) -> OpenVersion:
    """Begin a new version with the text of the newest one, which holds until the new one is finished."""
    _lock(document)
    require(can_correct, actor, document)
    newest = document.versions.get(number=document.latest)
    open_version = OpenVersion.objects.create(
        municipality_id=document.municipality_id,
        document=document,
        structure=newest.structure,
        language=newest.language,
        content=newest.content,
        aside=newest.aside,
        started_by=actor,
    )
    document.open_version = open_version
    return open_version


@transaction.atomic
def take_over(actor: User, document: Document) -> OpenVersion:
    """Go on with the version that a colleague began."""
    _lock(document)
    require(can_take_over, actor, document)
    open_version = document.open_version
    before = open_version.started_by_id
    open_version.started_by = actor
    open_version.saves += 1
    open_version.save(update_fields=["started_by", "saves"])
    _tell("document.taken_over", actor, document, before=before)
    return open_version


@transaction.atomic
def throw_away(actor: User, document: Document, *, tell: bool = True) -> None:
    """The open version is gone; a document that was never finished goes with it, and the timeline tells of it."""
    _lock(document)
    require(can_write, actor, document)
    document.open_version.delete()
    if document.latest:
        document.refresh_from_db()
        return
    if tell:
        _tell("document.thrown_away", actor, document)
    document.delete()


@transaction.atomic
def cancel(actor: User, document: Document, reason: str) -> None:
    """Say that a finished document does not hold; it stays readable with who and why."""
    _lock(document)
    require(can_cancel, actor, document)
    document.cancel_reason = _required(reason, _("Write why the document is cancelled."))
    document.cancelled_at, document.cancelled_by = timezone.now(), actor
    document.save(update_fields=["cancel_reason", "cancelled_at", "cancelled_by"])
    _tell("document.cancelled", actor, document, reason=document.cancel_reason)


def sealed(version: Version) -> dict[str, Any]:
    """The facts of a version that its digest covers."""
    return {
        "document": version.document_id,
        "number": version.number,
        "structure": version.structure,
        "language": version.language,
        "content": version.content,
        "aside": version.aside,
        "reason": version.reason,
        "author": [version.author_id, version.author_name, version.author_title],
        "finished_at": version.finished_at.astimezone(datetime.UTC).isoformat(),
    }


def is_whole(version: Version) -> bool:
    """Whether the text is the one that was locked."""
    return digest(sealed(version)) == version.digest


def _claim(actor: User, document: Document, saves: int) -> OpenVersion:
    _lock(document)
    require(can_write, actor, document)
    open_version = document.open_version
    if open_version.saves != saves:
        raise ChangedMeanwhile(open_version)
    return open_version


def _lock(document: Document) -> None:
    """Bring the document up to date under its lock, and forget the open version that was read before it."""
    document.refresh_from_db(from_queryset=Document.objects.select_for_update())
    document._state.fields_cache.pop("open_version", None)
    open_version = OpenVersion.objects.select_related("started_by").filter(document=document).first()
    if open_version is not None:
        document.open_version = open_version
    assert open_version_of(document) == open_version  # noqa: S101 - Django remembers that there is none


def _same(open_version: OpenVersion, text: Text) -> bool:
    content = _checked(open_version.structure, text.content)
    return bool(content == open_version.content and dict(text.aside) == open_version.aside)


def _checked(oid: str, content: Mapping[str, Any]) -> Content:
    try:
        return clean(structure(oid), content)
    except WrongContent as wrong:
        raise NotPossible(_("What was sent does not fit the form. Load the page again."), wrong.where) from None


def _required(text: str, words: str | Promise) -> str:
    if is_empty(text):
        raise NotPossible(words, "reason")
    if len(text) > LONGEST_REASON:
        raise NotPossible(_("Write the reason in at most %(n)s characters.") % {"n": LONGEST_REASON}, "reason")
    return text.strip()


def _tell(kind: str, actor: User, document: Document, **data: Any) -> None:
    record_event(
        kind,
        client=document.client,
        actor=actor,
        matter=document.matter,
        document=document.pk,
        number=document.number,
        **data,
    )
