"""The forms of a person, and the small acts on a client's page."""

import datetime
import re
import uuid
from typing import Any

import pytest

from accounts.models import User
from cases.models import AccessLog, Case, Client, ContactDetail, OwnWorker, RestrictedAccess
from core import drafts
from municipalities.models import Municipality
from testing.factories import identity_code, make_client, make_matter
from testing.people import SignIn

NEW = "/297/asiakkaat/uusi/"


def filled(**fields: Any) -> dict[str, Any]:
    return {
        "once": str(uuid.uuid4()),
        "identity_code": "",
        "birth_date": "",
        "family_name": "Testaaja",
        "given_names": "Seija Hilja",
        "language": "fi",
        "phone": "",
        "email": "",
        "address": "",
        "postal_code": "",
        "post_office": "",
    } | fields


@pytest.fixture
def person(kuopio: Municipality) -> Client:
    client = make_client(kuopio, given_names="Veikko Armas", family_name="Mallikas")
    make_matter(client)
    return client


class TestNewClient:
    def test_a_person_with_a_code_and_a_phone_is_saved(self, aino: User, signed_in: SignIn) -> None:
        code = identity_code()
        answer = signed_in(aino).post(NEW, filled(identity_code=code, phone="040 111 11 11"))
        client = Client.objects.get()
        assert answer.headers["Location"] == f"/297/asiakkaat/{client.pk}/"
        assert client.identity_code() == code
        assert ContactDetail.objects.get().value == "040 111 11 11"

    def test_the_summary_is_in_the_order_of_the_page(self, aino: User, signed_in: SignIn) -> None:
        wrong = filled(birth_date="31.2.1990", family_name="", given_names="", postal_code="7")
        html = signed_in(aino).post(NEW, wrong).content.decode()
        assert re.findall(r'<li><a href="#id_(\w+)">', html) == [
            "birth_date",
            "family_name",
            "postal_code",
        ]

    @pytest.mark.parametrize("names", [("", "Yksitesti"), ("Yksitesti", "")])
    def test_one_name_is_enough_and_stands_alone(self, names: tuple[str, str], aino: User, signed_in: SignIn) -> None:
        sent = filled(birth_date="15.6.1980", given_names=names[0], family_name=names[1])
        page = signed_in(aino).post(NEW, sent, follow=True).content.decode()
        assert Client.objects.get().full_name == "Yksitesti"
        assert "Yksitesti" in page

    def test_a_double_click_makes_one(self, aino: User, signed_in: SignIn) -> None:
        sent = filled(birth_date="15.6.1980")
        browser = signed_in(aino)
        first, second = browser.post(NEW, sent), browser.post(NEW, sent)
        assert Client.objects.count() == 1
        assert first.headers["Location"] == second.headers["Location"]

    def test_the_same_name_and_birth_date_is_asked_about_first(self, aino: User, signed_in: SignIn) -> None:
        browser = signed_in(aino)
        browser.post(NEW, filled(birth_date="15.6.1980"))
        page = browser.post(NEW, filled(birth_date="15.6.1980", given_names="seija hilja"))
        assert "Onko henkilö joku näistä?" in page.content.decode()
        assert Client.objects.count() == 1
        browser.post(NEW, filled(birth_date="15.6.1980", given_names="seija hilja", another_person="1"))
        assert Client.objects.count() == 2

    @pytest.mark.parametrize(
        ("fields", "words"),
        [
            ({}, "Anna henkilötunnus tai syntymäaika."),
            ({"identity_code": "010180-900A"}, "Henkilötunnuksen tarkistusmerkki ei täsmää."),
            ({"identity_code": "mitä"}, "Henkilötunnus on muotoa"),
            ({"birth_date": "15.6.2090"}, "Päivä ei voi olla tulevaisuudessa."),
            ({"birth_date": "15.6.1980", "postal_code": "7010"}, "Postinumerossa on viisi numeroa."),
        ],
    )
    def test_what_is_wrong_is_told_beside_the_field(
        self, aino: User, signed_in: SignIn, fields: dict[str, str], words: str
    ) -> None:
        assert words in signed_in(aino).post(NEW, filled(**fields)).content.decode()
        assert not Client.objects.exists()

    def test_somebody_elses_client_is_told_to_be_one(self, aino: User, kuopio: Municipality, signed_in: SignIn) -> None:
        code = identity_code()
        client = make_client(kuopio, code, family_name="Salainen")
        page = signed_in(aino).post(NEW, filled(identity_code=code)).content.decode()
        assert "Henkilö on jo asiakas täällä." in page
        assert f"/297/asiakkaat/{client.pk}/uusi-asia/" in page
        assert "Salainen" not in page

    def test_of_a_restricted_client_nothing_but_the_supervisor_is_told(
        self, aino: User, kuopio: Municipality, signed_in: SignIn
    ) -> None:
        code = identity_code()
        client = make_client(kuopio, code, restricted=True)
        page = signed_in(aino).post(NEW, filled(identity_code=code)).content.decode()
        assert "Ota yhteyttä esihenkilöösi." in page
        assert f"asiakkaat/{client.pk}/" not in page
        assert AccessLog.objects.get().action == "refused"

    def test_a_draft_is_offered_and_gone_when_saved(self, aino: User, signed_in: SignIn) -> None:
        drafts.save(aino.pk, 297, "person", "", {"family_name": "Keskeneräinen"})
        browser = signed_in(aino)
        assert "Keskeneräinen" in browser.get(NEW).content.decode()
        browser.post(NEW, filled(birth_date="15.6.1980"))
        assert drafts.load(aino.pk, 297, "person") is None


