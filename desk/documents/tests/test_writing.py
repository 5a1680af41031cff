"""The writing page, as a browser without script uses it."""

from typing import Any

import pytest
from django.test import Client as Browser

from accounts.models import User
from cases.models import AccessLog, Client
from core.row_security import set_scope
from desk.documents.tests.conftest import CONCLUSIONS, at, enough, finished_by, form_of
from records.documents.verbs import Text, correct, save_text
from records.models import Document, OpenVersion, Version
from testing.people import SignIn

HOUSING = "f.asuminen.kuvaus"


@pytest.fixture
def hers(aino: User, signed_in: SignIn) -> Browser:
    return signed_in(aino)


def kept(document: Document) -> OpenVersion:
    set_scope([297])
    return OpenVersion.objects.get(document=document)


class TestBeginning:
    def test_a_document_begins_with_what_is_known(self, hers: Browser, veera: Client) -> None:
        matter = veera.matters.get()
        sent = {"number": "1012", "matter": matter.pk, "once": "5e0a3f3e-8a0a-4a3e-9a53-36d25ed5b0f0"}
        answer = hers.post(f"/297/asiakkaat/{veera.pk}/asiakirjat/aloita/", sent)
        set_scope([297])
        document = Document.objects.get()
        assert answer.headers["Location"] == at(document, "kirjoita/")
        assert document.matter == matter
        facts = kept(document).aside["from_before"]
        came = facts["asian_vireilletuloa_koskevat_tiedot.vireilletulopaiva"]
        assert (came["value"], came["source"], came["confirmed"]) == (matter.arrived.isoformat(), "matter", False)
        page = hers.get(at(document, "kirjoita/")).content.decode()
        assert "Still so" in page or "Pitää edelleen paikkansa" in page

    def test_a_double_click_begins_one(self, hers: Browser, veera: Client) -> None:
        sent = {"number": "1012", "matter": "", "once": "5e0a3f3e-8a0a-4a3e-9a53-36d25ed5b0f0"}
        for _ in range(2):
            hers.post(f"/297/asiakkaat/{veera.pk}/asiakirjat/aloita/", sent)
        set_scope([297])
        assert Document.objects.count() == 1

    def test_a_fact_of_an_earlier_document_comes_along(self, hers: Browser, aino: User, finished: Document) -> None:
        sent = {"number": "1012", "matter": "", "once": "5e0a3f3e-8a0a-4a3e-9a53-36d25ed5b0f0"}
        hers.post(f"/297/asiakkaat/{finished.client_id}/asiakirjat/aloita/", sent)
        set_scope([297])
        new = Document.objects.exclude(pk=finished.pk).get()
        assert kept(new).content["asuminen"]["kuvaus"] == "Vuokralla Petosella.\nVuokra 455 €."
        assert kept(new).aside["from_before"]["asuminen.kuvaus"]["source"] == "earlier"


