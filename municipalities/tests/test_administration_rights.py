"""Who may open the pages of Ylläpito and Asennus, and where signing in leads."""

import pytest
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from municipalities.models import Membership, Municipality, RightRequest, Role
from testing.people import SignIn

PAGES = ["kayttajat/", "kayttajat/kutsu/", "kayttajat/{aino}/", "kayttajat/{aino}/rooli/", "yksikot/"]
POSTS = ["kayttajat/{aino}/linkki/", "kayttajat/{aino}/kayttoon/", "kayttajat/{aino}/pois/"]
INSTALLATION = ["", "kunnat/297/", "kunnat/297/kutsu/", "kunnat/297/kayttajat/{aino}/"]


@pytest.mark.parametrize("path", PAGES)
def test_the_admin_opens_them(signed_in: SignIn, paula: User, aino: User, path: str) -> None:
    assert signed_in(paula).get("/297/yllapito/" + path.format(aino=aino.pk)).status_code == 200


@pytest.mark.parametrize("path", PAGES + POSTS)
@pytest.mark.parametrize("who", ["aino", "eetu", "sirkka", "kaisa"])
def test_other_roles_do_not(signed_in: SignIn, request: pytest.FixtureRequest, aino: User, who: str, path: str) -> None:
    browser = signed_in(request.getfixturevalue(who))
    address = "/297/yllapito/" + path.format(aino=aino.pk)
    assert browser.get(address).status_code == 403
    assert browser.post(address).status_code == 403


@pytest.mark.parametrize("path", PAGES + POSTS)
@pytest.mark.parametrize("who", ["olli", "tutki", "iida"])
def test_for_people_of_other_places_they_do_not_exist(
    signed_in: SignIn, request: pytest.FixtureRequest, aino: User, who: str, path: str
) -> None:
    browser = signed_in(request.getfixturevalue(who))
    assert browser.get("/297/yllapito/" + path.format(aino=aino.pk)).status_code == 404
    assert browser.post("/297/yllapito/" + path.format(aino=aino.pk)).status_code == 404


def test_somebody_without_a_role_here_is_not_found(signed_in: SignIn, paula: User, olli: User) -> None:
    browser = signed_in(paula)
    for what in ("", "rooli/", "pois/"):
        assert browser.get(f"/297/yllapito/kayttajat/{olli.pk}/{what}").status_code == 404


def test_a_role_elsewhere_is_not_reached_through_a_person_who_works_here_too(
    signed_in: SignIn, paula: User, olli: User, kuopio: Municipality
) -> None:
    elsewhere = olli.memberships.get()
    Membership.objects.create(user=olli, municipality=kuopio, role=Role.SOCIAL_WORKER)
    path = f"/297/yllapito/kayttajat/{olli.pk}/rooli/{elsewhere.pk}/paata/"
    assert signed_in(paula).post(path, {"when": "now"}).status_code == 404


@pytest.mark.parametrize("path", INSTALLATION)
def test_the_installation_admin_opens_asennus(signed_in: SignIn, iida: User, aino: User, path: str) -> None:
    assert signed_in(iida).get("/asennus/" + path.format(aino=aino.pk)).status_code == 200


@pytest.mark.parametrize("path", INSTALLATION)
@pytest.mark.parametrize("who", ["aino", "sirkka", "paula", "olli", "tutki"])
def test_nobody_else_does(signed_in: SignIn, request: pytest.FixtureRequest, aino: User, who: str, path: str) -> None:
    browser = signed_in(request.getfixturevalue(who))
    assert browser.get("/asennus/" + path.format(aino=aino.pk)).status_code == 403
    assert browser.post("/asennus/" + path.format(aino=aino.pk)).status_code == 403


@pytest.mark.parametrize("path", ["/297/yllapito/kayttajat/", "/asennus/", "/"])
def test_without_signing_in_one_is_led_to_it(client: Browser, db: None, path: str) -> None:
    assert client.get(path)["Location"].startswith("/kirjaudu/")


class TestTheInstallationAdmin:
    def test_invites_a_municipality_its_admin_and_nothing_else(
        self, signed_in: SignIn, iida: User, tampere: Municipality
    ) -> None:
        browser = signed_in(iida)
        form = {"email": "uusi@tampere.example", "name": "Uusi Paperinen", "role": "admin", "starts": "13.11.2018"}
        assert (
            "role"
            in browser.post("/asennus/kunnat/837/kutsu/", form | {"role": "social_worker"}).context["form"].errors
        )
        browser.post("/asennus/kunnat/837/kutsu/", form)
        membership = Membership.objects.get(user__email="uusi@tampere.example")
        assert (membership.role, membership.municipality) == (Role.ADMIN, tampere)

    def test_manages_the_account_of_somebody_who_works_in_two_municipalities(
        self, signed_in: SignIn, iida: User, olli: User, kuopio: Municipality, sirkka: User
    ) -> None:
        Membership.objects.create(user=olli, municipality=kuopio, role=Role.SOCIAL_WORKER)
        browser = signed_in(iida)
        assert [p.pk for p in browser.get("/asennus/kunnat/297/").context["shared"]] == [olli.pk]
        browser.post(f"/asennus/kunnat/297/kayttajat/{olli.pk}/pois/")
        olli.refresh_from_db()
        assert not olli.is_active
        # it has a role that opens casework, so a second person confirms
        browser.post(f"/asennus/kunnat/297/kayttajat/{olli.pk}/kayttoon/", {"reason": "Palasi"})
        olli.refresh_from_db()
        assert not olli.is_active
        wanted = RightRequest.objects.get()
        signed_in(sirkka).post(f"/297/oikeudet/{wanted.pk}/vahvista/", {"decision": "Sovittu"})
        olli.refresh_from_db()
        assert olli.is_active

    def test_sees_which_municipalities_have_admins(
        self, signed_in: SignIn, iida: User, paula: User, aino: User
    ) -> None:
        first = signed_in(iida).get("/asennus/").context["page"].object_list[0]
        assert (first.pk, first.people, first.admins) == (297, 2, 1)
        only = signed_in(iida).get("/asennus/").context["page"].object_list
        assert [place.pk for place in only] == [297]


class TestTheFrontPage:
    @pytest.mark.parametrize(("who", "name"), [("aino", "today"), ("sirkka", "today"), ("kaisa", "dashboard")])
    def test_leads_to_the_first_page_of_the_role(
        self, signed_in: SignIn, request: pytest.FixtureRequest, who: str, name: str
    ) -> None:
        wanted = reverse(name, kwargs={"code": "297"})
        assert signed_in(request.getfixturevalue(who)).get("/")["Location"] == wanted

    def test_leads_the_installation_admin_to_asennus(self, signed_in: SignIn, iida: User) -> None:
        assert signed_in(iida).get("/")["Location"] == "/asennus/"

    def test_says_what_to_do_without_a_role(self, signed_in: SignIn, aino: User) -> None:
        aino.memberships.update(ends="2018-06-30")
        assert signed_in(aino).get("/").status_code == 200

    def test_waits_for_the_researcher(self, signed_in: SignIn, tutki: User) -> None:
        assert signed_in(tutki).get("/").context["is_researcher"]
