"""The writing page of a note, as a browser without script uses it."""

import uuid

import pytest
from django.test import Client as Browser

from accounts.models import User
from cases.models import Appointment, Client, Contact
from cases.models.appointment import AppointmentState
from core.models import Code
from core.row_security import set_scope
from desk.notes.tests.conftest import at, begin, form_of, of, write
from records.models import AgreedItem, ColleagueQuestion, Document, OpenVersion, Version
from records.notes.entry import Entry, Source, Went, from_json
from testing.clock import NOW
from testing.people import SignIn


@pytest.fixture
def hers(aino: User, signed_in: SignIn) -> Browser:
    return signed_in(aino)


def kept(document: Document) -> Entry:
    set_scope([297])
    return from_json(OpenVersion.objects.get(document=document).aside)


class TestBeginning:
    def test_todays_time_comes_first_with_all_that_is_known(
        self, hers: Browser, veikko: Client, meeting: Appointment
    ) -> None:
        document = begin(hers, veikko)
        entry = kept(document)
        assert (entry.source, entry.went, entry.appointment) == (Source.MEETING, Went.HELD, meeting.pk)
        assert (entry.place, entry.moment) == ("Toimisto, huone 3", meeting.at)
        assert entry.participants == ("Veikko Mallikas", "Aino Demolainen")
        assert document.matter == meeting.matter

    def test_a_matters_call_is_a_call_now(self, hers: Browser, veikko: Client, meeting: Appointment) -> None:
        matter = veikko.matters.get()
        document = begin(hers, veikko, mista="call", asia=matter.pk)
        assert (kept(document).source, kept(document).appointment, document.matter) == (Source.CALL, None, matter)

    def test_a_double_click_begins_one(self, hers: Browser, veikko: Client) -> None:
        once = str(uuid.uuid4())
        for _ in range(2):
            hers.post(of(veikko, "uusi/"), {"once": once})
        set_scope([297])
        assert Document.objects.count() == 1

    def test_what_was_begun_of_the_same_time_is_gone_on_with(
        self, hers: Browser, veikko: Client, meeting: Appointment
    ) -> None:
        first = begin(hers, veikko, aika=meeting.pk)
        hers.post(at(first, "kirjoita/"), form_of(hers, first, text="Kesken"))
        assert begin(hers, veikko, aika=meeting.pk) == first

    def test_a_draft_is_not_told_on_the_timeline(self, hers: Browser, veikko: Client) -> None:
        begin(hers, veikko)
        assert not veikko.events.filter(kind__startswith="document.").exists()


