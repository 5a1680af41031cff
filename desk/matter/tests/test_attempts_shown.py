"""The words of attempts: whoever was reached is never called "ei tavoitettu"."""

import datetime
from typing import Any

import pytest

from accounts.models import User
from cases.contacts.verbs import record_contact
from cases.models import Client, Matter, MatterKind
from cases.models.contact import Channel, ContactOutcome
from municipalities.models import Municipality
from testing.clock import DAY, NOW
from testing.factories import make_matter
from testing.people import SignIn

IN_VAIN, REACHED = ContactOutcome.NO_ANSWER, ContactOutcome.REACHED


@pytest.fixture
def matter(tauno: Client, aino: User) -> Matter:
    """Due on Wednesday 14.11."""
    return make_matter(tauno, MatterKind.REDUCED_AMOUNT, arrived=datetime.date(2018, 10, 25), assignee=aino)


def tries(matter: Matter, by: User, *outcomes: str) -> None:
    """Calls, one a day, the last one yesterday."""
    for n, outcome in enumerate(outcomes):
        at = NOW - (len(outcomes) - n) * DAY
        record_contact(by, matter.client, matter=matter, channel=Channel.CALL, outcome=outcome, at=at)


def page(browser: Any, address: str) -> str:
    response = browser.get(f"/297/{address}")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_before_anybody_was_reached(signed_in: SignIn, aino: User, matter: Matter) -> None:
    tries(matter, aino, IN_VAIN, IN_VAIN, IN_VAIN)
    browser = signed_in(aino)
    assert "3 yritystä, ei tavoitettu tässä asiassa." in page(browser, "")
    html = page(browser, f"tyojono/?avoin={matter.pk}")
    assert "3 yritystä, ei tavoitettu tässä asiassa." in html
    assert 'btn-primary" href' in html.split("Kirjoita kirje")[0][-400:]


def test_after_the_client_was_reached_the_words_say_when(signed_in: SignIn, aino: User, matter: Matter) -> None:
    tries(matter, aino, IN_VAIN, IN_VAIN, IN_VAIN, REACHED, IN_VAIN)
    browser = signed_in(aino)
    html = page(browser, "")
    assert "Tässä asiassa tavoitettu su 11.11., sen jälkeen 1 yritys." in html
    assert "ei tavoitettu" not in html
    html = page(browser, f"tyojono/?avoin={matter.pk}")
    assert "Tässä asiassa tavoitettu su 11.11., sen jälkeen 1 yritys" in html
    assert "ei tavoitettu" not in html
    assert "btn-primary" not in html.split("Kirjoita kirje")[0].rsplit("<a ", 1)[1]


def test_who_was_reached_last_is_offered_no_letter(signed_in: SignIn, aino: User, matter: Matter) -> None:
    tries(matter, aino, IN_VAIN, IN_VAIN, IN_VAIN, REACHED)
    browser = signed_in(aino)
    assert "Tässä asiassa tavoitettu ma 12.11." in page(browser, "")
    assert "Kirjoita kirje" not in page(browser, f"tyojono/?avoin={matter.pk}")


def test_enough_attempts_after_that_offer_the_letter_first(
    signed_in: SignIn, aino: User, matter: Matter, kuopio: Municipality
) -> None:
    tries(matter, aino, REACHED, IN_VAIN, IN_VAIN, IN_VAIN)
    html = page(signed_in(aino), f"tyojono/?avoin={matter.pk}")
    assert "<b>Tässä asiassa tavoitettu pe 9.11., sen jälkeen 3 yritystä.</b>" in html
    assert "btn-primary" in html.split("Kirjoita kirje")[0].rsplit("<a ", 1)[1]
