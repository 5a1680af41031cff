"""A document as tests need it: finished once, and being written again."""

from accounts.models import User
from cases.models import Client
from records.documents.verbs import Text, begin, correct, finish
from records.models import AgreedItem, ColleagueQuestion, Document
from records.notes.entry import Entry, Source, Went
from records.notes.steps import Situation
from records.notes.verbs import begin_note, finish_note
from records.structures.registry import in_force
from records.tests.samples import everything
from testing.clock import TODAY, now

HEARING = "5004"


def make_document(actor: User, client: Client, number: str = HEARING, *, again: bool = True) -> Document:
    """Every field filled in. `again`: with a new version that the actor writes."""
    content = everything(in_force(number, TODAY))
    document = begin(actor, client, number, text=Text(content, {"not_asked": []}))
    finish(actor, document, 0)
    if again:
        correct(actor, document)
    return document


def make_note(actor: User, client: Client, text: str = "Sovittiin laskuista.") -> Document:
    """Finished, with something agreed and a question to its author, and with a new version that the author writes."""
    at = now().isoformat()
    entry = Entry(Source.CALL, Went.TALKED, at=at, text=text)
    document = begin_note(actor, client, entry, language="fi")
    here = Situation(actor, client, None, None, {actor.pk: actor})
    finish_note(actor, document, 0, here)
    municipality = client.municipality_id
    AgreedItem.objects.create(
        municipality_id=municipality, client=client, document=document, position=0, what="Soittaa", worker=actor
    )
    ColleagueQuestion.objects.create(
        municipality_id=municipality, client=client, document=document, asked_by=actor, to=actor, text="Pääsetkö?"
    )
    correct(actor, document)
    return document