class TestSaving:
    def test_all_of_it_is_kept(self, hers: Browser, veikko: Client, eetu: User, goal: Code) -> None:
        document = begin(hers, veikko)
        fields = {
            "source": "visit", "went": "held", "text": "Kävimme läpi laskut.", "client_words": "”Hyvä.”",
            "goals": goal.code, "agreed.0.what": "Kokoaa kirjeet", "agreed.0.by_when": "15.11.2018",
        }  # fmt: skip
        assert hers.post(at(document, "kirjoita/"), form_of(hers, document, **fields)).status_code == 302
        entry = kept(document)
        assert (entry.source, entry.text, entry.client_words) == (Source.VISIT, "Kävimme läpi laskut.", "”Hyvä.”")
        assert entry.goals == (goal.code,)
        assert [(one.what, one.by_when) for one in entry.agreed] == [("Kokoaa kirjeet", "2018-11-15")]

    def test_the_page_saves_by_itself_and_hears_what_will_follow(self, hers: Browser, veikko: Client) -> None:
        document = begin(hers, veikko)
        answer = hers.post(at(document, "tallenna/"), form_of(hers, document, text="Sovittiin")).json()
        assert answer["saves"] == 1
        assert [line["words"] for line in answer["follows"]] == [
            "Yhteydenotto kirjataan: puhelu, asiakas tavoitettiin."
        ]

    def test_half_of_a_day_is_kept_as_it_was_typed_and_holds_the_end(self, hers: Browser, veikko: Client) -> None:
        document = begin(hers, veikko)
        answer = hers.post(at(document, "tallenna/"), form_of(hers, document, day="31.11.2018")).json()
        assert list(answer["wrong"]) == ["n-day"]
        page = hers.get(at(document, "kirjoita/")).content.decode()
        assert 'value="31.11.2018"' in page
        assert '<details class="meta-line" open>' in page
        sent = form_of(hers, document, text="Sovittiin", tee="valmis")
        assert hers.post(at(document, "kirjoita/"), sent).status_code == 422
        assert kept(document).text == "Sovittiin"

    def test_a_form_that_was_cut_on_its_way_empties_nothing(self, hers: Browser, veikko: Client) -> None:
        document = begin(hers, veikko)
        sent = form_of(hers, document)
        del sent["loppu"]
        assert hers.post(at(document, "tallenna/"), sent).status_code == 400

    def test_an_older_page_shows_both_texts_and_loses_neither(self, hers: Browser, veikko: Client) -> None:
        document = begin(hers, veikko)
        older = form_of(hers, document, text="Vanhemman sivun teksti")
        newer = form_of(hers, document, text="Uudemman sivun teksti")
        hers.post(at(document, "kirjoita/"), newer)
        assert hers.post(at(document, "tallenna/"), older).json()["conflict"]
        answer = hers.post(at(document, "kirjoita/"), older)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Vanhemman sivun teksti</textarea>" in page
        assert "Uudemman sivun teksti" in page
        assert kept(document).text == "Uudemman sivun teksti"

    def test_a_call_instead_of_the_meeting_is_now_and_not_in_its_room(
        self, hers: Browser, veikko: Client, meeting: Appointment
    ) -> None:
        document = begin(hers, veikko)
        fields = {"source": "call", "went": "talked"}
        answer = hers.post(at(document, "tallenna/"), form_of(hers, document, **fields)).json()
        assert (answer["time"]["start"], answer["time"]["place"]) == ("12.00", "")
        assert kept(document).moment == NOW
        fields = {"source": f"aika:{meeting.pk}", "went": "held"}
        hers.post(at(document, "tallenna/"), form_of(hers, document, **fields))
        assert (kept(document).moment, kept(document).place) == (meeting.at, "Toimisto, huone 3")

    def test_a_row_is_added_and_taken_away_without_script(self, hers: Browser, veikko: Client) -> None:
        document = begin(hers, veikko)
        answer = hers.post(
            at(document, "kirjoita/"), form_of(hers, document, **{"agreed.0.what": "Soittaa", "tee": "lisaa"})
        )
        assert answer.status_code == 200
        assert 'name="agreed.1.what"' in answer.content.decode()
        hers.post(at(document, "kirjoita/"), form_of(hers, document, **{"agreed.1.what": "Kokoaa"}))
        hers.post(at(document, "kirjoita/"), form_of(hers, document, tee="poista:0"))
        assert [one.what for one in kept(document).agreed] == ["Kokoaa"]

    def test_five_thousand_characters_and_markup_are_kept_as_they_are(self, hers: Browser, veikko: Client) -> None:
        text = "<script>alert(1)</script> &amp; " + "å" * 5000
        document = write(hers, veikko, text=text)
        set_scope([297])
        assert Version.objects.get(document=document).aside["text"] == text
        page = hers.get(of(veikko)).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page


class TestFinishing:
    def test_a_meeting_settles_its_time_and_all_that_was_listed_is_done(
        self, hers: Browser, aino: User, veikko: Client, meeting: Appointment, leo: User
    ) -> None:
        document = begin(hers, veikko)
        fields = {
            "text": "Kävimme läpi laskut.",
            "agreed.0.what": "Soittaa ulosottoon",
            "agreed.0.worker": f"tyontekija:{aino.pk}",
            "agreed.0.by_when": "16.11.2018",
            "next_time": "2018-11-27T11:00:00+02:00",
            "question.to": leo.pk,
            "question.text": "Pääsetkö mukaan?",
        }
        hers.post(at(document, "kirjoita/"), form_of(hers, document, **fields))
        listed = hers.get(at(document, "kirjoita/")).context["follows"].lines
        assert len(listed) == 4
        answer = hers.post(at(document, "kirjoita/"), form_of(hers, document, tee="valmis"))
        assert answer.headers["Location"] == at(document)
        set_scope([297])
        meeting.refresh_from_db()
        assert meeting.state == AppointmentState.MET
        assert AgreedItem.objects.get().worker == aino
        assert ColleagueQuestion.objects.get().to == leo
        assert Appointment.objects.filter(client=veikko, state="offered").count() == 1

    def test_a_colleague_who_may_not_see_the_client_is_not_asked(
        self, hers: Browser, veikko: Client, eetu: User, leo: User
    ) -> None:
        document = begin(hers, veikko)
        page = hers.get(at(document, "kirjoita/")).content.decode()
        assert leo.name in page
        assert eetu.name not in page
        fields = {"text": "Sovittiin", "question.to": eetu.pk, "question.text": "Pääsetkö?", "tee": "valmis"}
        assert hers.post(at(document, "kirjoita/"), form_of(hers, document, **fields)).status_code == 422
        set_scope([297])
        assert not ColleagueQuestion.objects.exists()

    def test_without_a_word_the_page_says_where(self, hers: Browser, veikko: Client) -> None:
        document = begin(hers, veikko)
        answer = hers.post(at(document, "kirjoita/"), form_of(hers, document, tee="valmis"))
        assert answer.status_code == 422
        assert answer.context["errors"][0]["id"] == "n-text"
        assert not Contact.objects.exists()

    def test_what_is_refused_is_kept_as_a_draft(self, hers: Browser, veikko: Client) -> None:
        document = begin(hers, veikko)
        fields = {"text": "Sovittiin", "agreed.0.by_when": "15.11.2018", "tee": "valmis"}
        answer = hers.post(at(document, "kirjoita/"), form_of(hers, document, **fields))
        assert answer.status_code == 422
        assert answer.context["errors"][0]["id"] == "n-agreed-0-what"
        assert kept(document).text == "Sovittiin"

    def test_the_page_that_the_browser_brings_back_changes_nothing(self, hers: Browser, veikko: Client) -> None:
        document = begin(hers, veikko)
        sent = form_of(hers, document, text="Sovittiin", tee="valmis")
        for _ in range(2):
            assert hers.post(at(document, "kirjoita/"), sent).status_code == 302
        set_scope([297])
        assert (Version.objects.count(), Contact.objects.count()) == (1, 1)

    def test_another_time_is_asked_for_its_day(self, hers: Browser, veikko: Client) -> None:
        document = begin(hers, veikko)
        fields = {"text": "Sovittiin", "next_time": "muu", "next_time.day": "", "tee": "valmis"}
        answer = hers.post(at(document, "kirjoita/"), form_of(hers, document, **fields))
        assert "n-next_time-day" in [error["id"] for error in answer.context["errors"]]
        fields |= {"next_time.day": "20.11.2018", "next_time.time": "9.30"}
        assert hers.post(at(document, "kirjoita/"), form_of(hers, document, **fields)).status_code == 302
        set_scope([297])
        assert Appointment.objects.get(client=veikko).at.isoformat() == "2018-11-20T07:30:00+00:00"

    def test_a_no_show_is_no_cancellation(self, hers: Browser, veikko: Client, meeting: Appointment) -> None:
        write(hers, veikko, went="did_not_come", text="Odotettiin.")
        meeting.refresh_from_db()
        assert meeting.state == AppointmentState.MISSED


