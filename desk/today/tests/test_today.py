"""Tänään: what must happen, in order, and what waits for this person."""

import datetime
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from cases.matters import life as matters
from cases.models import AccessLog, Client, Contact, Matter, MatterKind, MatterState, OwnWorker
from cases.models.access_log import Looked
from cases.models.contact import Channel, ContactOutcome
from cases.models.matter import Outcome
from core import drafts
from core.row_security import set_scope
from municipalities.models import Municipality
from testing.clock import NOW, TODAY, at
from testing.factories import make_client, make_matter
from testing.people import SignIn


def matter(municipality: Municipality, family_name: str, arrived: int, **fields: Any) -> Matter:
    """An application that arrived on this day of November; on the 5th: due tomorrow."""
    client = make_client(municipality, given_names="Urho", family_name=family_name)
    return make_matter(client, arrived=datetime.date(2018, 11, arrived), **fields)


def page(browser: Any, address: str = "") -> str:
    response = browser.get(f"/297/{address}")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


class TestDeadlines:
    def test_own_matters_stand_by_day_the_late_first(self, signed_in: SignIn, aino: User, kuopio: Municipality) -> None:
        for name, arrived in [("Huominen", 5), ("Myöhäinen", 1), ("Perjantainen", 7), ("Ensiviikkoinen", 9)]:
            matters.take(aino, matter(kuopio, name, arrived))
        html = page(signed_in(aino))
        assert html.index("Urho Myöhäinen") < html.index("Urho Huominen") < html.index("Urho Perjantainen")
        assert "Urho Ensiviikkoinen" not in html
        assert "Yksi asioistasi</a> on myöhässä" in html
        assert "Määräpäivä oli ma 12.11." in html

    def test_on_a_weekend_the_next_week_is_shown(self, signed_in: SignIn, aino: User, kuopio: Municipality) -> None:
        matters.take(aino, matter(kuopio, "Ensiviikkoinen", 9))
        with at("2018-11-17"):
            html = page(signed_in(aino))
        assert "Urho Ensiviikkoinen" in html
        assert "Ensi viikko" in html

    def test_without_work_it_says_what_to_do(self, signed_in: SignIn, aino: User, kuopio: Municipality) -> None:
        matter(kuopio, "Vapaa", 12)
        html = page(signed_in(aino))
        assert "Sinulla ei ole määräaikoja ennen viikon loppua." in html
        assert "Katso asiat ilman tekijää" in html

    def test_a_supervisor_sees_the_unassigned_and_the_late(
        self, signed_in: SignIn, sirkka: User, aino: User, kuopio: Municipality
    ) -> None:
        matter(kuopio, "Vapaa", 5)
        matters.take(aino, matter(kuopio, "Myöhäinen", 1))
        html = page(signed_in(sirkka))
        assert "Urho Vapaa" in html
        assert "Koko kunnassa <a href=" in html
        assert "yksi asia on myöhässä" in html

    def test_a_supervisor_hears_of_a_restricted_client_as_a_bare_number(
        self, signed_in: SignIn, sirkka: User, kuopio: Municipality
    ) -> None:
        restricted = matter(kuopio, "Salainen", 1)
        Client.objects.filter(pk=restricted.client_id).update(restricted=True)
        html = page(signed_in(sirkka))
        assert "Rajatun asiakkaan yksi asia on määräpäivässä." in html
        assert "Salainen" not in html


