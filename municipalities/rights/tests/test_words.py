"""What is told of a right is what happened: reset, restored, given for later, ended, taken back, lapsed."""

import datetime
import re
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.test import Client as Browser

from accounts.models import SecurityEvent, User
from municipalities.members import verbs as members
from municipalities.models import Municipality, RightRequest, Role, Unit
from municipalities.rights import verbs
from municipalities.tasks import let_rights_run_out
from testing.clock import TODAY, Clock
from testing.people import SignIn

LATER = TODAY + datetime.timedelta(days=60)
LOG = "/297/yllapito/tietoturvaloki/"
LIST = "/297/oikeudet/"


def text(response: Any) -> str:
    """As it is read: without tags, with single spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def ended(browser: Browser) -> str:
    return text(browser.get(LIST)).partition("Viimeksi ratkaistut")[2]


@pytest.fixture
def reset(kuopio: Municipality, paula: User, aino: User, sirkka: User) -> RightRequest:
    TOTP.activate(aino, generate_totp_secret())
    return members.reset_second_factor(paula, kuopio, aino, "Puhelin katosi").wanted


@pytest.fixture
def at_hers(signed_in: SignIn, sirkka: User) -> Browser:
    return signed_in(sirkka)


def confirm(browser: Browser, wanted: RightRequest) -> str:
    return text(browser.post(f"{LIST}{wanted.pk}/vahvista/", {"decision": "Sovittu"}, follow=True))


class TestAReset:
    def test_whoever_confirms_sees_what_it_does(self, reset: RightRequest, at_hers: Browser) -> None:
        page = text(at_hers.get(f"{LIST}{reset.pk}/vahvista/"))
        assert "Vahvistetaanko pyyntö?" in page
        assert "Tätä ei voi kumota" in page
        assert "ei voi kumota" not in text(at_hers.get(f"{LIST}{reset.pk}/hylkaa/"))

    def test_it_is_no_right_that_is_in_force(self, reset: RightRequest, at_hers: Browser) -> None:
        page = confirm(at_hers, reset)
        assert "Kaksivaiheinen kirjautuminen on nollattu." in page
        assert "voimassa" not in page.partition("Viimeksi ratkaistut")[2]
        assert "Nollattu · " in page


def test_an_account_back_in_use(kuopio: Municipality, paula: User, aino: User, at_hers: Browser) -> None:
    User.objects.filter(pk=aino.pk).update(is_active=False)
    aino.refresh_from_db()
    wanted = members.reactivate(paula, kuopio, aino, "Palasi").wanted
    assert "voi kirjautua taas" in text(at_hers.get(f"{LIST}{wanted.pk}/vahvista/"))
    assert "Otettu uudelleen käyttöön" in confirm(at_hers, wanted)


class TestARoleOfLater:
    @pytest.fixture
    def wanted(self, kuopio: Municipality, paula: User, kaisa: User, sirkka: User) -> RightRequest:
        return members.give_role(paula, kuopio, kaisa, role=Role.SOCIAL_WORKER, starts=LATER, reason="Sijainen").wanted

    def test_is_told_to_come_into_force_then(self, wanted: RightRequest, at_hers: Browser) -> None:
        page = confirm(at_hers, wanted)
        assert "Rooli annettiin. Se tulee voimaan 12.1.2019." in page
        assert "Annettu, voimassa 12.1.2019 alkaen" in page

    def test_is_marked_among_the_roles(
        self, wanted: RightRequest, at_hers: Browser, signed_in: SignIn, paula: User, kaisa: User
    ) -> None:
        confirm(at_hers, wanted)
        assert "ei ole vielä alkanut" in text(signed_in(paula).get(f"/297/yllapito/kayttajat/{kaisa.pk}/"))
        assert "12.1.2019 alkaen" in text(signed_in(paula).get("/297/yllapito/kayttajat/"))

    def test_taken_away_before_it_began_has_no_last_day(
        self, wanted: RightRequest, at_hers: Browser, signed_in: SignIn, paula: User, kaisa: User
    ) -> None:
        confirm(at_hers, wanted)
        members.end_role(paula, kaisa.memberships.get(starts=LATER))
        page = text(signed_in(paula).get(f"/297/yllapito/kayttajat/{kaisa.pk}/"))
        assert re.search(r"Lopetti roolin: sosiaalityöntekijä, ennen kuin se alkoi", page)
        assert "Annettu, mutta lopetettu ennen kuin se oli kestänyt päivää" in ended(at_hers)

    def test_whoever_takes_it_is_told_the_same(
        self, kuopio: Municipality, paula: User, olli: User, clock: Clock
    ) -> None:
        olli.set_password("korkea kuusi metsän reunassa")
        olli.save()
        clock.shift(minutes=1)
        outcome = members.invite(paula, kuopio, email=olli.email, name="", role=Role.COORDINATOR, starts=LATER)
        browser = Browser()
        browser.get(f"/linkki/{outcome.token}/")
        browser.post("/kirjaudu/", {"login": olli.email, "password": "korkea kuusi metsän reunassa"})
        answer = browser.post(f"/tarjotut-roolit/{outcome.wanted.pk}/hyvaksy/", follow=True)
        assert "Otit roolin vastaan. Se tulee voimaan 12.1.2019." in text(answer)


class TestDecidedLately:
    def test_a_role_that_has_ended_since_is_not_in_force(
        self, kuopio: Municipality, paula: User, kaisa: User, sirkka: User, signed_in: SignIn, clock: Clock
    ) -> None:
        wanted = members.give_role(paula, kuopio, kaisa, role=Role.SOCIAL_WORKER, reason="Sijainen").wanted
        confirm(signed_in(sirkka), wanted)
        assert "Voimassa · " in ended(signed_in(sirkka))
        clock.shift(days=1)
        members.end_role(paula, kaisa.memberships.get(role=Role.SOCIAL_WORKER))
        assert "Annettu, päättynyt 13.11.2018" in ended(signed_in(sirkka))

    def test_what_was_taken_back_or_lapsed_has_its_day_and_the_latest_is_first(
        self,
        kuopio: Municipality,
        paula: User,
        aino: User,
        kaisa: User,
        sirkka: User,
        northern: Unit,
        signed_in: SignIn,
        clock: Clock,
    ) -> None:
        members.change_unit(paula, aino.memberships.get(), northern, "Siirtyy")
        clock.shift(days=1)
        back = members.give_role(paula, kuopio, kaisa, role=Role.SOCIAL_WORKER, reason="Sijainen").wanted
        clock.shift(days=1)
        verbs.withdraw(paula, back)
        clock.shift(days=5, hours=1)
        page = ended(signed_in(sirkka))
        assert "Aika kului umpeen · " in page, "before the worker has looked, too"
        let_rights_run_out()
        page = ended(signed_in(sirkka))
        assert re.search(r"Aika kului umpeen · tänään klo 12\.00.*Peruttu · .*15\.11\.", page)


class TestWhoConfirms:
    def test_where_nobody_else_is_it_is_the_installation_admin(
        self, signed_in: SignIn, paula: User, aino: User, iida: User, northern: Unit
    ) -> None:
        browser = signed_in(paula)
        path = f"/297/yllapito/kayttajat/{aino.pk}/rooli/{aino.memberships.get().pk}/yksikko/"
        page = text(browser.post(path, {"unit": northern.pk, "reason": "Siirtyy"}, follow=True))
        assert "Tämä odottaa asennuksen pääkäyttäjää" in page
        assert "toinen pääkäyttäjä tai johtava sosiaalityöntekijä vahvistaa" not in page
        assert "Tämän vahvistaa asennuksen pääkäyttäjä" in page

    def test_an_invitation_that_waits_is_told_to_wait(self, signed_in: SignIn, paula: User, sirkka: User) -> None:
        form = {"email": "uusi@kuopio.example", "name": "Uusi", "role": "social_worker", "starts": "13.11.2018"}
        answer = signed_in(paula).post("/297/yllapito/kayttajat/kutsu/", form | {"reason": "Sijainen"}, follow=True)
        assert "Kutsu lähetetään vasta sen jälkeen." in text(answer)
        assert not mail.outbox


class TestTheSecurityLog:
    def rows(self, browser: Browser) -> list[str]:
        return [f"{words} · {facts}" for _, words, facts in browser.get(f"{LOG}?mita=oikeudet").context["rows"]]

    def test_each_end_of_a_request_has_its_own_words(
        self, reset: RightRequest, paula: User, at_hers: Browser, clock: Clock
    ) -> None:
        assert self.rows(at_hers) == [
            "Oikeutta pyydettiin, toisen vahvistettavaksi · kaksivaiheisen kirjautumisen nollaus"
        ]
        verbs.withdraw(paula, reset)
        assert self.rows(at_hers)[0].startswith("Perui pyynnön")
        members.reset_second_factor(paula, reset.municipality, reset.person, "Puhelin katosi")
        clock.shift(days=8)
        let_rights_run_out()
        at_hers.force_login(User.objects.get(name="Sirkka Mallikas"))
        assert self.rows(at_hers)[0].startswith("Pyyntö raukesi")
        assert "istunto oli päättynyt" not in " ".join(self.rows(at_hers))

    def test_another_unit_is_no_new_right(
        self, paula: User, aino: User, northern: Unit, at_hers: Browser, sirkka: User
    ) -> None:
        confirm(at_hers, members.change_unit(paula, aino.memberships.get(), northern, "Siirtyy").wanted)
        assert self.rows(at_hers)[0].startswith(
            "Roolin yksikkö vaihdettiin · sosiaalityöntekijä, pyytäjä Paula Paperinen"
        )

    def test_a_role_that_was_taken_tells_who_asked_and_confirmed(
        self, kuopio: Municipality, paula: User, olli: User, sirkka: User, at_hers: Browser
    ) -> None:
        wanted = members.invite(
            paula, kuopio, email=olli.email, name="", role=Role.SOCIAL_WORKER, reason="Sijainen"
        ).wanted
        verbs.confirm(sirkka, wanted, "Sovittu")
        verbs.accept(olli, wanted)
        (row,) = [row for row in self.rows(at_hers) if row.startswith("Otti tarjotun roolin vastaan")]
        assert "pyytäjä Paula Paperinen, vahvistaja Sirkka Mallikas" in row

    def test_a_page_is_named_as_in_the_menu(self, at_hers: Browser, sirkka: User) -> None:
        for page in ("figure_rows_csv", "queue", "units", "installation"):
            SecurityEvent.objects.create(kind="exported", actor=sirkka, municipality_number=297, facts={"page": page})
        shown = [facts for _, _, facts in at_hers.get(f"{LOG}?mita=vienti").context["rows"]]
        assert shown == ["Kunnat", "Yksiköt", "Työjono", "Kunta"]


def test_a_link_that_is_opened_again_leads_to_the_offer_that_was_put_off(
    kuopio: Municipality, paula: User, olli: User, signed_in: SignIn, clock: Clock
) -> None:
    browser = signed_in(olli)
    clock.shift(minutes=1)
    outcome = members.invite(paula, kuopio, email=olli.email, name="", role=Role.COORDINATOR)
    browser.post("/tarjotut-roolit/myohemmin/")
    assert browser.get("/")["Location"] == "/837/"
    clock.shift(minutes=1)
    browser.get(f"/linkki/{outcome.token}/")
    assert browser.get("/")["Location"] == "/tarjotut-roolit/"
