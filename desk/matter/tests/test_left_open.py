"""What an ended matter leaves open: named on its page, finished from there, told on Today."""

import datetime
from typing import Any

import pytest
from django.test import Client as Browser

from accounts.models import User
from cases.matters import life as matters
from cases.models import AccessLog, Appointment, Contact, Handover, Letter, Matter, Partner
from cases.models.appointment import AppointmentState
from cases.models.matter import MatterKind, Outcome
from cases.models.partner import HandoverState
from cases.transfers import verbs as transfers
from core.row_security import scope
from municipalities.models import Municipality
from testing.clock import DAY, NOW, TODAY
from testing.factories import make_client, make_matter
from testing.people import QueryCount, SignIn

ENDED, MOVED = "Asia on päättynyt. Siitä jäi auki:", "Tänne jäi vielä hoidettavaksi:"
ON_TODAY = "Päättyneistä asioista jäi auki"


@pytest.fixture
def youth_work(kuopio: Municipality) -> Partner:
    return Partner.objects.create(municipality=kuopio, kind="outreach_youth_work", name="Etsivä Esimerkki")


def offer(matter: Matter, worker: User, at: datetime.datetime = NOW + 2 * DAY) -> Appointment:
    return Appointment.objects.create(
        municipality=matter.municipality, client=matter.client, matter=matter, worker=worker, by=worker, at=at
    )


def write(matter: Matter, by: User) -> Letter:
    return Letter.objects.create(
        municipality=matter.municipality,
        client=matter.client,
        matter=matter,
        kind="appointment",
        language="fi",
        recipient="Tauno Demolainen",
        subject="Hei",
        body="Hei",
        made_by=by,
    )


def hand(matter: Matter, partner: Partner, state: str = HandoverState.SENT) -> Handover:
    return Handover.objects.create(
        municipality=matter.municipality,
        client=matter.client,
        matter=matter,
        partner=partner,
        state=state,
        sent_on=TODAY,
        last_asked=TODAY,
    )


def end(matter: Matter, actor: User) -> None:
    matters.close(actor, matter, Outcome.SUPPORT_GRANTED)


def move_away(matter: Matter, actor: User, there: User) -> None:
    transfers.request_transfer(actor, matter, Municipality.objects.get(pk=837), "Muutti.")
    with scope([837]):
        transfers.accept(there, Matter.objects.latest("pk"))


def page(browser: Browser, matter: Matter, **query: str) -> str:
    html = browser.get("/297/tyojono/", {"avoin": str(matter.pk)} | query).content.decode()
    return " ".join(html.split())


