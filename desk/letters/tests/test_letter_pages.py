"""The pages of letters: who gets one, the file, sending, closing as not reached, the words of a municipality."""

import datetime
import io
from typing import Any

import pikepdf
import pytest
from django.test import Client as Browser

from accounts.models import User
from cases.contacts.verbs import record_contact
from cases.letters.verbs import delete_letters
from cases.matters.life import set_waiting
from cases.models import (
    AccessLog,
    Client,
    Contact,
    ContactDetail,
    Letter,
    LetterTemplate,
    Matter,
    MatterKind,
    MatterState,
)
from cases.models.contact import Channel, ContactOutcome
from cases.models.contact_detail import DetailKind, DetailSource
from core.saving import NotPossible
from municipalities.models import Municipality
from testing.clock import DAY, NOW, TODAY
from testing.factories import make_client, make_matter
from testing.people import QueryCount, SignIn


def sought(municipality: Municipality, by: User, *, address: bool = True, times: int = 3, **fields: Any) -> Matter:
    """A client's matter with attempts in vain."""
    client = make_client(municipality, **fields)
    if address:
        ContactDetail.objects.create(
            municipality=municipality,
            client=client,
            kind=DetailKind.ADDRESS,
            source=DetailSource.KELA,
            value="Mallikatu 4 B 12",
            postal_code="70100",
            post_office="Kuopio",
            known_on=TODAY,
        )
    matter = make_matter(client, MatterKind.REDUCED_AMOUNT, arrived=datetime.date(2018, 11, 1), assignee=by)
    for n in range(times):
        record_contact(by, client, matter=matter, channel="call", outcome="no_answer", at=NOW - (n + 1) * DAY)
    matter.refresh_from_db()
    return matter


def make(browser: Browser, *matters: Matter) -> Any:
    address = "/297/kirjeet/uudet/?" + "&".join(f"matter={matter.pk}" for matter in matters)
    return browser.post(address, {"tee": "1", "phone": "017 111"}, follow=True)


def text(response: Any) -> str:
    return str(response.content.decode())


@pytest.fixture
def letter(kuopio: Municipality, aino: User, signed_in: SignIn) -> Letter:
    make(signed_in(aino), sought(kuopio, aino))
    return Letter.objects.get()


class TestMaking:
    def test_the_queue_sends_its_choice_here_and_the_page_tells_who_gets_one(
        self, kuopio: Municipality, aino: User, signed_in: SignIn
    ) -> None:
        gets = sought(kuopio, aino, family_name="Saaja", language="ar")
        homeless = sought(kuopio, aino, family_name="Osoitteeton", address=False)
        browser = signed_in(aino)
        response = browser.post("/297/kirjeet/uudet/", {"matter": [gets.pk, homeless.pk]}, follow=True)
        page = text(response)
        assert "Saaja" in page.split("Osoitteeton")[0]
        assert "Postiosoitetta ei tiedetä." in page
        assert f"/297/asiakkaat/{homeless.client_id}/yhteystiedot/" in page
        assert "Suomi" in page
        assert "arabia" in page
        assert not Letter.objects.exists()

    def test_what_is_no_phone_number_is_told_beside_it(
        self, kuopio: Municipality, aino: User, signed_in: SignIn
    ) -> None:
        address = f"/297/kirjeet/uudet/?matter={sought(kuopio, aino).pk}"
        response = signed_in(aino).post(address, {"tee": "1", "phone": "abc"})
        assert response.context["form"].errors["phone"] == ["Anna puhelinnumero, esimerkiksi 040 123 4567."]
        assert not Letter.objects.exists()

    def test_one_press_makes_the_letters_of_those_who_get_one(
        self, kuopio: Municipality, aino: User, signed_in: SignIn
    ) -> None:
        gets, homeless = sought(kuopio, aino), sought(kuopio, aino, address=False)
        response = make(signed_in(aino), gets, homeless)
        assert response.redirect_chain[-1][0] == f"/297/kirjeet/erat/{Letter.objects.get().batch}/"
        assert "Puhelin: 017 111" in Letter.objects.get().body

    def test_a_second_press_makes_nothing_more(self, kuopio: Municipality, aino: User, signed_in: SignIn) -> None:
        browser, matter = signed_in(aino), sought(kuopio, aino)
        once = "5b9b3c52-6c1f-4a59-8a8c-3a1b8f2d6f10"
        for _ in range(2):
            browser.post(f"/297/kirjeet/uudet/?matter={matter.pk}", {"tee": "1", "phone": "", "once": once})
        assert Letter.objects.count() == 1

    def test_another_units_matter_is_not_in_it(
        self, kuopio: Municipality, aino: User, eetu: User, northern: Any, signed_in: SignIn
    ) -> None:
        matter = sought(kuopio, eetu)
        Matter.objects.filter(pk=matter.pk).update(unit=northern)
        make(signed_in(aino), matter)
        assert not Letter.objects.exists()


