"""A document as a row of a list, and the line under its heading: what it is, in which state, whose."""

from dataclasses import dataclass

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.dates import short_day
from desk.documents.addresses import of_document
from desk.matter.words import title
from municipalities.requests import MunicipalRequest
from records.documents.rules import can_write, open_version_of
from records.documents.told import document_name
from records.models import Document

BEING_WRITTEN_FIRST = F("open_version__saved_at").desc(nulls_last=True)


@dataclass(frozen=True, slots=True)
class Row:
    """`kind` is that of a tag: "done" finished, "late" cancelled, "" being written."""

    document: Document
    name: str
    state: str
    kind: str
    day: str
    author: str
    matter: str
    url: str
    mine: bool


def row(request: MunicipalRequest, document: Document) -> Row:
    state, kind = state_of(document, request.user)
    author = document.author or document.created_by
    at = document.finished_at or document.created_at
    mine = can_write(request.user, document) is None
    name = "client_document_write" if mine or not document.is_finished else "client_document"
    return Row(
        document=document,
        name=document_name(document.number),
        state=state,
        kind=kind,
        day=short_day(timezone.localdate(at)),
        author=author.name,
        matter=title(document.matter) if document.matter else "",
        url=of_document(name, request, document),
        mine=mine,
    )


def state_of(document: Document, reader: User) -> tuple[str, str]:
    """In words, and the kind of its tag."""
    being_written = open_version_of(document)
    if document.cancelled_at is not None:
        return _("Cancelled"), "late"
    if being_written is None:
        return _("Finished and locked"), "done"
    if being_written.started_by_id == reader.pk:
        return (_("You are writing a new version") if document.is_finished else _("You are writing this")), ""
    words = _("%(name)s is writing a new version") if document.is_finished else _("%(name)s is writing this")
    return words % {"name": being_written.started_by.name}, ""
