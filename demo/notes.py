"""Notes of the cases: the latest contacts told in the record, some corrected, some being written."""

import datetime
from dataclasses import dataclass, replace

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from cases.access.colleagues import who_may_see
from cases.models import Contact
from cases.models.contact import REACHING, Channel
from demo.relations import Relation
from records.content.digest import digest
from records.content.values import clean
from records.documents.verbs import sealed
from records.models import AgreedItem, ColleagueQuestion, Document, OpenVersion, Version
from records.notes.content import content_of, number_of
from records.notes.entry import Agreed, Entry, Source, Went, as_json
from records.structures.registry import in_force

OF_A_CASE = 3
DAY = datetime.timedelta(days=1)
NOTHING = datetime.timedelta()
AFTER = datetime.timedelta(minutes=25)
SOURCES = {
    Channel.CALL: (Source.CALL, Went.TALKED),
    Channel.MEETING: (Source.MEETING, Went.HELD),
    Channel.VISIT: (Source.VISIT, Went.HELD),
    Channel.MESSAGE: (Source.MESSAGE, Went.TALKED),
}
AGREED = {
    "fi": ("Soittaa vuokranantajalle ja kysyy maksusuunnitelmaa", "Kokoaa laskut yhteen kansioon"),
    "sv": ("Ringer hyresvärden och frågar om en betalningsplan", "Samlar räkningarna i en mapp"),
}
ASKED = {"fi": "Voitko tulla mukaan seuraavaan tapaamiseen?", "sv": "Kan du komma med på nästa möte?"}
REASON = {"fi": "Päivä oli väärin.", "sv": "Dagen var fel."}


@dataclass(slots=True)
class Told:
    contact: Contact
    relation: Relation
    entry: Entry
    language: str
    place: int
    latest: bool


def write_notes(relations: list[Relation], now: datetime.datetime) -> int:
    """Of each case the latest contacts; gives how many notes there are."""
    planned = [one for n, relation in enumerate(relations) for one in plan(relation, n, now)]
    for one in planned:
        store(one, now)
    write_drafts(relations[:2], now)
    ask([one for one in planned if one.latest][:3], now)
    return len(planned)


def plan(relation: Relation, n: int, now: datetime.datetime) -> list[Told]:
    rows = Contact.objects.filter(
        ~Q(text=""), client=relation.client, by=relation.worker, outcome__in=REACHING, channel__in=SOURCES, at__lt=now
    ).order_by("-at")[:OF_A_CASE]
    language = "sv" if relation.client.language == "sv" else "fi"
    found = []
    for place, contact in enumerate(rows):
        source, went = SOURCES[Channel(contact.channel)]
        people = (relation.client.full_name, relation.worker.name)
        entry = Entry(
            source,
            went,
            at=timezone.localtime(contact.at).isoformat(),
            participants=people,
            text=contact.text,
            client_words=contact.client_words,
        )
        if place == 0:
            entry = replace(entry, agreed=agreed(relation, n, language, now))
        found.append(Told(contact, relation, entry, language, n + place, place == 0))
    return found


def agreed(relation: Relation, n: int, language: str, now: datetime.datetime) -> tuple[Agreed, ...]:
    """The worker's own is due about now, the client's has no day."""
    worker, client = AGREED[language]
    day = timezone.localdate(now) + (n % 6 - 1) * DAY
    return (Agreed(worker, relation.worker.pk, by_when=day.isoformat()), Agreed(client))


def store(one: Told, now: datetime.datetime) -> None:
    contact, worker = one.contact, one.relation.worker
    written_in = in_force(number_of(one.entry), timezone.localdate(now))
    document = Document.objects.create(
        municipality_id=contact.municipality_id,
        client_id=contact.client_id,
        matter_id=contact.matter_id,
        number=number_of(one.entry),
        created_by=worker,
        created_at=contact.at,
        happened_at=contact.at,
        contact=contact,
    )
    at = min(contact.at + AFTER + (DAY if one.place % 5 == 0 else NOTHING), now)
    texts = [one.entry]
    if one.place % 7 == 2:
        texts = [replace(one.entry, text=f"{one.entry.text} Aika on 3.12."), one.entry]
    for number, entry in enumerate(texts, start=1):
        content = clean(written_in, content_of(entry, written_in, one.language, {worker.pk: worker.name}))
        finish(document, worker, number, written_in.oid, one.language, content, entry, min(at + number * AFTER, now))
    # the words are in the note now
    Contact.objects.filter(pk=contact.pk).update(text="", client_words="")
    for n, item in enumerate(one.entry.agreed):
        AgreedItem.objects.create(
            municipality_id=contact.municipality_id,
            client_id=contact.client_id,
            document=document,
            position=n,
            what=item.what,
            worker=worker if item.worker else None,
            by_when=datetime.date.fromisoformat(item.by_when) if item.by_when else None,
        )


def finish(
    document: Document,
    worker: User,
    number: int,
    oid: str,
    language: str,
    content: dict[str, object],
    entry: Entry,
    at: datetime.datetime,
) -> None:
    version = Version(
        municipality_id=document.municipality_id,
        document=document,
        number=number,
        structure=oid,
        language=language,
        content=content,
        aside=as_json(entry),
        reason=REASON[language] if number > 1 else "",
        author=worker,
        author_name=worker.name,
        author_title=worker.title,
        finished_at=at,
    )
    version.digest = digest(sealed(version))
    version.save()
    document.latest, document.finished_at, document.author = number, at, worker
    document.save()


def write_drafts(relations: list[Relation], now: datetime.datetime) -> None:
    """Of work without the client, so that the timeline is as it was."""
    for relation in relations:
        language = "sv" if relation.client.language == "sv" else "fi"
        text = {"fi": "Luin päätöksen ja", "sv": "Läste beslutet och"}[language]
        entry = Entry(Source.ALONE, Went.HELD, at=timezone.localtime(now - AFTER).isoformat(), text=text)
        written_in = in_force(number_of(entry), timezone.localdate(now))
        document = Document.objects.create(
            municipality_id=relation.client.municipality_id,
            client=relation.client,
            number=number_of(entry),
            created_by=relation.worker,
            created_at=now - AFTER,
            happened_at=now - AFTER,
        )
        OpenVersion.objects.create(
            municipality_id=document.municipality_id,
            document=document,
            structure=written_in.oid,
            language=language,
            content=clean(written_in, content_of(entry, written_in, language, {})),
            aside=as_json(entry),
            started_by=relation.worker,
            started_at=now - AFTER,
            saved_at=now - AFTER,
            saves=1,
        )


def ask(told: list[Told], now: datetime.datetime) -> None:
    """Somebody else who may see the client is asked."""
    for one in told:
        worker = one.relation.worker
        colleague = who_may_see(one.relation.client).exclude(pk=worker.pk).first()
        document = Document.objects.filter(contact=one.contact).first()
        if colleague is not None and document is not None:
            ColleagueQuestion.objects.create(
                municipality_id=document.municipality_id,
                client_id=document.client_id,
                document=document,
                asked_by=worker,
                to=colleague,
                text=ASKED[one.language],
                asked_at=min(one.contact.at + AFTER, now),
            )