class TestOneLetter:
    def test_it_is_the_first_deed_after_enough_attempts_and_its_words_can_be_changed(
        self, kuopio: Municipality, aino: User, signed_in: SignIn
    ) -> None:
        matter, browser = sought(kuopio, aino), signed_in(aino)
        page = text(browser.get(f"/297/tyojono/?avoin={matter.pk}&teko=kirje"))
        assert "Yritimme tavoittaa sinua" in page
        assert "Hei " in page
        data = {"language": "fi", "subject": "Hei", "body": "Omin sanoin", "version": matter.version}
        browser.post(f"/297/asiat/{matter.pk}/kirje/", data)
        assert Letter.objects.get().body == "Omin sanoin"
        assert "Merkitse lähetetyksi" in text(browser.get(f"/297/tyojono/?avoin={matter.pk}"))

    def test_the_preview_keeps_nothing(self, kuopio: Municipality, aino: User, signed_in: SignIn) -> None:
        matter = sought(kuopio, aino)
        data = {"language": "fi", "subject": "Hei", "body": "#panic()", "version": matter.version, "kirje": "letter"}
        response = signed_in(aino).post(f"/297/asiat/{matter.pk}/kirje/esikatselu/", data)
        assert response.headers["Content-Type"] == "application/pdf"
        assert not Letter.objects.exists()

    def test_without_an_address_it_says_where_to_add_it_and_offers_no_letter(
        self, kuopio: Municipality, aino: User, signed_in: SignIn
    ) -> None:
        matter = sought(kuopio, aino, address=False)
        browser = signed_in(aino)
        page = text(browser.get(f"/297/tyojono/?avoin={matter.pk}&teko=kirje"))
        assert f"/297/asiakkaat/{matter.client_id}/yhteystiedot/" in page
        assert 'name="body"' not in page
        assert "Tee kirje" not in page
        words = {"language": "fi", "subject": "Hei", "body": "Kirjoitin jo tämän", "version": matter.version}
        refused = text(browser.post(f"/297/asiat/{matter.pk}/kirje/", words, follow=True))
        assert "Kirjoitin jo tämän" in refused
        assert not Letter.objects.exists()

    def test_under_turvakielto_it_is_for_those_who_may_show_the_address(
        self, kuopio: Municipality, aino: User, sirkka: User, signed_in: SignIn
    ) -> None:
        matter = sought(kuopio, sirkka)
        Client.objects.filter(pk=matter.client_id).update(non_disclosure=True)
        data = {"language": "fi", "subject": "Hei", "body": "Moi", "version": matter.version}
        refused = signed_in(aino).post(f"/297/asiat/{matter.pk}/kirje/", data)
        assert refused.status_code == 422
        assert "Moi" in text(refused)  # what was typed comes back
        assert "Mallikatu" not in text(refused)
        signed_in(sirkka).post(f"/297/asiat/{matter.pk}/kirje/", data)
        letter = Letter.objects.get()
        assert signed_in(aino).get(f"/297/kirjeet/{letter.pk}/kirje.pdf").status_code == 403
        assert signed_in(sirkka).get(f"/297/kirjeet/{letter.pk}/kirje.pdf").status_code == 200
        assert AccessLog.objects.filter(action="revealed", detail="letter_address", user=sirkka).exists()


