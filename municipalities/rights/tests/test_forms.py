"""The forms of rights: one word for the reason, nothing cut off or chosen beforehand, and no dead ends."""

import pytest
from django.test import Client as Browser

from accounts.models import User
from municipalities.models import Membership, Municipality, RightRequest, Role, Unit
from testing.clock import Clock
from testing.people import SignIn

INVITE = "/297/yllapito/kayttajat/kutsu/"
PASSWORD = "korkea kuusi metsän reunassa"


@pytest.fixture
def admin(signed_in: SignIn, paula: User) -> Browser:
    return signed_in(paula)


def page(person: User, what: str = "") -> str:
    return f"/297/yllapito/kayttajat/{person.pk}/{what}"


def test_no_role_is_chosen_beforehand(admin: Browser, aino: User) -> None:
    for path in (INVITE, page(aino, "rooli/")):
        assert '<option value="" selected>Valitse rooli</option>' in admin.get(path).content.decode()
        assert "role" in admin.post(path, {"starts": "13.11.2018"}).context["form"].errors


def test_a_long_reason_is_told_to_be_too_long_and_not_cut(admin: Browser, aino: User, sirkka: User) -> None:
    path = page(aino, "rooli/")
    html = admin.get(path).content.decode()
    assert '<textarea name="reason"' in html
    assert "maxlength" not in html.partition('<textarea name="reason"')[2].partition(">")[0]
    form = {"role": Role.SOCIAL_COUNSELLOR, "starts": "13.11.2018", "reason": "Uusi työntekijä. " * 30}
    answer = admin.post(path, form)
    assert answer.context["form"].errors["reason"]
    assert form["reason"].strip() in answer.content.decode()
    assert not RightRequest.objects.exists()


def test_the_reason_is_called_the_same_everywhere(admin: Browser, aino: User, sirkka: User) -> None:
    path = page(aino, "rooli/")
    form = {"role": Role.SOCIAL_COUNSELLOR, "starts": "13.11.2018"}
    assert "Kirjoita syy" in admin.post(path, form).content.decode()
    admin.post(path, form | {"reason": "Sijainen"})
    assert "syy: Sijainen" in admin.get(page(aino)).content.decode()
    assert "peruste" not in admin.get(page(aino)).content.decode()


def test_ones_own_page_offers_nothing_that_is_always_refused(
    admin: Browser, paula: User, kuopio: Municipality, southern: Unit
) -> None:
    own = paula.memberships.get()
    worker = Membership.objects.create(
        user=paula, municipality=kuopio, role=Role.SOCIAL_WORKER, unit=southern, starts="2018-01-01"
    )
    html = admin.get(page(paula)).content.decode()
    assert "Omat roolisi antaa ja muuttaa toinen pääkäyttäjä." in html
    for path in ("rooli/", f"rooli/{own.pk}/paata/", f"rooli/{own.pk}/yksikko/", f"rooli/{worker.pk}/yksikko/"):
        assert f'href="{page(paula, path)}"' not in html
    assert f'href="{page(paula, f"rooli/{worker.pk}/paata/")}"' in html


def test_another_s_page_offers_them(admin: Browser, aino: User) -> None:
    html = admin.get(page(aino)).content.decode()
    role = aino.memberships.get().pk
    for path in ("rooli/", f"rooli/{role}/paata/", f"rooli/{role}/yksikko/"):
        assert f'href="{page(aino, path)}"' in html


class TestGivingUpWhenAskedWhoOneIs:
    @pytest.fixture
    def later(self, paula: User, signed_in: SignIn, clock: Clock) -> Browser:
        paula.set_password(PASSWORD)
        paula.save()
        browser = signed_in(paula)
        clock.shift(minutes=6)
        return browser

    def cancels_to(self, browser: Browser, referer: str) -> str:
        asked = browser.get(INVITE, headers={"referer": referer})["Location"]
        html = browser.get(asked).content.decode()
        return html.partition('class="btn btn-text" href="')[2].partition('"')[0]

    def test_leads_to_where_one_was(self, later: Browser) -> None:
        list_of_people = "/297/yllapito/kayttajat/?q=aino"
        assert self.cancels_to(later, f"http://testserver{list_of_people}") == list_of_people

    @pytest.mark.parametrize("referer", ["", "https://evil.example/297/", f"http://testserver{INVITE}"])
    def test_leads_nowhere_else(self, later: Browser, referer: str) -> None:
        assert self.cancels_to(later, referer) == "/tili/"