class TestSaving:
    def test_what_is_written_is_kept(self, hers: Browser, draft: Document) -> None:
        sent = form_of(hers, draft, **{HOUSING: "Vuokralla\r\nPetosella", "f.asuminen.vakinainen": "no"})
        assert hers.post(at(draft, "kirjoita/"), sent).status_code == 302
        assert kept(draft).content["asuminen"] == {"kuvaus": "Vuokralla\nPetosella", "vakinainen": False}

    def test_the_page_saves_by_itself(self, hers: Browser, draft: Document) -> None:
        sent = form_of(hers, draft, **{HOUSING: "Vuokralla"})
        answer = hers.post(at(draft, "tallenna/"), sent).json()
        assert answer["saves"] == 1
        assert answer["wrong"] == {}
        assert {"f-asian_vireilletuloa_koskevat_tiedot-vireilletulopaiva"} <= {gap["id"] for gap in answer["gaps"]}
        assert kept(draft).content["asuminen"] == {"kuvaus": "Vuokralla"}

    def test_an_answer_that_got_lost_is_no_conflict(self, hers: Browser, draft: Document) -> None:
        sent = form_of(hers, draft, **{HOUSING: "Vuokralla"})
        assert [hers.post(at(draft, "tallenna/"), sent).status_code for _ in range(2)] == [200, 200]

    def test_a_form_that_was_cut_on_its_way_empties_nothing(self, hers: Browser, draft: Document) -> None:
        sent = form_of(hers, draft)
        del sent["loppu"]
        assert hers.post(at(draft, "tallenna/"), sent).status_code == 400

    def test_half_of_a_day_is_kept_as_it_was_typed(self, hers: Browser, draft: Document) -> None:
        name = "f.asian_vireilletuloa_koskevat_tiedot.vireilletulopaiva"
        answer = hers.post(at(draft, "tallenna/"), form_of(hers, draft, **{name: "31.2.20"})).json()
        assert list(answer["wrong"]) == ["f-asian_vireilletuloa_koskevat_tiedot-vireilletulopaiva"]
        assert 'value="31.2.20"' in hers.get(at(draft, "kirjoita/")).content.decode()

    def test_an_older_page_shows_both_texts_and_loses_neither(self, hers: Browser, draft: Document) -> None:
        older = form_of(hers, draft, **{HOUSING: "Vanhemman sivun teksti"})
        newer = form_of(hers, draft, **{HOUSING: "Uudemman sivun teksti"})
        hers.post(at(draft, "kirjoita/"), newer)
        assert hers.post(at(draft, "tallenna/"), older).json()["conflict"]
        answer = hers.post(at(draft, "kirjoita/"), older)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Vanhemman sivun teksti</textarea>" in page
        assert page.count("Uudemman sivun teksti") == 1
        assert kept(draft).content["asuminen"]["kuvaus"] == "Uudemman sivun teksti"
        again = {**older, "saves": answer.context["open_version"].saves, "once": ""}
        again["once"] = "5e0a3f3e-8a0a-4a3e-9a53-36d25ed5b0f0"
        hers.post(at(draft, "kirjoita/"), again)
        assert kept(draft).content["asuminen"]["kuvaus"] == "Vanhemman sivun teksti"

    def test_a_row_is_added_and_taken_away_without_script(self, hers: Browser, draft: Document) -> None:
        rows = "aikaisemmat_ja_nykyiset_palvelut"
        sent = form_of(hers, draft, **{f"f.{rows}.0.kuvaus": "Velkaneuvonta", "tee": f"lisaa:{rows}"})
        page = hers.post(at(draft, "kirjoita/"), sent)
        assert page.status_code == 200
        assert f'name="f.{rows}.1.kuvaus"' in page.content.decode()
        more = {f"f.{rows}.1.kuvaus": "Toinen", f"rivit.{rows}": "2"}
        hers.post(at(draft, "kirjoita/"), form_of(hers, draft, **more))
        assert [one["kuvaus"] for one in kept(draft).content[rows]] == ["Velkaneuvonta", "Toinen"]
        hers.post(at(draft, "kirjoita/"), form_of(hers, draft, **{f"poista.{rows}.0": "on"}))
        assert [one["kuvaus"] for one in kept(draft).content[rows]] == ["Toinen"]

    def test_a_part_that_was_not_asked_leaves_the_document_and_comes_back(self, hers: Browser, draft: Document) -> None:
        hers.post(at(draft, "kirjoita/"), form_of(hers, draft, **{HOUSING: "Vuokralla", "ei_kysytty": "asuminen"}))
        assert "asuminen" not in kept(draft).content
        assert kept(draft).aside["not_asked"] == ["asuminen"]
        sent = form_of(hers, draft)
        del sent["ei_kysytty"]
        hers.post(at(draft, "kirjoita/"), sent)
        assert kept(draft).content["asuminen"] == {"kuvaus": "Vuokralla"}

    def test_five_thousand_characters_and_markup_are_kept_as_they_are(self, hers: Browser, draft: Document) -> None:
        text = "<script>alert(1)</script>\x00 &amp; " + "å" * 5000
        hers.post(at(draft, "kirjoita/"), form_of(hers, draft, **{HOUSING: text}))
        assert kept(draft).content["asuminen"]["kuvaus"] == text.replace("\x00", "")
        page = hers.get(at(draft, "kirjoita/")).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page


