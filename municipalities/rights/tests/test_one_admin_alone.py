"""One admin alone reaches no casework: by no verb, no page, no link and no account of the admin's own making.

Paula knows the password of everybody whom she invites under an address of hers, and has every one of Ylläpito's forms.
"""

import datetime
import inspect
from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client as Browser
from django.urls import reverse
from pytest_django.fixtures import Settings

from accounts.models import OneTimeLink, User
from core.saving import NotPossible
from municipalities.access import access_of, forget_memberships
from municipalities.members import verbs as members
from municipalities.models import Membership, Municipality, RightRequest, Role, Unit
from municipalities.models.membership import CASEWORK, NEEDS_SECOND
from municipalities.rights import applying
from municipalities.rights import verbs as rights
from municipalities.rights.rules import why_not_account
from testing.clock import TODAY
from testing.people import SignIn, just_signed_in, person

WORDS = "korkea kuusi metsän reunassa"
TAKE = {"name": "Aino Demolainen", "language": "fi", "password1": WORDS, "password2": WORDS}
ALIAS = {"email": "paula.toinen@kuopio.example", "name": "Paula Toinen", "starts": "13.11.2018", "reason": "Sijainen"}
CASEWORK_PAGES = ("today", "queue", "client_search")


@pytest.fixture
def admin(signed_in: SignIn, paula: User, iida: User) -> Browser:
    """Paula at her desk; the only second person would be Iida, who knows nothing of all this."""
    return signed_in(paula)


@pytest.fixture
def alias(kuopio: Municipality, paula: User) -> User:
    """An account that Paula has made for herself: a coordinator, which one admin gives."""
    return members.invite(
        paula, kuopio, email=ALIAS["email"], name=ALIAS["name"], role=Role.COORDINATOR, reason="x"
    ).wanted.person


def opens_casework(user: User) -> bool:
    """Whether any page of clients opens for whoever has this account."""
    browser = just_signed_in(user)
    return any(browser.get(reverse(name, kwargs={"code": "297"})).status_code == 200 for name in CASEWORK_PAGES)


def post(browser: Browser, path: str, **form: object) -> None:
    browser.post(f"/297/yllapito/kayttajat/{path}", form)


def confirm_all(by: User) -> None:
    """Try to be the second person for everything that waits."""
    browser = just_signed_in(by)
    for wanted in RightRequest.objects.all():
        browser.post(f"/297/oikeudet/{wanted.pk}/vahvista/", {"decision": "Sovittu"})


Attempt = Callable[[Browser, User, Unit], None]


def invites_an_alias(admin: Browser, alias: User, unit: Unit) -> None:
    post(admin, "kutsu/", **ALIAS | {"email": "kolmas@kuopio.example", "role": "social_worker", "unit": unit.pk})


def invites_the_alias_again(admin: Browser, alias: User, unit: Unit) -> None:
    post(admin, "kutsu/", **ALIAS | {"role": "supervisor"})


def gives_the_alias_a_role(admin: Browser, alias: User, unit: Unit) -> None:
    post(admin, f"{alias.pk}/rooli/", role="social_counsellor", starts="13.11.2018", unit=unit.pk, reason="Sijainen")


def makes_the_alias_an_admin_first(admin: Browser, alias: User, unit: Unit) -> None:
    post(admin, f"{alias.pk}/rooli/", role="admin", starts="13.11.2018", reason="Sijainen")
    gives_the_alias_a_role(admin, alias, unit)
    post(just_signed_in(alias), "kutsu/", **ALIAS | {"email": "neljas@kuopio.example", "role": "social_worker"})


def moves_the_end_of_a_short_role(admin: Browser, alias: User, unit: Unit) -> None:
    short = Membership.objects.create(
        user=alias,
        municipality=unit.municipality,
        role="social_worker",
        unit=unit,
        starts="2018-12-01",
        ends="2018-12-31",
    )
    post(admin, f"{alias.pk}/rooli/{short.pk}/paata/", when="day", last_day="31.12.2019", reason="Jatkuu")


def restores_an_account_with_a_role(admin: Browser, alias: User, unit: Unit) -> None:
    Membership.objects.create(
        user=alias, municipality=unit.municipality, role="social_worker", unit=unit, starts="2018-01-01"
    )
    User.objects.filter(pk=alias.pk).update(is_active=False)
    post(admin, f"{alias.pk}/kayttoon/", reason="Palasi vapaalta")