class TestCorrecting:
    def test_locked_beside_new_and_a_reason_is_required(self, hers: Browser, veikko: Client) -> None:
        document = write(hers, veikko, text="Aika on 14.11.")
        page = f"/297/asiakkaat/{veikko.pk}/asiakirjat/{document.pk}/uusi-versio/"
        assert hers.post(page, {"once": str(uuid.uuid4())}).headers["Location"] == at(document, "kirjoita/")
        html = hers.get(at(document, "kirjoita/")).content.decode()
        assert html.count("Aika on 14.11.") == 2
        sent = form_of(hers, document, text="Aika on 15.11.", tee="valmis")
        refused = hers.post(at(document, "kirjoita/"), sent)
        assert refused.status_code == 422
        assert refused.context["errors"][0]["id"] == "n-reason"
        sent = form_of(hers, document, text="Aika on 15.11.", tee="valmis", reason="Päivä oli väärin.")
        assert hers.post(at(document, "kirjoita/"), sent).status_code == 302
        set_scope([297])
        assert Contact.objects.count() == 1
        read = hers.get(of(veikko)).content.decode()
        assert "Päivä oli väärin." in read
        assert "<del>" in read


class TestAColleague:
    def test_sees_who_writes_and_does_not_write(
        self, hers: Browser, leo: User, veikko: Client, signed_in: SignIn
    ) -> None:
        document = begin(hers, veikko)
        sent = form_of(hers, document, text="Leon teksti")
        browser = signed_in(leo)
        page = browser.get(at(document, "kirjoita/")).content.decode()
        assert "Aino Demolainen" in page
        assert "<textarea" not in page
        assert browser.post(at(document, "tallenna/"), sent).status_code == 409
        assert browser.post(at(document, "kirjoita/"), sent).status_code == 422
        assert kept(document).text == ""

    def test_the_supervisor_goes_on_with_it(
        self, hers: Browser, sirkka: User, veikko: Client, signed_in: SignIn
    ) -> None:
        document = begin(hers, veikko)
        page = f"/297/asiakkaat/{veikko.pk}/asiakirjat/{document.pk}/jatka/"
        answer = signed_in(sirkka).post(page, {"once": str(uuid.uuid4())})
        assert answer.headers["Location"] == at(document, "kirjoita/")

    def test_a_draft_thrown_away_leaves_nothing(self, hers: Browser, veikko: Client) -> None:
        document = begin(hers, veikko)
        page = f"/297/asiakkaat/{veikko.pk}/asiakirjat/{document.pk}/heita-pois/"
        assert hers.post(page, {"once": str(uuid.uuid4())}).headers["Location"] == of(veikko)
        set_scope([297])
        assert not Document.objects.exists()


def test_the_pages_of_documents_lead_to_those_of_the_note(hers: Browser, veikko: Client) -> None:
    document = begin(hers, veikko)
    page = f"/297/asiakkaat/{veikko.pk}/asiakirjat/{document.pk}/"
    for what in ("kirjoita/", "", "versio/1/"):
        assert hers.get(page + what).headers["Location"] in (at(document), at(document, "kirjoita/"))
    assert hers.post(f"{page}tallenna/", {"saves": 0}).status_code == 409
