"""The pages to which no address alone leads: what is answered to a form, to a stranger, and when something is wrong."""

import uuid
from functools import partial
from types import SimpleNamespace
from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.template.loader import render_to_string
from django.test import Client as Browser
from django.test import RequestFactory
from django.utils import translation

from accounts.links.verbs import make_link
from accounts.models import User
from cases.letters.own_words import save_template
from cases.models import Letter
from municipalities.models import Membership, Role
from osallistava.tests.seen import PAGES, People, scene, stranger
from records.documents.verbs import Text, begin, finish, save_text
from records.models import Document
from records.tests.making import make_document
from testing.clock import NOW, TODAY
from testing.people import person

PASSWORD = "korkea kuusi metsän reunassa"
ERRORS = sorted(page for page in PAGES if page[0] in "45")


def error_page(name: str, _people: People, language: str) -> Any:
    with translation.override(language):
        page = render_to_string(name, {"exception": None, "sent": None}, RequestFactory().get("/297/"))
    headers = {"Content-Type": "text/html; charset=utf-8"}
    return SimpleNamespace(templates=[SimpleNamespace(name=name)], content=page.encode(), items=headers.items)


for name in ERRORS:
    scene(name)(partial(error_page, name))


@scene("accounts/dead_link.html")
def dead_link(_people: People, language: str) -> Any:
    return stranger(language).get("/linkki/vanhentunut/")


@scene("accounts/take_link.html")
def taken_link(_people: People, language: str) -> Any:
    somebody = User.objects.create_user("uusi@kuopio.example", name="Uusi")
    return stranger(language).get(f"/linkki/{make_link(somebody)}/", follow=True)


@scene("account/logout.html")
def asked_before_signing_out(people: People, language: str) -> Any:
    return people.browser_of(people.sirkka, language).get(people.address("account_logout"))


@scene("account/password_change.html")
def password_change(_people: People, language: str) -> Any:
    return signed_in("vaihtaja", language).get("/tili/salasana/")


@scene("account/reauthenticate.html")
def reauthenticate(_people: People, language: str) -> Any:
    return signed_in("vahvistaja", language).get("/tili/vahvista/")


@scene("mfa/authenticate.html")
def asked_for_the_code(_people: People, language: str) -> Any:
    browser, _secret = with_an_app("koodi", language)
    return browser.get("/kirjaudu/koodi/")


@scene("mfa/reauthenticate.html")
def asked_for_the_code_again(_people: People, language: str) -> Any:
    return past_the_code("koodi2", language).get("/tili/vahvista/koodi/")


@scene("mfa/recovery_codes/index.html")
def recovery_codes(_people: People, language: str) -> Any:
    return past_the_code("varakoodit", language).get("/tili/varakoodit/")


@scene("mfa/totp/deactivate_form.html")
def taking_the_app_away(_people: People, language: str) -> Any:
    return past_the_code("poisto", language).get("/tili/kaksivaiheinen/pois/")


def with_password(name: str, language: str) -> User:
    user = person("Salli Salainen", f"{name}@kuopio.example", language=language)
    user.set_password(PASSWORD)
    user.save()
    return user


def signed_in(name: str, language: str) -> Browser:
    user, browser = with_password(name, language), stranger(language)
    browser.post("/kirjaudu/", {"login": user.email, "password": PASSWORD})
    return browser


def with_an_app(name: str, language: str) -> tuple[Browser, str]:
    user, browser, secret = with_password(name, language), stranger(language), generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    browser.post("/kirjaudu/", {"login": user.email, "password": PASSWORD})
    return browser, secret