class TestBeside:
    def test_what_was_handed_to_me_is_new_until_opened(
        self, signed_in: SignIn, aino: User, eetu: User, kuopio: Municipality
    ) -> None:
        matters.hand_over(eetu, matter(kuopio, "Siirretty", 12), aino)
        browser = signed_in(aino)
        assert "siirretty sinulle" in page(browser)
        browser.post(f"/297/asiat/{Matter.objects.get().pk}/nahty/")
        assert "Sinulle ei ole siirretty mitään uutta." in page(browser)

    def test_what_kela_changed_after_the_closing_waits_for_a_look(
        self, signed_in: SignIn, aino: User, kuopio: Municipality
    ) -> None:
        one = matter(kuopio, "Muuttunut", 12)
        matters.take(aino, one)
        matters.close(aino, one, Outcome.SUPPORT_GRANTED)
        Matter.objects.update(changed_after_closing=True)
        browser = signed_in(aino)
        assert "Kela muutti ilmoitusta sulkemisen jälkeen" in page(browser)
        browser.post(f"/297/asiat/{one.pk}/kuittaa-muutos/")
        assert "Urho Muuttunut" not in page(browser)

    def test_a_wait_that_ends_is_shown(self, signed_in: SignIn, aino: User, kuopio: Municipality) -> None:
        for name, days in [("Pian", 2), ("Myöhemmin", 20)]:
            one = matter(kuopio, name, 9)
            matters.take(aino, one)
            matters.set_waiting(aino, one, MatterState.WAITING_CLIENT, TODAY + datetime.timedelta(days))
        html = page(signed_in(aino))
        assert "Urho Pian" in html
        assert "Odottaa asiakasta to 15.11. asti" in html
        assert "Urho Myöhemmin" not in html

    def test_own_clients_silent_for_too_long(self, signed_in: SignIn, aino: User, kuopio: Municipality) -> None:
        for name, days in [("Hiljainen", 47), ("Puhelias", 5)]:
            client = make_client(kuopio, given_names="Aune", family_name=name)
            OwnWorker.objects.create(
                municipality=kuopio, client=client, user=aino, assigned_by=aino, started=datetime.date(2018, 9, 1)
            )
            Contact.objects.create(
                municipality=kuopio,
                client=client,
                channel=Channel.MEETING,
                outcome=ContactOutcome.REACHED,
                at=NOW - datetime.timedelta(days),
                by=aino,
            )
        html = page(signed_in(aino))
        assert "Aune Hiljainen" in html
        assert "47 päivää" in html
        assert "Aune Puhelias" not in html

    def test_drafts_of_clients_one_may_see(self, signed_in: SignIn, aino: User, kuopio: Municipality) -> None:
        one = matter(kuopio, "Kesken", 12)
        hidden = matter(kuopio, "Poissa", 12)
        for m in (one, hidden):
            drafts.save(aino.pk, kuopio.pk, "contact", f"matter:{m.pk}", {"text": ["Lupasi"]})
        Client.objects.filter(pk=hidden.client_id).update(restricted=True)
        html = page(signed_in(aino))
        assert "Kirjaa yhteydenotto, Urho Kesken" in html
        assert f"?avoin={one.pk}&amp;teko=kirjaa" in html
        assert "Poissa" not in html
        assert html.count("Et näe enää, mitä se koskee.") == 1

    def test_every_draft_can_be_thrown_away_also_one_that_leads_nowhere_any_more(
        self, signed_in: SignIn, aino: User, kuopio: Municipality
    ) -> None:
        for form, what in (("contact", "client:999999"), ("gone", "matter:1"), ("wait", "matter:999999")):
            drafts.save(aino.pk, kuopio.pk, form, what, {"text": ["Lupasi"]})
        for number in range(20):
            drafts.save(aino.pk, kuopio.pk, "person", f"client:{900_000 + number}", {"text": ["Lupasi"]})
        html = page(signed_in(aino))
        assert html.count("data-draft-discard") == 23
        assert "3 vanhempaa luonnosta" in html
        assert "23 luonnosta" in html
        assert "kun sen viimeisestä tallennuksesta on 30 päivää" in html

    def test_each_draft_leads_to_its_page(self, signed_in: SignIn, aino: User, kuopio: Municipality) -> None:
        about = matter(kuopio, "Kesken", 12)
        client = f"client:{about.client_id}"
        places = {
            ("contact", f"matter:{about.pk}"): f"/297/tyojono/?avoin={about.pk}&amp;teko=kirjaa",
            ("contact", client): f"/297/asiakkaat/{about.client_id}/yhteydenotto/",
            ("measurement", client): f"/297/asiakkaat/{about.client_id}/avain/uusi/",
            ("measurement", f"{client}:7"): f"/297/asiakkaat/{about.client_id}/avain/7/korjaa/",
            ("person", client): f"/297/asiakkaat/{about.client_id}/muokkaa/",
            ("person", ""): "/297/asiakkaat/uusi/",
            ("matter", client): f"/297/asiakkaat/{about.client_id}/uusi-asia/",
        }
        for form, what in places:
            drafts.save(aino.pk, kuopio.pk, form, what, {"text": ["Lupasi"]})
        html = page(signed_in(aino))
        assert [place for place in places.values() if f'href="{place}#jatka"' not in html] == []