class TestFile:
    def test_it_is_logged_as_printed_and_kept_by_nobody(self, letter: Letter, aino: User, signed_in: SignIn) -> None:
        response = signed_in(aino).get(f"/297/kirjeet/{letter.pk}/kirje.pdf")
        assert response.headers["Content-Disposition"] == 'attachment; filename="kirje.pdf"'
        assert "no-store" in response.headers["Cache-Control"]
        assert AccessLog.objects.filter(action="printed", client_ids=[letter.client_id]).count() == 1
        assert len(pikepdf.open(io.BytesIO(response.content)).pages) == 1

    def test_the_chosen_and_the_batch_come_as_one_file(
        self, kuopio: Municipality, aino: User, signed_in: SignIn
    ) -> None:
        browser = signed_in(aino)
        make(browser, sought(kuopio, aino), sought(kuopio, aino))
        letters = list(Letter.objects.all())
        for response in (
            browser.post("/297/kirjeet/tulosta/", {"kirje": [one.pk for one in letters]}),
            browser.get(f"/297/kirjeet/erat/{letters[0].batch}/kirje.pdf"),
        ):
            assert len(pikepdf.open(io.BytesIO(response.content)).pages) == 2

    def test_what_is_left_out_under_turvakielto_is_told_and_logged(
        self, kuopio: Municipality, aino: User, leo: User, signed_in: SignIn
    ) -> None:
        make(signed_in(aino), sought(kuopio, aino), sought(kuopio, aino))
        shown, hidden = Letter.objects.order_by("pk")
        Client.objects.filter(pk=hidden.client_id).update(non_disclosure=True)
        browser = signed_in(leo)
        page = text(browser.get(f"/297/kirjeet/erat/{shown.batch}/"))
        assert "ei ole tiedostossa" in page
        for name in ("letters_pdf", "letters_batch"):
            if name == "letters_pdf":
                answer = browser.post("/297/kirjeet/tulosta/", {"kirje": [shown.pk, hidden.pk]})
            else:
                answer = browser.get(f"/297/kirjeet/erat/{shown.batch}/kirje.pdf")
            assert len(pikepdf.open(io.BytesIO(answer.content)).pages) == 1
            assert AccessLog.objects.get(action="refused", user=leo, page=name).client_ids == [hidden.client_id]
            assert "Turvakiellon alaisen asiakkaan kirjeitä" in text(browser.get("/297/kirjeet/"))
        answer = browser.post("/297/kirjeet/lahetetty/", {"kirje": hidden.pk, "day": "13.11.2018"}, follow=True)
        assert "Turvakiellon alaisen asiakkaan kirjeitä" in text(answer)
        assert Letter.objects.filter(sent_on=None).count() == 2

    def test_a_colleague_deletes_no_letter_of_anothers_matter(
        self, letter: Letter, leo: User, sirkka: User, signed_in: SignIn
    ) -> None:
        signed_in(leo).post("/297/kirjeet/poista/", {"kirje": letter.pk, "varma": "1"})
        with pytest.raises(NotPossible):
            delete_letters(leo, [letter])
        assert Letter.objects.exists()
        signed_in(sirkka).post("/297/kirjeet/poista/", {"kirje": letter.pk, "varma": "1"})
        assert not Letter.objects.exists()

    def test_a_restricted_clients_letter_does_not_exist_for_others(
        self, letter: Letter, aino: User, signed_in: SignIn
    ) -> None:
        Client.objects.update(restricted=True)
        browser = signed_in(aino)
        assert browser.get(f"/297/kirjeet/{letter.pk}/kirje.pdf").status_code == 404
        assert AccessLog.objects.filter(action="refused", client_ids=[letter.client_id]).exists()
        assert letter.recipient not in text(browser.get("/297/kirjeet/"))