ATTEMPTS: list[Attempt] = [
    invites_an_alias,
    invites_the_alias_again,
    gives_the_alias_a_role,
    makes_the_alias_an_admin_first,
    moves_the_end_of_a_short_role,
    restores_an_account_with_a_role,
]


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_no_way_of_one_admin_opens_casework(
    attempt: Attempt, admin: Browser, paula: User, alias: User, southern: Unit
) -> None:
    attempt(admin, alias, southern)
    assert RightRequest.objects.exists(), "it waits for a second person"
    for made in (paula, alias):
        confirm_all(made)
    for user in User.objects.all():
        forget_memberships(user)
        assert not opens_casework(user), user.email
    assert not RightRequest.objects.filter(state="done", role__in=NEEDS_SECOND).exists()


def test_the_pages_of_casework_open_for_a_worker(aino: User) -> None:
    assert opens_casework(aino), "or the attempts would prove nothing"


def test_every_verb_that_gives_or_widens_is_among_the_attempts_or_narrows() -> None:
    """A new verb of people has to be thought of here."""
    verbs = {
        name
        for name, verb in inspect.getmembers(members, inspect.isfunction)
        if verb.__module__ == members.__name__ and "actor" in inspect.signature(verb).parameters
    }
    through_request = {
        "invite",
        "give_role",
        "end_role",
        "change_unit",
        "reactivate",
        "reset_second_factor",
        "widening",
    }
    narrows, links = {"end_membership", "deactivate", "is_last_own_admin"}, {"new_link"}
    assert verbs == through_request | narrows | links


def test_only_one_module_makes_or_widens_a_membership() -> None:
    """Everything that is given comes from `applying`, which `ask`, `confirm` and `accept` alone call."""
    callers = [
        name
        for name, verb in inspect.getmembers(rights, inspect.isfunction)
        if verb.__module__ == rights.__name__ and "apply(" in inspect.getsource(verb)
    ]
    assert callers == ["accept", "go_on"]
    assert set(applying.HOW) == set(RightRequest.What)


@pytest.mark.parametrize("role", sorted(NEEDS_SECOND))
def test_the_roles_that_open_casework_and_the_one_that_confirms_wait(
    role: Role, kuopio: Municipality, paula: User, pekka: User, kaisa: User
) -> None:
    outcome = members.give_role(paula, kuopio, kaisa, role=role, reason="Sijainen")
    assert outcome.state == "second"
    assert outcome.membership is None


def test_every_role_that_opens_a_page_of_clients_is_among_them() -> None:
    assert CASEWORK <= NEEDS_SECOND


def test_a_unit_given_with_another_role_opens_no_clients(
    kuopio: Municipality, paula: User, aino: User, northern: Unit
) -> None:
    members.give_role(paula, kuopio, aino, role=Role.COORDINATOR, unit=northern)
    forget_memberships(aino)
    assert northern.pk not in access_of(aino, kuopio).unit_ids


def test_another_unit_waits_and_the_old_one_stays(
    admin: Browser, paula: User, pekka: User, aino: User, southern: Unit, northern: Unit
) -> None:
    role = aino.memberships.get()
    post(admin, f"{aino.pk}/rooli/{role.pk}/yksikko/", unit=northern.pk, reason="Siirtyy")
    role.refresh_from_db()
    assert role.unit == southern
    confirm_all(paula)
    confirm_all(aino)
    role.refresh_from_db()
    assert role.unit == southern
    confirm_all(pekka)
    role.refresh_from_db()
    assert (role.unit, role.confirmed_by) == (northern, pekka)


def test_a_longer_role_waits_and_the_old_day_stays(
    admin: Browser, kuopio: Municipality, pekka: User, aino: User
) -> None:
    role = aino.memberships.get()
    Membership.objects.filter(pk=role.pk).update(ends="2018-12-31")
    post(admin, f"{aino.pk}/rooli/{role.pk}/paata/", when="day", last_day="31.12.2019", reason="Jatkuu")
    role.refresh_from_db()
    assert role.ends == datetime.date(2018, 12, 31)
    confirm_all(pekka)
    role.refresh_from_db()
    assert role.ends == datetime.date(2019, 12, 31)