class TestRecordingInPlace:
    def test_the_form_opens_under_its_matter_and_comes_back_here(
        self, signed_in: SignIn, aino: User, kuopio: Municipality
    ) -> None:
        one = matter(kuopio, "Huominen", 5)
        matters.take(aino, one)
        browser = signed_in(aino)
        html = page(browser, f"?kirjaa={one.pk}")
        address = f"/297/asiat/{one.pk}/yhteydenotto/?sivulta=tanaan"
        assert f'action="{address}"' in html
        assert "Kirjaa yhteydenotto: Urho Huominen</h3>" in html
        assert "Urho" not in html.partition("</title>")[0]
        contact = {"channel": "call", "outcome": "no_answer", "day": "13.11.2018", "time": "11.45"}
        answer = browser.post(address, contact)
        assert answer.headers["Location"] == "/297/"
        assert "1 yritys, ei tavoitettu tässä asiassa." in page(browser)

    def test_what_is_refused_comes_back_on_this_page(self, signed_in: SignIn, aino: User, kuopio: Municipality) -> None:
        one = matter(kuopio, "Huominen", 5)
        matters.take(aino, one)
        answer = signed_in(aino).post(
            f"/297/asiat/{one.pk}/yhteydenotto/?sivulta=tanaan",
            {"channel": "call", "day": "13.11.2018", "time": "11.45", "text": "Sovittu."},
        )
        html = answer.content.decode()
        assert answer.status_code == 422
        assert "Tänään, tiistai 13.11." in html
        assert "Valitse, miten kävi." in html
        assert "Sovittu." in html
        assert '<a href="/297/" aria-current="page">Tänään</a>' in html

    def test_a_matter_that_is_not_mine_to_see_does_not_open(
        self, signed_in: SignIn, aino: User, kuopio: Municipality
    ) -> None:
        one = matter(kuopio, "Salainen", 5)
        Client.objects.update(restricted=True)
        assert signed_in(aino).get(f"/297/?kirjaa={one.pk}").status_code == 404


class TestReading:
    def test_all_clients_shown_are_in_one_row_of_the_log(
        self, signed_in: SignIn, aino: User, eetu: User, kuopio: Municipality
    ) -> None:
        one, two = matter(kuopio, "Huominen", 5), matter(kuopio, "Siirretty", 12, kind=MatterKind.CONTACT)
        matters.take(aino, one)
        matters.hand_over(eetu, two, aino)
        page(signed_in(aino))
        log = AccessLog.objects.get()
        assert (log.action, log.page, log.client_ids) == (
            Looked.LISTED,
            "today",
            sorted([one.client_id, two.client_id]),
        )

    def test_queries_do_not_grow_with_the_work(self, signed_in: SignIn, aino: User, kuopio: Municipality) -> None:
        browser = signed_in(aino)

        def queries() -> int:
            with CaptureQueriesContext(connection) as counted:
                page(browser)
            set_scope([kuopio.pk])
            return len(counted)

        def more(n: int) -> None:
            for _ in range(n):
                one = matter(kuopio, "Huominen", 5)
                matters.take(aino, one)
                matters.set_waiting(aino, one, MatterState.WAITING_CLIENT, datetime.date(2018, 11, 15))
                drafts.save(aino.pk, kuopio.pk, "close", f"matter:{one.pk}", {"reason": ["x"]})

        more(2)
        few = queries()
        more(15)
        assert queries() == few

    def test_coordinators_and_admins_have_no_work_here(self, signed_in: SignIn, kaisa: User, paula: User) -> None:
        for who in (kaisa, paula):
            assert signed_in(who).get("/297/").status_code == 403
