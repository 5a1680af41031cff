"""The notes of the demo are such as the page would have left them."""

import pytest

from core.row_security import set_scope
from demo.load import load_demo
from demo.scale import DAILY, KUOPIO, TAMPERE, Scale
from records.documents.verbs import is_whole
from records.models import AgreedItem, Document, OpenVersion, Version
from records.notes.content import NOTES
from records.out.checking import faults
from records.out.national import author_of, client_of, national
from testing.clock import NOW

pytestmark = pytest.mark.django_db


def test_each_is_locked_valid_and_told_by_its_contact() -> None:
    load_demo(Scale(days=45, daily=dict.fromkeys(DAILY, 1) | {KUOPIO: 4, TAMPERE: 2}, people=60), NOW)
    set_scope(range(1000))
    notes = Version.objects.filter(document__number__in=NOTES).select_related("document__client", "document__contact")
    assert {one.number for one in notes} == {1, 2}
    for version in notes:
        assert is_whole(version)
        made = national(version, client_of(version.document.client), author_of(version))
        assert faults(made, version.structure) == []
        assert version.document.contact is not None
        assert version.document.contact.text == ""
    assert AgreedItem.objects.open().exclude(worker=None).exists()
    assert OpenVersion.objects.filter(document__number__in=NOTES, document__latest=0).exists()
    assert not Document.objects.filter(number__in=NOTES, happened_at__gt=NOW).exists()
