from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client as Browser

from accounts.models import User
from cases.models import Client, OwnWorker
from core.row_security import set_scope
from municipalities.models import Municipality, Unit
from records.documents.verbs import Text, begin, finish, save_text
from records.models import Document
from testing.factories import make_client, make_matter

ASSESSMENT, HEARING = "1012", "5004"


@pytest.fixture
def veera(kuopio: Municipality, southern: Unit, aino: User) -> Client:
    client = make_client(kuopio, given_names="Veera", family_name="Mallinen")
    make_matter(client, assignee=aino, unit=southern)
    OwnWorker.objects.create(municipality=kuopio, client=client, user=aino, assigned_by=aino)
    return client


@pytest.fixture
def draft(aino: User, veera: Client) -> Document:
    return begin(aino, veera, ASSESSMENT)


def enough(**housing: Any) -> dict[str, Any]:
    """What an assessment must have, and what is said of housing."""
    return {
        "asian_vireilletuloa_koskevat_tiedot": {"vireilletulopaiva": "2018-11-06"},
        "palvelutarpeen_arviointia_koskevat_tiedot": {
            "palvelutarpeen_arvioinnin_aloittamispaiva": "2018-11-09",
            "asiakkaalla_on_oikeus_erityiseen_tukeen": False,
        },
        "asuminen": housing or {"kuvaus": "Vuokralla Petosella.\nVuokra 455 €."},
        "johtopaatokset_ja_jatkotoimet": {
            "asiakkaan_ja_hanen_laheisensa_arvio_tuen_ja_palvelujen_tarpeestaan": "”Haluan, että rahat riittävät.”",
            "asiakkuuden_jatko": {"asiakkuus_jatkuu": True},
            CONCLUSIONS: "Tarvitsee talousneuvontaa.",
            "asiakas_tarvitsee_omatyontekijan": False,
        },
    }


CONCLUSIONS = (
    "ammattihenkilon_johtopaatokset__asiakkaan_tilanteesta_seka_sosiaalipalvelujen_ja_erityisen_tuen_tarpeesta"
)


def finished_by(actor: User, document: Document, reason: str = "", **housing: Any) -> Document:
    kept = save_text(actor, document, Text(enough(**housing), {}), document.open_version.saves)
    finish(actor, document, kept.saves, reason=reason)
    return Document.objects.get(pk=document.pk)


@pytest.fixture
def finished(aino: User, draft: Document) -> Document:
    return finished_by(aino, draft)


Form = Callable[..., dict[str, Any]]


def at(document: Document, what: str = "") -> str:
    return f"/297/asiakkaat/{document.client_id}/asiakirjat/{document.pk}/{what}"


def form_of(browser: Browser, document: Document, **fields: Any) -> dict[str, Any]:
    """All fields of the writing page as a browser sends them, with what somebody changes; "__" in a name is a point."""
    from lxml.html import document_fromstring

    page = document_fromstring(browser.get(at(document, "kirjoita/")).content.decode())
    form = page.xpath("//form[@data-document]")[0]
    for template in form.xpath(".//template"):
        template.drop_tree()
    sent: dict[str, Any] = {}
    for name, value in form.form_values():
        sent.setdefault(name, []).append(value)
    set_scope([297])
    return sent | fields
