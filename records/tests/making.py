"""A document as tests need it: finished once, and being written again."""

from accounts.models import User
from cases.models import Client
from records.documents.verbs import Text, begin, correct, finish
from records.models import Document
from records.structures.registry import in_force
from records.tests.samples import everything
from testing.clock import TODAY

HEARING = "5004"


def make_document(actor: User, client: Client, number: str = HEARING, *, again: bool = True) -> Document:
    """Every field filled in. `again`: with a new version that the actor writes."""
    content = everything(in_force(number, TODAY))
    document = begin(actor, client, number, text=Text(content, {"not_asked": []}))
    finish(actor, document, 0)
    if again:
        correct(actor, document)
    return document
