"""The reading page of a finished document: what it shows, what leaves with it, its versions."""

import io
import json
import zipfile
from typing import Any

import pytest
from django.test import Client as Browser

from accounts.models import User
from cases.models import AccessLog, Client, RestrictedAccess
from cases.models.access_log import Looked
from core.row_security import set_scope
from desk.documents.tests.conftest import ASSESSMENT, at, enough, finished_by
from records.documents.verbs import Text, begin, cancel, correct, finish, save_text
from records.models import Document, TakingOut, Version, Way
from records.out.checking import faults
from testing.people import SignIn

ONCE = "5e0a3f3e-8a0a-4a3e-9a53-36d25ed5b0f0"
HOSTILE = '<script>alert(1)</script> #set page(width: 1pt) "], “ *lihava* \\ {{ }} \u202e'


@pytest.fixture
def hers(aino: User, signed_in: SignIn) -> Browser:
    return signed_in(aino)


@pytest.fixture
def spoilt(aino: User, draft: Document, monkeypatch: pytest.MonkeyPatch) -> Document:
    """A document whose text is not the one that its fingerprint was made of."""
    with monkeypatch.context() as patch:
        patch.setattr("records.documents.verbs.digest", lambda _facts: "0" * 64)
        return finished_by(aino, draft)


class TestThePage:
    def test_says_that_it_is_locked_and_how_it_is_known_again(self, hers: Browser, finished: Document) -> None:
        page = hers.get(at(finished)).content.decode()
        assert "Valmis ja lukittu" in page
        assert hers.get(at(finished)).context["seal"] in page
        assert "Vuokra 455 €." in page

    def test_empty_parts_are_left_out(self, hers: Browser, finished: Document) -> None:
        assert "Terveydentila" not in hers.get(at(finished)).content.decode()

    def test_nothing_personal_is_in_its_title_or_address(self, hers: Browser, finished: Document) -> None:
        page = hers.get(at(finished)).content.decode()
        title = page[page.index("<title>") : page.index("</title>")]
        assert "Mallinen" not in title + at(finished)

    def test_a_text_that_was_changed_behind_our_back_neither_leaves_nor_prints(
        self, hers: Browser, spoilt: Document
    ) -> None:
        page = hers.get(at(spoilt)).content.decode()
        assert "Teksti ei ole sama kuin lukittaessa." in page
        assert "data-copy=" not in page
        assert "not-intact" in page
        for what in ("pdf/", "rakenteinen/", "viety/"):
            assert hers.post(at(spoilt, what), {"kieli": "fi", "once": ONCE}).status_code == 302
        assert hers.post(at(spoilt, "kopioitu/")).status_code == 409
        set_scope([297])
        assert not TakingOut.objects.exists()

    def test_a_draft_is_not_read_but_written(self, hers: Browser, draft: Document) -> None:
        assert hers.get(at(draft)).headers["Location"] == at(draft, "kirjoita/")

    def test_of_another_client_there_is_no_such_document(self, hers: Browser, finished: Document) -> None:
        assert hers.get(f"/297/asiakkaat/{finished.client_id + 1}/asiakirjat/{finished.pk}/").status_code == 404

    def test_what_was_written_is_never_markup(self, hers: Browser, aino: User, draft: Document) -> None:
        finished_by(aino, draft, kuvaus=HOSTILE)
        assert "<script>alert" not in hers.get(at(draft)).content.decode()


class TestWhoMayNot:
    PAGES = ("", "versio/1/", "kirjoita/", "mitatoi/", "heita-pois/")

    def test_of_a_restricted_client_a_colleague_opens_nothing(
        self, aino: User, leo: User, finished: Document, signed_in: SignIn
    ) -> None:
        correct(aino, finished)
        browser = signed_in(leo)
        assert browser.get(at(finished)).status_code == 200
        set_scope([297])
        RestrictedAccess.objects.create(
            municipality=finished.municipality, client=finished.client, user=aino, named_by=aino
        )
        Client.objects.filter(pk=finished.client_id).update(restricted=True)
        assert {browser.get(at(finished, page)).status_code for page in self.PAGES} == {404}
        sent = {page: browser.post(at(finished, page)).status_code for page in ("pdf/", "rakenteinen/", "kopioitu/")}
        assert set(sent.values()) == {404}

    def test_of_another_municipality_nobody_does(self, olli: User, finished: Document, signed_in: SignIn) -> None:
        assert {signed_in(olli).get(at(finished, page)).status_code for page in self.PAGES} == {404}
        own = f"/837/asiakkaat/{finished.client_id}/asiakirjat/{finished.pk}/"
        assert signed_in(olli).get(own).status_code == 404