def past_the_code(name: str, language: str) -> Browser:
    browser, secret = with_an_app(name, language)
    code = format_hotp_value(hotp_value(secret, int(NOW.timestamp()) // 30))
    browser.post("/kirjaudu/koodi/", {"code": code})
    return browser


@scene("municipalities/home.html")
def two_municipalities(people: People, language: str) -> Any:
    both = person("Kaarina Kaksi", "kaksi@kuopio.example", Role.SUPERVISOR, people.kuopio)
    Membership.objects.create(user=both, municipality=people.tampere, role=Role.SUPERVISOR, starts="2018-01-01")
    return people.browser_of(both, language).get("/")


@scene("desk/client/search.html")
def found(people: People, language: str) -> Any:
    return people.browser_of(people.sirkka, language).post(people.address("client_search"), {"q": "Ylämalli"})


@scene("desk/client/case_close.html")
def closing_a_case(people: People, language: str) -> Any:
    return people.browser_of(people.sirkka, language).get(f"/297/asiakkaat/{people.client.pk}/asiakkuus/paata/")


@scene("desk/queue/give.html")
def given(people: People, language: str) -> Any:
    chosen = {"matter": [people.matter.pk]}
    return people.browser_of(people.sirkka, language).get(people.address("queue_give"), chosen)


@scene("desk/week/share.html")
def shared(people: People, language: str) -> Any:
    asked = {"people": [people.sirkka.pk], "how_many": 3}
    return people.browser_of(people.sirkka, language).post(people.address("week_plan"), asked)


@scene("desk/letters/new.html")
def letters_begun(people: People, language: str) -> Any:
    chosen = {"matter": str(people.letter.matter_id)}
    return people.browser_of(people.sirkka, language).get(people.address("letters_new"), chosen)


@scene("desk/letters/delete.html")
def letters_deleted(people: People, language: str) -> Any:
    chosen = {"kirje": [people.letter.pk]}
    return people.browser_of(people.sirkka, language).post(people.address("letters_delete"), chosen)


@scene("desk/letters/close.html")
def letters_closed(people: People, language: str) -> Any:
    Letter.objects.filter(pk=people.letter.pk).update(sent_on=TODAY)
    chosen = {"kirje": [people.letter.pk]}
    return people.browser_of(people.sirkka, language).post(people.address("letters_close"), chosen)


@scene("desk/letters/own_words_back.html")
def own_words_taken_back(people: People, language: str) -> Any:
    kind = people.kwargs["letter_template_back"]
    save_template(people.paula, people.kuopio, **kind, subject="Hei", body="Kysy: {where_to_turn}", version=0)
    return people.browser_of(people.paula, language).get(people.address("letter_template_back"))


@scene("desk/queue/queue.html: an open matter")
def open_matter(people: People, language: str) -> Any:
    """With every part of it filled."""
    address = f"{people.address('queue')}?nakyma=kaikki&avoin={people.matter.pk}"
    return people.browser_of(people.sirkka, language).get(address)


@scene("desk/client/client.html: a client with everything")
def whole_client(people: People, language: str) -> Any:
    return people.browser_of(people.sirkka, language).get(f"/297/asiakkaat/{people.client.pk}/")


@scene("desk/documents/of_a_colleague.html")
def written_by_a_colleague(people: People, language: str) -> Any:
    colleague = person("Kerttu Kollega", "kerttu@kuopio.example", Role.SOCIAL_WORKER, people.kuopio)
    document = make_document(colleague, people.client)
    return people.browser_of(people.sirkka, language).get(document_address(people, document, "kirjoita/"))


@scene("desk/documents/write.html: an assessment that lacks something")
def unfinished_document(people: People, language: str) -> Any:
    """Every kind of field, with what was typed and not understood, and what is old."""
    fact = {"value": "Vuokralla", "source": "earlier", "day": "2016-03-14", "confirmed": False}
    aside = {"from_before": {"asuminen.kuvaus": fact}, "not_asked": ["terveydentila"]}
    text = Text({"asuminen": {"kuvaus": "Vuokralla"}}, aside)
    document = begin(people.sirkka, people.client, "1012", text=text)
    day = "f.asian_vireilletuloa_koskevat_tiedot.vireilletulopaiva"
    sent = {"loppu": "1", "saves": "0", "tee": "valmis", "f.asuminen.kuvaus": "Vuokralla", day: "eilen"}
    return people.browser_of(people.sirkka, language).post(document_address(people, document, "kirjoita/"), sent)


@scene("desk/documents/write.html: two texts")
def two_texts(people: People, language: str) -> Any:
    document = begin(people.sirkka, people.client, "16009")
    sent = {"loppu": "1", "saves": "7", "f.johtopaatokset": "Toinen teksti", "once": str(uuid.uuid4())}
    return people.browser_of(people.sirkka, language).post(document_address(people, document, "kirjoita/"), sent)


@scene("desk/documents/document.html: what a version changed")
def changed_document(people: People, language: str) -> Any:
    document = make_document(people.sirkka, people.client)
    content = {**document.open_version.content, "lisatiedot": "Sovittiin toisin."}
    kept = save_text(people.sirkka, document, Text(content, {}), 0)
    finish(people.sirkka, document, kept.saves, reason="Lisätieto oli väärin.")
    return people.browser_of(people.sirkka, language).get(f"{document_address(people, document)}?muutokset=nayta")


def document_address(people: People, document: Document, what: str = "") -> str:
    return f"/297/asiakkaat/{people.client.pk}/asiakirjat/{document.pk}/{what}"


@scene("desk/notes/of_a_colleague.html")
def note_of_a_colleague(people: People, language: str) -> Any:
    return seen_by_another(people, "client_note_write", language)


def seen_by_another(people: People, name: str, language: str) -> Any:
    """By a supervisor who may go on with what Sirkka writes."""
    another = person("Saara Sijainen", f"saara.{name}@kuopio.example", Role.SUPERVISOR, people.kuopio)
    return people.browser_of(another, language).get(people.address(name))


@scene("desk/notes/write.html: a new note")
def new_note(people: People, language: str) -> Any:
    """The page of the matrix is a correction."""
    browser = people.browser_of(people.sirkka, language)
    begun = browser.post(people.address("client_note_begin"), {"once": "5e0a3f3e-8a0a-4a3e-9a53-36d25ed5b0f0"})
    return browser.get(begun.headers["Location"])