class TestEditing:
    def sent(self, **fields: Any) -> dict[str, Any]:
        return {"family_name": "Mallikas", "given_names": "Veikko", "language": "sv", "version": "1"} | fields

    def test_a_change_is_saved(self, aino: User, person: Client, signed_in: SignIn) -> None:
        signed_in(aino).post(f"/297/asiakkaat/{person.pk}/muokkaa/", self.sent())
        person.refresh_from_db()
        assert (person.given_names, person.language, person.version) == ("Veikko", "sv", 2)

    def test_what_is_as_it_was_is_not_told_to_be_saved(self, aino: User, person: Client, signed_in: SignIn) -> None:
        browser = signed_in(aino)
        same = self.sent(given_names=person.given_names, language=person.language)
        answer = browser.post(f"/297/asiakkaat/{person.pk}/muokkaa/", same, follow=True).content.decode()
        assert "Mitään ei muutettu." in answer
        assert "Muutokset tallennettiin" not in answer
        person.refresh_from_db()
        assert person.version == 1

    def test_the_later_of_two_is_refused_and_gets_the_text_and_the_change_back(
        self, aino: User, eetu: User, person: Client, signed_in: SignIn
    ) -> None:
        page = f"/297/asiakkaat/{person.pk}/muokkaa/"
        signed_in(eetu).post(page, self.sent(family_name="Mallikas-Harjoitus"))
        answer = signed_in(aino).post(page, self.sent(given_names="Veikko Aarne")).content.decode()
        assert "Joku muu on tallentanut" in answer
        assert 'value="Veikko Aarne"' in answer
        assert "<dd>Mallikas-Harjoitus</dd>" in answer
        assert 'name="version" value="2"' in answer
        person.refresh_from_db()
        assert person.given_names == "Veikko"

    def test_an_error_does_not_hide_a_later_conflict(
        self, aino: User, eetu: User, person: Client, signed_in: SignIn
    ) -> None:
        page = f"/297/asiakkaat/{person.pk}/muokkaa/"
        signed_in(eetu).post(page, self.sent())
        answer = signed_in(aino).post(page, self.sent(family_name="", given_names="")).content.decode()
        assert 'name="version" value="1"' in answer

    def test_contact_details_have_the_same_guard(
        self, aino: User, eetu: User, person: Client, signed_in: SignIn
    ) -> None:
        page = f"/297/asiakkaat/{person.pk}/yhteystiedot/"
        sent = {"version": "1", "email": "", "address": "", "postal_code": "", "post_office": ""}
        signed_in(eetu).post(page, sent | {"phone": "040 111 11 11"})
        answer = signed_in(aino).post(page, sent | {"phone": "040 222 22 22"}).content.decode()
        assert "040 111 11 11" in answer
        assert 'value="040 222 22 22"' in answer
        assert ContactDetail.objects.get().value == "040 111 11 11"

    def test_under_non_disclosure_an_empty_field_leaves_what_is_stored(
        self, aino: User, person: Client, signed_in: SignIn
    ) -> None:
        page = f"/297/asiakkaat/{person.pk}/yhteystiedot/"
        sent = {"email": "", "address": "", "postal_code": "", "post_office": "", "phone": ""}
        browser = signed_in(aino)
        browser.post(page, sent | {"phone": "040 111 11 11", "version": "1"})
        Client.objects.update(non_disclosure=True)
        browser.post(page, sent | {"email": "veikko@mallikas.example", "version": "2"})
        assert dict(ContactDetail.objects.values_list("kind", "value")) == {
            "phone": "040 111 11 11",
            "email": "veikko@mallikas.example",
        }