class TestList:
    def test_letters_are_marked_as_sent(self, letter: Letter, aino: User, signed_in: SignIn) -> None:
        browser = signed_in(aino)
        assert letter.recipient in text(browser.get("/297/kirjeet/"))
        wrong = browser.post("/297/kirjeet/lahetetty/", {"kirje": letter.pk, "day": "14.11.2018"})
        assert (wrong.status_code, Contact.objects.filter(channel=Channel.LETTER).count()) == (422, 0)
        browser.post("/297/kirjeet/lahetetty/", {"kirje": letter.pk, "day": "13.11.2018"})
        assert Contact.objects.get(channel=Channel.LETTER).outcome == ContactOutcome.SENT
        assert letter.recipient not in text(browser.get("/297/kirjeet/"))
        assert letter.recipient in text(browser.get("/297/kirjeet/?nakyma=lahetetyt"))

    def test_an_unsent_letter_is_deleted_after_a_question(self, letter: Letter, aino: User, signed_in: SignIn) -> None:
        browser = signed_in(aino)
        assert letter.recipient in text(browser.post("/297/kirjeet/poista/", {"kirje": letter.pk}))
        assert Letter.objects.exists()
        browser.post("/297/kirjeet/poista/", {"kirje": letter.pk, "varma": "1"})
        assert not Letter.objects.exists()

    def test_matters_without_an_answer_are_closed_as_not_reached_after_a_question(
        self, letter: Letter, aino: User, signed_in: SignIn
    ) -> None:
        browser = signed_in(aino)
        browser.post("/297/kirjeet/lahetetty/", {"kirje": letter.pk, "day": "13.11.2018"})
        assert letter.recipient in text(browser.get("/297/kirjeet/?nakyma=vastaamatta"))
        assert letter.recipient in text(browser.post("/297/kirjeet/sulje/", {"kirje": letter.pk}))
        browser.post("/297/kirjeet/sulje/", {"kirje": letter.pk, "varma": "1"})
        assert Matter.objects.get().outcome == "not_reached"
        assert letter.recipient not in text(browser.get("/297/kirjeet/?nakyma=vastaamatta"))

    def test_before_closing_it_says_when_the_letters_were_sent_and_what_is_early(
        self, kuopio: Municipality, aino: User, signed_in: SignIn
    ) -> None:
        browser = signed_in(aino)
        make(browser, *(sought(kuopio, aino) for _ in range(3)))
        browser.post(
            "/297/kirjeet/lahetetty/", {"kirje": [one.pk for one in Letter.objects.all()], "day": "13.11.2018"}
        )
        old, fresh, waits = Letter.objects.order_by("pk")
        assert "tänään</span>" in text(browser.get("/297/kirjeet/?nakyma=vastaamatta"))
        Letter.objects.filter(pk__in=[old.pk, waits.pk]).update(sent_on=TODAY - 8 * DAY)
        set_waiting(aino, Matter.objects.get(letters=waits), MatterState.WAITING_CLIENT, TODAY + 3 * DAY)
        page = text(browser.post("/297/kirjeet/sulje/", {"kirje": [old.pk, fresh.pk, waits.pk]}))
        assert "kirje lähetetty ti 13.11. (tänään)" in page
        assert page.count("kirje lähetetty ma 5.11. (8 päivää sitten)") == 2
        assert "1 kirje on lähetetty alle viikko sitten: vastaus voi vielä tulla." in page
        assert "1 asia odottaa myöhempään päivään." in page
        page = text(browser.post("/297/kirjeet/sulje/", {"kirje": [old.pk]}))
        assert "alle viikko sitten" not in page
        assert "odottaa myöhempään" not in page

    def test_whoever_answered_is_not_there(self, letter: Letter, aino: User, signed_in: SignIn) -> None:
        browser = signed_in(aino)
        browser.post("/297/kirjeet/lahetetty/", {"kirje": letter.pk, "day": "13.11.2018"})
        record_contact(aino, letter.client, matter=letter.matter, channel="call", outcome="reached", at=NOW)
        assert letter.recipient not in text(browser.get("/297/kirjeet/?nakyma=vastaamatta"))

    @pytest.mark.parametrize("view", ["", "?nakyma=vastaamatta", "?nakyma=lahetetyt"])
    def test_a_long_list_takes_as_many_queries_as_a_short_one(
        self, view: str, kuopio: Municipality, aino: User, signed_in: SignIn, query_count: QueryCount
    ) -> None:
        browser = signed_in(aino)
        make(browser, sought(kuopio, aino))
        if view:
            Letter.objects.update(sent_on=TODAY)
        short = query_count(lambda: browser.get(f"/297/kirjeet/{view}"))
        make(browser, *(sought(kuopio, aino) for _ in range(5)))
        if view:
            Letter.objects.update(sent_on=TODAY)
        assert query_count(lambda: browser.get(f"/297/kirjeet/{view}")) == short


class TestWordsOfTheMunicipality:
    ADDRESS = "/297/yllapito/kirjeet/not_reached/sv/"

    def test_an_admin_writes_them_and_goes_back(self, kuopio: Municipality, paula: User, signed_in: SignIn) -> None:
        browser = signed_in(paula)
        browser.post(self.ADDRESS, {"subject": "Hej", "body": "Hej {name}! {where_to_turn}", "version": "0"})
        assert LetterTemplate.objects.get().subject == "Hej"
        late = browser.post(self.ADDRESS, {"subject": "Sen", "body": "Sen {where_to_turn}", "version": "0"})
        assert "Sen {where_to_turn}" in text(late)
        assert LetterTemplate.objects.get().subject == "Hej"
        assert browser.get(self.ADDRESS + "palauta/").status_code == 200
        browser.post(self.ADDRESS + "palauta/", {"version": "1"})
        assert not LetterTemplate.objects.exists()

    def test_a_fault_stands_beside_the_text(self, kuopio: Municipality, paula: User, signed_in: SignIn) -> None:
        browser = signed_in(paula)
        data = {"subject": "Hej", "body": "Hej {namn}!", "version": "0"}
        for address in (self.ADDRESS, self.ADDRESS + "esikatselu/"):
            response = browser.post(address, data)
            assert response.status_code == 422
            assert "{namn}" in text(response)
            assert "{where_to_turn}" in text(response)

    def test_the_preview_is_a_letter_to_a_made_up_person(
        self, kuopio: Municipality, paula: User, signed_in: SignIn
    ) -> None:
        data = {"subject": "Hej", "body": "Hej {name}! {where_to_turn} {tries}", "version": "0"}
        response = signed_in(paula).post(self.ADDRESS + "esikatselu/", data)
        assert str(pikepdf.open(io.BytesIO(response.content)).Root.Lang) == "sv"
        assert not LetterTemplate.objects.exists()