class TestOnThePageOfTheMatter:
    def test_everything_is_named_with_the_way_to_finish_it(
        self, application: Matter, youth_work: Partner, aino: User, signed_in: SignIn
    ) -> None:
        ahead, passed = offer(application, aino), offer(application, aino, NOW - DAY)
        handover = hand(application, youth_work)
        write(application, aino)
        end(application, aino)
        note = page(signed_in(aino), application).partition(ENDED)[2].partition("</ul>")[0]
        assert "Tapaaminen to 15.11. klo 12.00, työntekijä Aino Demolainen." in note
        assert f"/297/tapaamiset/{ahead.pk}/?sivulta=asia" in note
        assert f"/297/tapaamiset/{passed.pk}/?sivulta=asia" in note
        assert "Kerro, miten kävi" in note
        assert "Lähettämätön kirje: kutsu tapaamiseen, tehty ti 13.11." in note
        assert 'href="#kirjeet"' in note
        assert "Kumppani Etsivä Esimerkki ei ole vastannut." in note
        assert f"/297/luovutukset/{handover.pk}/vastaus/" in note

    def test_a_transferred_one_says_that_it_stays_here(
        self, application: Matter, aino: User, olli: User, signed_in: SignIn
    ) -> None:
        offer(application, aino)
        move_away(application, aino, olli)
        html = page(signed_in(aino), application)
        assert MOVED in html
        assert ENDED not in html
        assert "Avaa uudelleen" not in html, "it is the other municipality's now"

    @pytest.mark.parametrize("state", ["met", "missed", "cancelled_by_client", "cancelled_by_office"])
    def test_what_is_done_with_is_not_named(
        self, state: str, application: Matter, youth_work: Partner, aino: User, signed_in: SignIn
    ) -> None:
        time, letter = offer(application, aino, NOW - DAY), write(application, aino)
        Appointment.objects.filter(pk=time.pk).update(state=state)
        Letter.objects.filter(pk=letter.pk).update(sent_on=TODAY)
        hand(application, youth_work, HandoverState.WITHDRAWN)
        end(application, aino)
        assert ENDED not in page(signed_in(aino), application)

    @pytest.mark.parametrize("deed", ["sulje", "kunta"])
    def test_whoever_is_about_to_end_it_is_told(
        self, deed: str, application: Matter, aino: User, signed_in: SignIn
    ) -> None:
        browser = signed_in(aino)
        assert "Tästä jää auki:" not in page(browser, application, teko=deed)
        write(application, aino)
        assert "Tästä jää auki:" in page(browser, application, teko=deed)
        assert "Tästä jää auki:" not in page(browser, application, teko="odota")

    def test_whoever_records_an_answer_and_may_close_is_told(
        self, kuopio: Municipality, youth_work: Partner, aino: User, signed_in: SignIn
    ) -> None:
        matter = make_matter(make_client(kuopio), MatterKind.YOUNG_UNEMPLOYED, assignee=aino)
        browser, handover = signed_in(aino), hand(matter, youth_work)
        address, told = f"/297/luovutukset/{handover.pk}/vastaus/", "Jos asia suljetaan, tästä jää auki:"
        assert told not in browser.get(address).content.decode(), "the hand-over itself is being answered"
        write(matter, aino)
        assert told in browser.get(address).content.decode()

    def test_whoever_closes_many_is_told(self, kuopio: Municipality, aino: User, signed_in: SignIn) -> None:
        matter = make_matter(make_client(kuopio), MatterKind.YOUNG_UNEMPLOYED, assignee=aino)
        letter, browser = write(matter, aino), signed_in(aino)
        Letter.objects.filter(pk=letter.pk).update(kind="not_reached", sent_on=TODAY - DAY)
        asked = {"kirje": letter.pk}
        assert "Tästä jää auki:" not in browser.post("/297/kirjeet/sulje/", asked).content.decode()
        offer(matter, aino)
        assert "Tästä jää auki:" in browser.post("/297/kirjeet/sulje/", asked).content.decode()

    def test_a_proposal_of_an_ended_matter_is_left_and_not_told_to_the_partner(
        self, application: Matter, youth_work: Partner, aino: User, signed_in: SignIn
    ) -> None:
        hand(application, youth_work, HandoverState.PROPOSED)
        browser = signed_in(aino)
        assert "teko=kumppanille#teko" in page(browser, application)
        end(application, aino)
        html = page(browser, application)
        assert "Sääntö ehdotti kumppania Etsivä Esimerkki." in html
        assert "teko=kumppanille#teko" not in html
        browser.post(f"/297/luovutukset/{Handover.objects.get().pk}/peru/")
        assert ENDED not in page(browser, application)

    def test_takes_as_many_queries_for_many_as_for_one(
        self, application: Matter, youth_work: Partner, aino: User, signed_in: SignIn, query_count: QueryCount
    ) -> None:
        browser: Any = signed_in(aino)
        for kind in (offer, write):
            kind(application, aino)
        hand(application, youth_work)
        end(application, aino)
        address = f"/297/tyojono/?avoin={application.pk}"
        browser.get(address)
        one = query_count(lambda: browser.get(address))
        for n in range(5):
            offer(application, aino, NOW + n * DAY)
            write(application, aino)
            partner = Partner.objects.create(municipality=application.municipality, kind="other", name=f"Muu {n}")
            hand(application, partner, HandoverState.PROPOSED if n % 2 else HandoverState.SENT)
        assert query_count(lambda: browser.get(address)) == one


