"""Documents of the cases: one of each kind and more, finished, being written, corrected and cancelled."""

import datetime
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

from django.utils import timezone

from cases.models import Event
from demo.by_hand import event
from demo.relations import Relation
from records.content.digest import digest
from records.content.values import clean
from records.documents.verbs import sealed
from records.models import Document, OpenVersion, Version
from records.structures.registry import in_force

TEXTS = Path(__file__).with_name("documents.toml")
KINDS = ("1012", "15020", "1012", "1009", "15001", "16009", "1012", "7009", "5004", "14003")
AFTER = datetime.timedelta(days=3, hours=1)
CORRECTED, WRITING, CANCELLED = (2, 12), (1, 4, 11), (7,)
"""Of so many documents, in the order of the cases, those that were corrected, are being written, were cancelled."""
ROUND = 17
REASON = "Vuokran summa oli väärin."


@dataclass(slots=True)
class Planned:
    relation: Relation
    number: str
    at: datetime.datetime
    place: int


def write_documents(relations: list[Relation], now: datetime.datetime, random: Random) -> int:
    """One for each case that was opened some days ago, and for some another; gives how many."""
    planned = [one for n, relation in enumerate(relations) for one in plan(relation, n, random) if one.at < now]
    for n, one in enumerate(planned):
        one.place = n % ROUND
        store(one)
    return len(planned)


def plan(relation: Relation, n: int, random: Random) -> list[Planned]:
    first = Planned(relation, KINDS[n % len(KINDS)], relation.opened_at + AFTER, 0)
    later = [at for at in relation.met if at > first.at + AFTER]
    if not later or random.random() > 0.3:
        return [first]
    return [first, Planned(relation, KINDS[(n + 1) % len(KINDS)], later[0], 0)]


def store(one: Planned) -> None:
    client, worker = one.relation.client, one.relation.worker
    document = Document.objects.create(
        municipality_id=client.municipality_id,
        client=client,
        matter=one.relation.course.matter,
        number=one.number,
        created_by=worker,
        created_at=one.at,
    )
    tell(one, document, "document.begun", one.at)
    if one.place in WRITING:
        open_version(one, document)
        return
    finish(one, document, 1, one.at + datetime.timedelta(minutes=40))
    if one.place in CORRECTED:
        finish(one, document, 2, one.at + datetime.timedelta(minutes=95))
    if one.place in CANCELLED:
        document.cancelled_at, document.cancelled_by = document.finished_at, worker
        document.cancel_reason = "Tehty väärälle asialle."
        tell(one, document, "document.cancelled", one.at, reason=document.cancel_reason)
    document.save()


def text_of(one: Planned) -> tuple[str, str, dict[str, Any]]:
    """The structure, the language and what was written in it."""
    language = "sv" if one.relation.client.language == "sv" and one.number in texts()["sv"] else "fi"
    client, day = one.relation.client, timezone.localdate(one.relation.opened_at).isoformat()
    known = {"{opened}": day, "{family}": client.family_name, "{given}": client.given_names}
    written_in = in_force(one.number, timezone.localdate())
    return written_in.oid, language, clean(written_in, filled(texts()[language][one.number], known))


def filled(value: Any, known: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: filled(one, known) for key, one in value.items()}
    if isinstance(value, list):
        return [filled(one, known) for one in value]
    return known.get(value, value) if isinstance(value, str) else value


def open_version(one: Planned, document: Document) -> None:
    oid, language, content = text_of(one)
    OpenVersion.objects.create(
        municipality_id=document.municipality_id,
        document=document,
        structure=oid,
        language=language,
        content=dict(list(content.items())[: max(1, len(content) // 2)]),
        started_by=one.relation.worker,
        started_at=one.at,
        saved_at=one.at + datetime.timedelta(minutes=12),
    )


def finish(one: Planned, document: Document, number: int, at: datetime.datetime) -> None:
    oid, language, content = text_of(one)
    if number > 1 and "asuminen" in content:
        content["asuminen"] = {"kuvaus": content["asuminen"]["kuvaus"] + " Vuokra on 512 euroa kuussa."}
    worker = one.relation.worker
    version = Version(
        municipality_id=document.municipality_id,
        document=document,
        number=number,
        structure=oid,
        language=language,
        content=content,
        reason=REASON if number > 1 else "",
        author=worker,
        author_name=worker.name,
        author_title=worker.title,
        finished_at=at,
    )
    version.digest = digest(sealed(version))
    version.save()
    document.latest, document.finished_at, document.author = number, at, worker
    document.save()
    kind = "document.finished" if number == 1 else "document.corrected"
    tell(one, document, kind, at, reason=version.reason)


def tell(one: Planned, document: Document, kind: str, at: datetime.datetime, reason: str = "") -> None:
    told: Event = event(document.client, one.relation.worker, kind, at)
    told.data = {"document": document.pk, "number": document.number} | ({"reason": reason} if reason else {})
    told.save()


@lru_cache(maxsize=1)
def texts() -> dict[str, Any]:
    return tomllib.loads(TEXTS.read_text(encoding="utf-8"))