class TestWhatLeaves:
    def test_a_field_is_copied_and_told(self, hers: Browser, aino: User, finished: Document) -> None:
        answer = hers.post(at(finished, "kopioitu/"), {"field": "asuminen.kuvaus"})
        assert answer.status_code == 204
        set_scope([297])
        assert list(TakingOut.objects.values_list("way", "field", "by")) == [(Way.FIELD, "asuminen.kuvaus", aino.pk)]
        assert AccessLog.objects.filter(action=Looked.EXPORTED, client_ids=[finished.client_id]).count() == 1

    def test_a_field_that_is_not_there_is_not_told(self, hers: Browser, finished: Document) -> None:
        assert hers.post(at(finished, "kopioitu/"), {"field": "Mallinen"}).status_code == 400

    def test_all_of_it_is_copied_without_the_identity_code(self, hers: Browser, finished: Document) -> None:
        assert hers.post(at(finished, "kopioitu/"), {"field": ""}).status_code == 204
        text = hers.get(at(finished)).context["whole_text"]
        assert "Vuokralla Petosella." in text
        assert "Mallinen" not in text
        set_scope([297])
        assert TakingOut.objects.get().way == Way.WHOLE

    @pytest.mark.parametrize("language", ["fi", "sv"])
    def test_the_paper_is_a_tagged_file_whose_name_says_nothing(
        self, hers: Browser, aino: User, draft: Document, language: str
    ) -> None:
        finished_by(aino, draft, kuvaus=HOSTILE)
        answer = hers.post(at(draft, "pdf/"), {"kieli": language})
        assert answer.headers["Content-Disposition"] == 'inline; filename="asiakirja.pdf"'
        content: bytes = answer.content
        assert content.startswith(b"%PDF")
        assert b"/StructTreeRoot" in content
        assert f"/Lang({language})".encode() in content
        set_scope([297])
        assert TakingOut.objects.get().way == Way.PDF

    def test_the_structured_file_is_valid_and_has_ours_beside_it(self, hers: Browser, finished: Document) -> None:
        answer = hers.post(at(finished, "rakenteinen/"))
        assert answer.headers["Content-Disposition"] == 'attachment; filename="asiakirja.zip"'
        packet = zipfile.ZipFile(io.BytesIO(answer.content))
        assert packet.namelist() == ["asiakirja.json", "lisatiedot.json"]
        set_scope([297])
        version = Version.objects.get()
        assert faults(json.loads(packet.read("asiakirja.json")), version.structure) == []
        assert json.loads(packet.read("lisatiedot.json"))["digest"] == version.digest

    def test_what_the_national_form_does_not_take_is_not_given(self, hers: Browser, aino: User, veera: Client) -> None:
        hearing = begin(aino, veera, "5004")
        name = {"sukunimi": "Mallinen", "etunimet": "Veera"}
        content: Any = {"kuulemisasiakirja": {"kuuleminen": {"kuultava": name, "mielipide": "”Saa kysyä.”"}}}
        finish(aino, hearing, save_text(aino, hearing, Text(content, {}), 0).saves)
        assert hers.post(at(hearing, "rakenteinen/")).status_code == 302
        set_scope([297])
        assert not TakingOut.objects.exists()

    def test_it_is_marked_as_carried_once(self, hers: Browser, finished: Document) -> None:
        for _ in range(2):
            hers.post(at(finished, "viety/"), {"once": ONCE})
        set_scope([297])
        assert TakingOut.objects.get().way == Way.CARRIED


class TestVersions:
    @pytest.fixture
    def corrected(self, aino: User, finished: Document) -> Document:
        correct(aino, finished)
        return finished_by(aino, finished, "Vuokra oli väärin.", kuvaus="Vuokralla Petosella.\nVuokra 512 €.")

    def test_the_older_one_stays_readable(self, hers: Browser, corrected: Document) -> None:
        page = hers.get(at(corrected, "versio/1/")).content.decode()
        assert "Vuokra 455 €." in page
        assert "Korvattu, jää luettavaksi" in page
        assert "data-copy=" not in page

    def test_what_changed_is_told_in_words_too(self, hers: Browser, corrected: Document) -> None:
        page = hers.get(at(corrected) + "?muutokset=nayta").content.decode()
        assert '<del><span class="visually-hidden">poistettu: </span>455</del>' in page
        assert '<ins><span class="visually-hidden">lisätty: </span>512</ins>' in page

    def test_a_version_that_is_not_there(self, hers: Browser, corrected: Document) -> None:
        assert hers.get(at(corrected, "versio/7/")).status_code == 404

    def test_a_new_version_begins_with_the_text_and_once(self, hers: Browser, finished: Document) -> None:
        for _ in range(2):
            hers.post(at(finished, "uusi-versio/"), {"once": ONCE})
        page = hers.get(at(finished, "kirjoita/")).content.decode()
        assert "Vuokra 455 €.</textarea>" in page
        assert "Versio 1, lukittu" in page

    def test_cancelling_asks_why(self, hers: Browser, finished: Document) -> None:
        assert hers.post(at(finished, "mitatoi/"), {"reason": "", "once": ONCE}).status_code == 422
        hers.post(at(finished, "mitatoi/"), {"reason": "Väärä asiakas.", "once": ONCE})
        page = hers.get(at(finished)).content.decode()
        assert "Väärä asiakas." in page
        assert "data-copy=" not in page

    def test_a_cancelled_one_does_not_leave(self, hers: Browser, aino: User, finished: Document) -> None:
        cancel(aino, finished, "Väärä asiakas.")
        assert hers.post(at(finished, "pdf/"), {"kieli": "fi"}).status_code == 302
        set_scope([297])
        assert not TakingOut.objects.exists()


def test_the_timeline_leads_to_a_document_that_is_there(hers: Browser, aino: User, finished: Document) -> None:
    begun = begin(aino, finished.client, ASSESSMENT)
    from records.documents.verbs import throw_away

    throw_away(aino, begun)
    page = hers.get(f"/297/asiakkaat/{finished.client_id}/aikajana/").content.decode()
    assert at(finished) in page
    assert f"/asiakirjat/{begun.pk or 0}/" not in page


def test_a_finished_document_is_as_it_was_written(finished: Document) -> None:
    assert Version.objects.get().content == enough()
