"""What was typed into a form that was refused is kept, and its page can be opened again, in another language too."""

import html
import re
from typing import Any

import pytest

from accounts.models import User
from cases.clients.contact_details import set_contact_detail
from cases.letters.verbs import make_letter
from cases.models import Matter
from core import drafts
from core.row_security import set_scope
from desk.matter.deeds import all_deeds
from testing.people import SignIn

TEXT = "Soitetaan huomenna"
FORMS = sorted(one.name for one in all_deeds() if one.form)


@pytest.fixture
def own(application: Matter, aino: User) -> Matter:
    Matter.objects.filter(pk=application.pk).update(assignee=aino)
    application.refresh_from_db()
    return application


def page_again(answer: Any) -> str:
    """Where the language switch of the page leads."""
    found = re.search(r'name="next" value="([^"]*)"', answer.content.decode())
    assert found
    return html.unescape(found[1])


@pytest.mark.parametrize("name", FORMS)
def test_the_text_of_a_refused_deed_is_kept(signed_in: SignIn, aino: User, own: Matter, name: str) -> None:
    browser = signed_in(aino)
    one = next(one for one in all_deeds() if one.name == name)
    url = f"/297/asiat/{own.pk}/{one.path}/"
    answer = browser.post(f"{url}?nakyma=kaikki&avoin={own.pk}", {"text": TEXT, "list": ["a", "b"], "once": "x"})
    assert answer.status_code == 422, url
    set_scope([297])
    draft = drafts.load(aino.pk, 297, name, f"matter:{own.pk}")
    assert draft
    assert draft.fields == {"text": [TEXT], "list": ["a", "b"]}
    assert page_again(answer) == f"/297/tyojono/?nakyma=kaikki&avoin={own.pk}&teko={one.word}"
    assert browser.get(page_again(answer)).status_code == 200


def test_the_page_of_a_refused_deed_offers_its_text_in_another_language(
    signed_in: SignIn, aino: User, own: Matter
) -> None:
    browser = signed_in(aino)
    values: dict[str, Any] = {"version": own.version, "channel": "call", "text": TEXT}
    refused = browser.post(f"/297/asiat/{own.pk}/yhteydenotto/?avoin={own.pk}", values)
    assert refused.status_code == 422
    page = browser.post("/kieli/", {"language": "sv", "next": page_again(refused)}, follow=True).content.decode()
    assert '<html lang="sv">' in page
    assert 'data-draft-offer="contact"' in page
    # and without script
    assert re.search(rf"<noscript>.*{TEXT}.*</noscript>", page)


def test_from_today_the_page_is_today(signed_in: SignIn, aino: User, own: Matter) -> None:
    browser = signed_in(aino)
    refused = browser.post(f"/297/asiat/{own.pk}/yhteydenotto/?sivulta=tanaan", {"text": TEXT})
    assert page_again(refused) == f"/297/?kirjaa={own.pk}"
    assert 'data-draft-offer="contact"' in browser.get(page_again(refused)).content.decode()


@pytest.mark.parametrize(
    ("form", "address", "values"),
    [
        ("contact", "yhteydenotto/", {"text": TEXT}),
        ("matter", "uusi-asia/", {"description": TEXT}),
        ("person", "muokkaa/", {"given_names": TEXT}),
        ("measurement", "avain/uusi/", {"goal-0-own_words": TEXT, "day": "huomenna"}),
    ],
)
def test_the_text_of_a_refused_form_of_a_client_is_kept(
    signed_in: SignIn, aino: User, own: Matter, form: str, address: str, values: dict[str, str]
) -> None:
    browser = signed_in(aino)
    refused = browser.post(f"/297/asiakkaat/{own.client_id}/{address}", values)
    assert refused.status_code in (200, 422)
    set_scope([297])
    draft = drafts.load(aino.pk, 297, form, f"client:{own.client_id}")
    assert draft
    assert draft.fields == {name: [value] for name, value in values.items()}
    assert browser.get(page_again(refused)).status_code == 200


def test_the_text_of_a_new_client_is_kept(signed_in: SignIn, aino: User) -> None:
    browser = signed_in(aino)
    browser.post("/297/asiakkaat/uusi/", {"q": "Urho Uusi"})
    set_scope([297])
    assert drafts.load(aino.pk, 297, "person") is None
    browser.post("/297/asiakkaat/uusi/", {"given_names": "Urho"})
    set_scope([297])
    draft = drafts.load(aino.pk, 297, "person")
    assert draft
    assert draft.fields == {"given_names": ["Urho"]}


def test_pages_that_only_answer_to_a_form_can_be_opened_again(
    signed_in: SignIn, sirkka: User, paula: User, own: Matter
) -> None:
    letter_of(own, sirkka)
    worker, admin = signed_in(sirkka), signed_in(paula)
    answers = [
        worker.post(f"/297/asiat/{own.pk}/nayta-suojatut/?avoin={own.pk}"),
        worker.post(f"/297/asiakkaat/{own.client_id}/henkilotunnus/"),
        worker.post("/297/kirjeet/lahetetty/?nakyma=lahettamatta", {"kirje": letter_keys(own), "day": "eilen"}),
        worker.post("/297/kirjeet/poista/?nakyma=lahettamatta", {"kirje": letter_keys(own)}),
        admin.post("/297/yllapito/kirjeet/not_reached/fi/esikatselu/", {"body": TEXT}),
    ]
    assert [answer.status_code for answer in answers if answer.status_code not in (200, 422)] == []
    again = [(admin if "yllapito" in page_again(one) else worker).get(page_again(one)) for one in answers]
    assert [one.status_code for one in again] == [200] * len(answers)


def letter_of(matter: Matter, writer: User) -> None:
    set_contact_detail(writer, matter.client, "address", value="Mallikatu 1", postal_code="70100", post_office="KUOPIO")
    Matter.objects.filter(pk=matter.pk).update(attempts=5)
    matter.refresh_from_db()
    make_letter(writer, matter, "not_reached", language="fi", subject="Yhteydenotto", body="Soita meille.")


def letter_keys(matter: Matter) -> list[int]:
    set_scope([297])
    return list(matter.letters.values_list("pk", flat=True))