def test_nobody_makes_the_own_role_longer(kuopio: Municipality, paula: User, pekka: User) -> None:
    role = paula.memberships.get()
    Membership.objects.filter(pk=role.pk).update(ends="2018-12-31")
    role.refresh_from_db()
    with pytest.raises(NotPossible):
        members.end_role(paula, role, TODAY.replace(year=2019), "Jatkuu")


def test_a_link_is_never_shown_to_an_admin(admin: Browser, aino: User, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    settings.DEMO = False
    answer = admin.post(f"/297/yllapito/kayttajat/{aino.pk}/linkki/", follow=True)
    assert "/linkki/" not in answer.content.decode().replace(f"{aino.pk}/linkki/", "")
    assert "sign_in_link" in answer.content.decode()


def test_a_mail_server_that_fails_shows_no_link_either(
    admin: Browser, aino: User, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    from accounts import mail as service

    settings.DEMO = False

    def fail(*args: object, **kwargs: object) -> None:
        raise OSError

    monkeypatch.setattr(service, "send_mail", fail)
    answer = admin.post(f"/297/yllapito/kayttajat/{aino.pk}/linkki/", follow=True)
    assert "/linkki/" not in answer.content.decode().replace(f"{aino.pk}/linkki/", "")


def test_only_the_demo_shows_it_and_says_so(admin: Browser, aino: User, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    settings.DEMO = True
    answer = admin.post(f"/297/yllapito/kayttajat/{aino.pk}/linkki/", follow=True)
    assert answer.context["link"].startswith("http://testserver/linkki/")


def test_a_new_account_gets_its_link_only_when_the_right_is_confirmed(
    admin: Browser, paula: User, sirkka: User
) -> None:
    post(admin, "kutsu/", **ALIAS | {"role": "social_worker"})
    assert not mail.outbox
    assert not OneTimeLink.objects.exists()
    confirm_all(sirkka)
    (message,) = mail.outbox
    assert message.to == [ALIAS["email"]]
    membership = Membership.objects.get(user__email=ALIAS["email"])
    assert (membership.given_by, membership.confirmed_by) == (paula, sirkka)


class TestALinkThatIsTaken:
    """What decided that it may be made is asked again."""

    @pytest.fixture
    def link(self, admin: Browser, aino: User) -> str:
        admin.post(f"/297/yllapito/kayttajat/{aino.pk}/linkki/")
        body = mail.outbox[-1].body
        return str(next(line for line in body.splitlines() if "/linkki/" in line).removeprefix("http://testserver"))

    def take(self, link: str) -> int:
        browser = Browser()
        browser.get(link)
        return browser.post("/linkki/", TAKE).status_code

    def test_works_while_nothing_has_changed(self, link: str) -> None:
        assert self.take(link) == 302

    def test_dies_when_the_person_works_elsewhere_too(self, link: str, aino: User, tampere: Municipality) -> None:
        Membership.objects.create(user=aino, municipality=tampere, role="social_worker", starts="2018-11-01")
        assert self.take(link) == 410
        assert not User.objects.get(pk=aino.pk).has_usable_password()

    def test_dies_with_the_role_of_its_maker(self, link: str, paula: User) -> None:
        paula.memberships.update(ends="2018-11-12")
        assert self.take(link) == 410

    def test_dies_with_the_account_of_its_maker(self, link: str, paula: User) -> None:
        User.objects.filter(pk=paula.pk).update(is_active=False)
        assert self.take(link) == 410

    def test_that_was_opened_before_dies_before_it_is_taken(self, link: str, aino: User, tampere: Municipality) -> None:
        browser = Browser()
        browser.get(link)
        Membership.objects.create(user=aino, municipality=tampere, role="social_worker", starts="2018-11-01")
        assert browser.post("/linkki/", TAKE).status_code == 410


def test_an_account_without_a_role_here_is_not_an_admins_to_touch(
    kuopio: Municipality, paula: User, tampere: Municipality
) -> None:
    stranger = person("Outi Outo", "outi@oulu.example")
    assert why_not_account(paula, kuopio, stranger)
