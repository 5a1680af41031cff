"""What is this person's own: drafts of forms, what was agreed and is due, questions, notes and documents being written.

All of it is read in one statement, so that Today costs no more with it than without.
"""

import datetime
from dataclasses import dataclass, field
from typing import Any, Final

from django.conf import settings
from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import JSONObject
from django.utils import timezone

from cases.models import Client
from core.dates import due_state, due_words
from core.drafts import oldest
from core.models import Draft
from desk.notes.words import kind_words
from municipalities.requests import MunicipalRequest
from records.documents.told import document_name
from records.models import AgreedItem, ColleagueQuestion, OpenVersion
from records.notes.content import NOTES
from records.notes.entry import from_json

SHOWN: Final = 20
AHEAD: Final = datetime.timedelta(days=7)
ANSWERED: Final = datetime.timedelta(days=7)
"""An answer stands on Today of the one who asked for so long."""

FormDraft = tuple[str, str, datetime.datetime]
Row = tuple[str, Any]


@dataclass(frozen=True, slots=True)
class ToDo:
    """What was agreed, with its day."""

    pk: int
    client_id: int
    name: str
    what: str
    day: datetime.date
    due: str
    state: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to this person, or with `answer` one of their own that was answered."""

    pk: int
    client_id: int
    name: str
    colleague: str
    text: str
    answer: str
    at: datetime.datetime
    document_id: int | None


@dataclass(frozen=True, slots=True)
class Written:
    """A note or a document that is being written."""

    document_id: int
    client_id: int
    client: str
    name: str
    is_note: bool
    saved_at: datetime.datetime


@dataclass
class Mine:
    drafts: list[FormDraft] = field(default_factory=list)
    to_do: list[ToDo] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)

    @property
    def client_ids(self) -> list[int]:
        return [one.client_id for part in (self.to_do, self.asked, self.written) for one in part]


def read_mine(request: MunicipalRequest) -> Mine:
    parts = [
        _told("draft", drafts_of(request), settings.DRAFTS),
        _told("to_do", agreed_of(request)),
        _told("asked", questions_of(request)),
        _told("written", written_of(request)),
    ]
    found = Mine()
    first, *rest = parts
    for part, data in first.union(*rest, all=True):
        if part == "draft":
            found.drafts.append((data["form"], data["object"], _moment(data["saved_at"])))
        elif part == "to_do":
            found.to_do.append(_to_do(data))
        elif part == "asked":
            found.asked.append(_asked(data))
        else:
            found.written.append(_written(data))
    # a union keeps no order
    found.drafts.sort(key=lambda one: one[2], reverse=True)
    found.to_do.sort(key=lambda one: (one.day, one.pk))
    found.asked.sort(key=lambda one: one.at)
    found.written.sort(key=lambda one: one.saved_at, reverse=True)
    return found


def drafts_of(request: MunicipalRequest) -> QuerySet[Draft]:
    rows = Draft.objects.filter(
        user_id=request.user.pk, municipality_id=request.municipality.pk, saved_at__gte=oldest()
    )
    told = JSONObject(form="form", object="object", saved_at="saved_at")
    return rows.annotate(told=told).order_by("-saved_at", "pk")


def agreed_of(request: MunicipalRequest) -> QuerySet[AgreedItem]:
    """One's own that are late or due within a week."""
    rows = AgreedItem.objects.visible_to(request.user, request.municipality).open()
    rows = rows.filter(worker=request.user, by_when__lte=timezone.localdate() + AHEAD)
    told = JSONObject(pk="pk", what="what", by_when="by_when", **_client("client"))
    return rows.annotate(told=told).order_by("by_when", "pk")


def questions_of(request: MunicipalRequest) -> QuerySet[ColleagueQuestion]:
    """Those that wait for this person, and answers to one's own."""
    mine = Q(asked_by=request.user, answered_at__gte=timezone.now() - ANSWERED)
    rows = ColleagueQuestion.objects.visible_to(request.user, request.municipality)
    rows = rows.filter(Q(to=request.user, answered_at=None) | mine)
    told = JSONObject(
        pk="pk", text="text", answer="answer", asked_by="asked_by__name", to="to__name", at="asked_at",
        answered_at="answered_at", document="document", **_client("client")
    )  # fmt: skip
    return rows.annotate(told=told).order_by("asked_at", "pk")


def written_of(request: MunicipalRequest) -> QuerySet[OpenVersion]:
    rows = OpenVersion.objects.visible_to(request.user, request.municipality).filter(started_by=request.user)
    told = JSONObject(
        document="document", number="document__number", latest="document__latest", aside="aside", saved_at="saved_at",
        **_client("document__client")
    )  # fmt: skip
    return rows.annotate(told=told).order_by("-saved_at", "pk")


def _client(path: str) -> dict[str, Any]:
    return {"client": f"{path}__pk", "given": f"{path}__given_names", "family": f"{path}__family_name"}


def _told(part: str, rows: QuerySet[Any], most: int = SHOWN) -> QuerySet[Any, Row]:
    found: QuerySet[Any, Row] = rows.annotate(part=Value(part, CharField())).values_list("part", F("told"))
    return found[:most]


def _name(data: dict[str, Any]) -> str:
    return Client(given_names=data["given"], family_name=data["family"]).name


def _moment(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text)


def _to_do(data: dict[str, Any]) -> ToDo:
    day = datetime.date.fromisoformat(data["by_when"])
    return ToDo(data["pk"], data["client"], _name(data), data["what"], day, due_words(day), due_state(day))


def _asked(data: dict[str, Any]) -> Asked:
    answered = bool(data["answer"])
    return Asked(
        data["pk"],
        data["client"],
        _name(data),
        data["to"] if answered else data["asked_by"],
        data["text"],
        data["answer"],
        _moment(data["answered_at"] if answered else data["at"]),
        data["document"],
    )


def _written(data: dict[str, Any]) -> Written:
    note = data["number"] in NOTES
    name = kind_words(from_json(data["aside"])).capitalize() if note else document_name(data["number"])
    return Written(data["document"], data["client"], _name(data), name, note, _moment(data["saved_at"]))
