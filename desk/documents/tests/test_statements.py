"""How many statements the pages of documents send: few, and as many for one document as for many."""

import pytest

from accounts.models import User
from core.row_security import set_scope
from desk.documents.tests.conftest import at, finished_by
from records.documents.verbs import begin, correct
from records.models import Document
from records.tests.making import make_document
from testing.people import QueryCount, SignIn

CEILING = 20


@pytest.mark.parametrize("page", ["list", "read", "write", "changes", "timeline"])
def test_a_page_keeps_the_ceiling_with_one_document_and_with_many(
    page: str, aino: User, finished: Document, signed_in: SignIn, query_count: QueryCount
) -> None:
    browser, client = signed_in(aino), finished.client
    correct(aino, finished)
    finished_by(aino, Document.objects.get(pk=finished.pk), "Vuokra oli väärin.")
    draft = begin(aino, client, "1012")
    addresses = {
        "list": f"/297/asiakkaat/{client.pk}/asiakirjat/",
        "read": at(finished),
        "write": at(draft, "kirjoita/"),
        "changes": at(finished) + "?muutokset=nayta",
        "timeline": f"/297/asiakkaat/{client.pk}/aikajana/",
    }
    browser.get(addresses[page])
    few = query_count(lambda: browser.get(addresses[page]))
    set_scope([297])
    for number in ("5004", "7009", "16009", "1009") * 5:
        make_document(aino, client, number)
    assert few <= CEILING
    assert query_count(lambda: browser.get(addresses[page])) <= few