class TestFinishing:
    """The deeds go on working when the matter has ended, by closing or by an accepted transfer."""

    @pytest.fixture(params=["closed", "transferred"])
    def ended(self, request: pytest.FixtureRequest, application: Matter, aino: User, olli: User) -> Matter:
        offer(application, aino, NOW - DAY)
        write(application, aino)
        partner = Partner.objects.create(municipality=application.municipality, kind="other", name="Muu taho")
        hand(application, partner)
        if request.param == "closed":
            end(application, aino)
        else:
            move_away(application, aino, olli)
        return application

    def closed_still(self, matter: Matter) -> bool:
        matter.refresh_from_db()
        return not matter.is_open and matter.due is None

    @pytest.mark.parametrize("state", ["met", "missed", "cancelled_by_client"])
    def test_a_time_is_marked(self, state: str, ended: Matter, aino: User, signed_in: SignIn) -> None:
        time = Appointment.objects.get()
        signed_in(aino).post(f"/297/tapaamiset/{time.pk}/merkitse/", {"state": state, "version": "1"})
        assert Appointment.objects.get().state == state
        assert Contact.objects.count() == (0 if state == AppointmentState.CANCELLED_BY_CLIENT else 1)
        assert self.closed_still(ended)

    def test_a_letter_is_sent_or_deleted(self, ended: Matter, aino: User, signed_in: SignIn) -> None:
        browser = signed_in(aino)
        browser.post("/297/kirjeet/lahetetty/", {"kirje": str(Letter.objects.get().pk), "day": "13.11.2018"})
        assert Letter.objects.get().sent_on == TODAY
        other = write(ended, aino)
        browser.post("/297/kirjeet/poista/", {"kirje": str(other.pk), "varma": "1"})
        assert not Letter.objects.filter(pk=other.pk).exists()
        assert self.closed_still(ended)

    def test_a_hand_over_is_answered(self, ended: Matter, aino: User, signed_in: SignIn) -> None:
        address = f"/297/luovutukset/{Handover.objects.get().pk}/vastaus/"
        signed_in(aino).post(address, {"accepted": "yes", "answered_on": "13.11.2018", "version": "1"})
        assert Handover.objects.get().state == HandoverState.ACCEPTED
        assert self.closed_still(ended)

    def test_a_hand_over_is_withdrawn(self, ended: Matter, aino: User, signed_in: SignIn) -> None:
        signed_in(aino).post(f"/297/luovutukset/{Handover.objects.get().pk}/peru/")
        assert Handover.objects.get().state == HandoverState.WITHDRAWN
        assert self.closed_still(ended)


class TestOnToday:
    def today(self, browser: Browser) -> str:
        return " ".join(browser.get("/297/").content.decode().split())

    def test_a_letter_that_was_not_sent_is_told(self, application: Matter, aino: User, signed_in: SignIn) -> None:
        write(application, aino)
        browser = signed_in(aino)
        assert ON_TODAY not in self.today(browser)
        end(application, aino)
        assert "Lähettämätön kirje" in self.today(browser).partition(ON_TODAY)[2]
        assert AccessLog.objects.filter(page="today", client_ids=[application.client_id]).exists()
        Letter.objects.all().delete()
        assert ON_TODAY not in self.today(browser)

    def test_times_and_hand_overs_are_told_of_a_transferred_matter_only(
        self, kuopio: Municipality, youth_work: Partner, aino: User, olli: User, signed_in: SignIn
    ) -> None:
        closed, moved = (make_matter(make_client(kuopio, family_name=n), assignee=aino) for n in ("Suljettu", "Muutto"))
        for one in (closed, moved):
            offer(one, aino, NOW + 30 * DAY)
            hand(one, youth_work)
        end(closed, aino)
        move_away(moved, aino, olli)
        told = self.today(signed_in(aino)).partition(ON_TODAY)[2]
        assert "Muutto" in told
        assert "ei ole vastannut" in told
        assert "Suljettu" not in told

    def test_the_matter_of_nobody_is_told_to_whoever_closed_it_and_to_the_supervisor(
        self, kuopio: Municipality, aino: User, eetu: User, sirkka: User, signed_in: SignIn
    ) -> None:
        free = make_matter(make_client(kuopio))
        write(free, aino)
        end(free, aino)
        told = [ON_TODAY in self.today(signed_in(person)) for person in (aino, sirkka, eetu)]
        assert told == [True, True, False]

    def test_takes_as_many_queries_for_many_as_for_one(
        self, kuopio: Municipality, aino: User, signed_in: SignIn, query_count: QueryCount
    ) -> None:
        def add(count: int) -> None:
            for _ in range(count):
                one = make_matter(make_client(kuopio), assignee=aino)
                write(one, aino)
                end(one, aino)

        browser: Any = signed_in(aino)
        add(1)
        browser.get("/297/")
        first = query_count(lambda: browser.get("/297/"))
        add(6)
        assert query_count(lambda: browser.get("/297/")) == first