class TestFinishing:
    def test_the_button_leads_first_to_what_is_missing(self, hers: Browser, draft: Document) -> None:
        answer = hers.post(at(draft, "kirjoita/"), form_of(hers, draft, **{HOUSING: "Vuokralla", "tee": "valmis"}))
        assert answer.status_code == 422
        assert answer.context["focus"] == "f-asian_vireilletuloa_koskevat_tiedot-vireilletulopaiva"
        assert kept(draft).content["asuminen"] == {"kuvaus": "Vuokralla"}

    def test_it_is_locked_when_nothing_is_missing(self, hers: Browser, aino: User, draft: Document) -> None:
        save_text(aino, draft, Text(enough(), {}), 0)
        answer = hers.post(at(draft, "kirjoita/"), form_of(hers, draft, tee="valmis"))
        assert answer.headers["Location"] == at(draft)
        set_scope([297])
        assert Version.objects.get().content == enough()
        assert not OpenVersion.objects.exists()

    def test_a_correction_asks_why(self, hers: Browser, aino: User, finished: Document) -> None:
        correct(aino, finished)
        refused = hers.post(at(finished, "kirjoita/"), form_of(hers, finished, tee="valmis"))
        assert refused.status_code == 422
        assert refused.context["form"].errors["reason"]
        hers.post(at(finished, "kirjoita/"), form_of(hers, finished, tee="valmis", reason="Vuokra oli väärin."))
        set_scope([297])
        assert Version.objects.get(number=2).reason == "Vuokra oli väärin."

    def test_a_fact_of_years_ago_is_confirmed_first(self, hers: Browser, aino: User, draft: Document) -> None:
        value = enough()["asuminen"]["kuvaus"]
        fact = {"value": value, "source": "earlier", "day": "2016-03-14", "confirmed": False}
        save_text(aino, draft, Text(enough(), {"from_before": {"asuminen.kuvaus": fact}}), 0)
        answer = hers.post(at(draft, "kirjoita/"), form_of(hers, draft, tee="valmis"))
        assert answer.context["focus"] == "f-asuminen-kuvaus"
        confirmed = form_of(hers, draft, tee="valmis", vahvista="asuminen.kuvaus")
        assert hers.post(at(draft, "kirjoita/"), confirmed).status_code == 302

    def test_the_page_that_the_browser_brings_back_changes_nothing(
        self, hers: Browser, aino: User, draft: Document
    ) -> None:
        save_text(aino, draft, Text(enough(), {}), 0)
        sent = form_of(hers, draft, tee="valmis")
        for _ in range(2):
            assert hers.post(at(draft, "kirjoita/"), sent).status_code == 302
        set_scope([297])
        assert Version.objects.count() == 1


class TestAColleague:
    def test_sees_who_writes_and_does_not_write(
        self, hers: Browser, leo: User, draft: Document, signed_in: SignIn
    ) -> None:
        sent = form_of(hers, draft, **{HOUSING: "Leon teksti"})
        browser = signed_in(leo)
        page = browser.get(at(draft, "kirjoita/")).content.decode()
        assert "Aino Demolainen" in page
        assert "<textarea" not in page
        answer = browser.post(at(draft, "kirjoita/"), sent)
        assert answer.status_code == 422
        assert "Leon teksti</textarea>" in answer.content.decode()
        assert browser.post(at(draft, "tallenna/"), sent).status_code == 409
        set_scope([297])
        assert "asuminen" not in kept(draft).content

    def test_the_supervisor_goes_on_with_it(self, aino: User, sirkka: User, draft: Document, signed_in: SignIn) -> None:
        browser = signed_in(sirkka)
        answer = browser.post(at(draft, "jatka/"), {"once": "5e0a3f3e-8a0a-4a3e-9a53-36d25ed5b0f0"})
        assert answer.headers["Location"] == at(draft, "kirjoita/")
        assert kept(draft).started_by == sirkka

    def test_throwing_away_asks_first(self, hers: Browser, draft: Document) -> None:
        assert hers.get(at(draft, "heita-pois/")).status_code == 200
        set_scope([297])
        assert Document.objects.exists()
        hers.post(at(draft, "heita-pois/"), {"once": "5e0a3f3e-8a0a-4a3e-9a53-36d25ed5b0f0"})
        set_scope([297])
        assert not Document.objects.exists()


def test_each_look_is_logged(hers: Browser, aino: User, draft: Document) -> None:
    hers.get(at(draft, "kirjoita/"))
    hers.get(f"/297/asiakkaat/{draft.client_id}/asiakirjat/")
    set_scope([297])
    pages: Any = AccessLog.objects.filter(user=aino).values_list("page", flat=True)
    assert {"client_document_write", "client_documents"} <= set(pages)


def test_conclusions_are_the_professionals(hers: Browser, aino: User, draft: Document) -> None:
    finished_by(aino, draft)
    page = hers.get(at(draft)).content.decode()
    assert page.index("voice client") < page.index("voice pro")
    assert CONCLUSIONS in page
