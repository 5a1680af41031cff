"""A role for an account that others made waits for whoever reads its address, signed in afresh."""

import pytest
from django.core import mail
from django.test import Client as Browser

from accounts.links.verbs import make_link
from accounts.models import OneTimeLink, SecurityEvent, User
from municipalities.members import verbs as members
from municipalities.models import Membership, Municipality, RightRequest, Role
from testing.clock import Clock
from testing.people import SignIn, person

WORDS = "korkea kuusi metsän reunassa"


@pytest.fixture
def olli(olli: User) -> User:
    """Social worker of Tampere, with a password."""
    olli.set_password(WORDS)
    olli.save()
    return olli


@pytest.fixture
def offered(signed_in: SignIn, kuopio: Municipality, paula: User, olli: User, clock: Clock) -> RightRequest:
    """Kuopio offers Olli the role of a coordinator, a minute after now."""
    clock.shift(minutes=1)
    form = {"email": olli.email, "name": "Olli", "role": "coordinator", "starts": "13.11.2018"}
    signed_in(paula).post("/297/yllapito/kayttajat/kutsu/", form)
    return RightRequest.objects.get()


def link_in_the_mail() -> str:
    body = str(mail.outbox[-1].body)
    return next(line for line in body.splitlines() if "/linkki/" in line).removeprefix("http://testserver")


def sign_in(browser: Browser, user: User, password: str = WORDS) -> None:
    browser.post("/kirjaudu/", {"login": user.email, "password": password})


def accept(browser: Browser, offered: RightRequest) -> bool:
    browser.post(f"/tarjotut-roolit/{offered.pk}/hyvaksy/")
    return Membership.objects.filter(user=offered.person, municipality=offered.municipality).exists()


def test_it_is_no_role_before_it_is_accepted(offered: RightRequest, olli: User) -> None:
    assert offered.state == "person"
    assert not Membership.objects.filter(user=olli, municipality_id=297).exists()


def test_the_link_and_a_fresh_sign_in_lead_to_it(offered: RightRequest, olli: User) -> None:
    browser = Browser()
    assert browser.get(link_in_the_mail())["Location"] == "/"
    sign_in(browser, olli)
    assert browser.get("/")["Location"] == "/tarjotut-roolit/"
    assert "Kuopio" in browser.get("/tarjotut-roolit/").content.decode()
    assert accept(browser, offered)
    membership = Membership.objects.get(user=olli, municipality_id=297)
    assert membership.given_by is not None
    assert not OneTimeLink.objects.exists()


def test_the_password_alone_does_not_accept_it(offered: RightRequest, olli: User) -> None:
    """Whoever had taken the account before its owner knows the password, and does not read the owner's mail."""
    browser = Browser()
    sign_in(browser, olli)
    assert browser.get("/tarjotut-roolit/").context["offers"][0].refusal
    assert not accept(browser, offered)


def test_a_session_of_before_does_not_accept_it(
    signed_in: SignIn, kuopio: Municipality, paula: User, olli: User, clock: Clock
) -> None:
    browser = signed_in(olli)
    clock.shift(minutes=1)
    wanted = members.invite(paula, kuopio, email=olli.email, name="", role=Role.COORDINATOR)
    browser.get(f"/linkki/{wanted.token}/")
    assert not accept(browser, wanted.wanted)


def test_nobody_else_accepts_it(offered: RightRequest, eetu: User, signed_in: SignIn) -> None:
    browser = signed_in(eetu)
    browser.get(link_in_the_mail())
    assert browser.post(f"/tarjotut-roolit/{offered.pk}/hyvaksy/").status_code == 404
    assert browser.post(f"/tarjotut-roolit/{offered.pk}/kieltaydy/").status_code == 404


def test_it_is_refused_without_more(offered: RightRequest, olli: User, signed_in: SignIn) -> None:
    signed_in(olli).post(f"/tarjotut-roolit/{offered.pk}/kieltaydy/")
    offered.refresh_from_db()
    assert offered.state == "declined"
    assert not OneTimeLink.objects.exists()