class TestRelations:
    def test_a_colleague_is_named_own_worker(self, aino: User, eetu: User, person: Client, signed_in: SignIn) -> None:
        signed_in(aino).post(f"/297/asiakkaat/{person.pk}/omatyontekija/", {"worker": eetu.pk, "version": "1"})
        assert OwnWorker.objects.get(ended=None).user == eetu

    def test_nobody_from_elsewhere_is_named(self, aino: User, olli: User, person: Client, signed_in: SignIn) -> None:
        signed_in(aino).post(f"/297/asiakkaat/{person.pk}/omatyontekija/", {"worker": olli.pk, "version": "1"})
        assert not OwnWorker.objects.exists()

    def test_a_case_is_opened_from_a_matter_and_closed_with_a_ground(
        self, aino: User, person: Client, signed_in: SignIn
    ) -> None:
        browser = signed_in(aino)
        page = f"/297/asiakkaat/{person.pk}/asiakkuus/"
        assert browser.get(f"{page}avaa/").context["form"]["matter"].value() == person.matters.get().pk
        browser.post(f"{page}avaa/", {})
        assert not Case.objects.exists()
        browser.post(f"{page}avaa/", {"matter": person.matters.get().pk})
        case = Case.objects.get()
        browser.post(f"{page}paata/", {"case": case.pk, "ground": ""})
        assert Case.objects.get().closed_at is None
        browser.post(f"{page}paata/", {"case": case.pk, "ground": "Tuen tarve on päättynyt"})
        assert Case.objects.get().closing_ground == "Tuen tarve on päättynyt"

    def test_anybody_at_work_records_a_non_disclosure_and_the_supervisor_lifts_it(
        self, aino: User, sirkka: User, person: Client, signed_in: SignIn
    ) -> None:
        page = f"/297/asiakkaat/{person.pk}/turvakielto/"
        assert "piilotetaan kaikkialla" in signed_in(aino).get(page).content.decode()
        signed_in(aino).post(page, {"on": "yes", "version": "1", "reason": "Asiakas kertoi"})
        person.refresh_from_db()
        assert person.non_disclosure
        assert signed_in(aino).get(page).status_code == 403
        assert "on piilotettu kaikkialla" in signed_in(sirkka).get(page).content.decode()
        signed_in(sirkka).post(page, {"on": "no", "version": "2", "reason": "Kielto on päättynyt"})
        person.refresh_from_db()
        assert not person.non_disclosure

    def test_whoever_works_with_the_client_is_proposed(
        self, aino: User, eetu: User, sirkka: User, person: Client, signed_in: SignIn
    ) -> None:
        make_matter(person, assignee=aino)
        OwnWorker.objects.create(municipality=person.municipality, client=person, user=eetu, assigned_by=sirkka)
        form = signed_in(sirkka).get(f"/297/asiakkaat/{person.pk}/rajaus/").context["form"]
        assert form.initial["people"] == {aino.pk, eetu.pk, sirkka.pk}

    def test_only_the_supervisor_restricts(self, aino: User, sirkka: User, person: Client, signed_in: SignIn) -> None:
        page = f"/297/asiakkaat/{person.pk}/rajaus/"
        assert signed_in(aino).get(page).status_code == 403
        assert "Nimeä ainakin yksi" in signed_in(sirkka).post(page, {"restricted": "on"}).content.decode()
        signed_in(sirkka).post(page, {"restricted": "on", "people": [sirkka.pk], "version": "1"})
        assert RestrictedAccess.objects.get().user == sirkka
        assert signed_in(aino).get(f"/297/asiakkaat/{person.pk}/").status_code == 404


def test_the_birth_date_field_takes_the_finnish_form(aino: User, signed_in: SignIn) -> None:
    signed_in(aino).post(NEW, filled(birth_date="1.2.1990"))
    assert Client.objects.get().birth_date == datetime.date(1990, 2, 1)