def test_it_can_wait_while_one_works(offered: RightRequest, olli: User, signed_in: SignIn) -> None:
    browser = signed_in(olli)
    assert browser.post("/tarjotut-roolit/myohemmin/")["Location"] == "/"
    assert browser.get("/")["Location"].startswith("/837/")


def test_links_of_before_end_when_a_role_is_given(
    kuopio: Municipality, paula: User, olli: User, tampere: Municipality
) -> None:
    tuula = person("Tuula Tampere", "tuula@tampere.example", Role.ADMIN, tampere)
    token = members.new_link(tuula, tampere, olli)
    members.invite(paula, kuopio, email=olli.email, name="", role=Role.COORDINATOR)
    assert Browser().get(f"/linkki/{token}/").status_code == 410


def test_a_strangers_address_that_was_invited_first_gives_nothing_over_what_comes_later(
    kuopio: Municipality, paula: User, tampere: Municipality, signed_in: SignIn, clock: Clock
) -> None:
    """Paula invites an address of Tampere, gets at the link and has the account. Tampere gives it a role later."""
    first = members.invite(paula, kuopio, email="liisa@tampere.example", name="Liisa", role=Role.COORDINATOR)
    thief = Browser()
    thief.get(f"/linkki/{first.token}/")
    thief.post("/linkki/", {"name": "Liisa", "language": "fi", "password1": WORDS, "password2": WORDS})
    clock.shift(minutes=1)
    tuula = person("Tuula Tampere", "tuula@tampere.example", Role.ADMIN, tampere)
    tero = person("Tero Tampere", "tero@tampere.example", Role.SUPERVISOR, tampere)
    liisa = User.objects.get(email="liisa@tampere.example")
    form = {"email": liisa.email, "name": "Liisa", "role": "social_worker", "starts": "13.11.2018", "reason": "Uusi"}
    signed_in(tuula).post("/837/yllapito/kayttajat/kutsu/", form)
    wanted = RightRequest.objects.get(municipality=tampere)
    signed_in(tero).post(f"/837/oikeudet/{wanted.pk}/vahvista/", {"decision": "Uusi työntekijä"})
    wanted.refresh_from_db()
    assert wanted.state == "person"

    assert not accept(thief, wanted)
    again = Browser()
    sign_in(again, liisa)
    assert not accept(again, wanted)
    assert again.get("/837/").status_code == 404

    owner = Browser()
    owner.get(link_in_the_mail())
    owner.get(f"/linkki/{make_link(liisa, OneTimeLink.Purpose.FORGOTTEN)}/")
    owner.post("/linkki/", {"password1": WORDS + " a", "password2": WORDS + " a"})
    assert accept(owner, wanted)
    assert thief.get("/tili/").status_code == 302, "the new password has ended the thief's sessions"


def test_an_offer_runs_out(offered: RightRequest, olli: User, clock: Clock) -> None:
    link = link_in_the_mail()
    clock.shift(days=7, minutes=1)
    assert Browser().get(link).status_code == 410
    browser = Browser()
    sign_in(browser, olli)
    assert browser.get("/tarjotut-roolit/").context["offers"] == []


def test_the_asker_sees_the_address_and_not_the_name_before_it_is_accepted(
    offered: RightRequest, signed_in: SignIn, paula: User
) -> None:
    html = signed_in(paula).get("/297/oikeudet/").content.decode()
    assert "olli@tampere.example" in html
    assert "Harjoitus" not in html


def test_a_colleague_known_here_only_needs_no_offer(kuopio: Municipality, paula: User, aino: User) -> None:
    assert members.give_role(paula, kuopio, aino, role=Role.COORDINATOR).membership is not None


def test_accepting_is_in_the_security_log(offered: RightRequest, olli: User) -> None:
    browser = Browser()
    browser.get(link_in_the_mail())
    sign_in(browser, olli)
    accept(browser, offered)
    event = SecurityEvent.objects.get(kind="right_given")
    assert (event.actor, event.municipality_number) == (olli, 297)
