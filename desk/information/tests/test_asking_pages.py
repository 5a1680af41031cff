"""Asking for missing information on the page of the open matter, and what Today tells of it."""

import datetime

import pytest
from django.urls import reverse

from accounts.models import User
from cases.information.expiring import expire_requests
from cases.information.verbs import ask_for_information
from cases.models import InformationRequest, Matter, MatterKind, MatterState
from municipalities.models import Municipality, Unit
from testing.clock import at
from testing.factories import make_client, make_matter
from testing.people import SignIn

LIMIT = datetime.date(2018, 11, 27)


@pytest.fixture
def application(kuopio: Municipality, aino: User, southern: Unit) -> Matter:
    return make_matter(
        make_client(kuopio, family_name="Ylämalli"),
        arrived=datetime.date(2018, 11, 5),
        assignee=aino,
        unit=southern,
        state=MatterState.IN_PROGRESS,
    )


def address(name: str, matter: Matter) -> str:
    return reverse(f"matter_{name}", kwargs={"code": "297", "pk": matter.pk})


def opened(matter: Matter, word: str = "") -> str:
    return f"/297/tyojono/?avoin={matter.pk}&teko={word}"


def test_each_line_is_one_thing_and_both_clocks_are_shown(aino: User, application: Matter, signed_in: SignIn) -> None:
    browser = signed_in(aino)
    assert 'name="items"' in browser.get(opened(application, "pyyda")).content.decode()
    values = {"version": application.version, "items": "Vuokrasopimus\n\nTiliote", "limit": "27.11.2018"}
    page = browser.post(address("ask", application), values, follow=True).content.decode()
    assert InformationRequest.objects.get().items == ["Vuokrasopimus", "Tiliote"]
    assert 'id="pyydetty"' in page
    assert "pe 7.12." in page


def test_an_empty_list_comes_back_with_the_rest_of_the_text(aino: User, application: Matter, signed_in: SignIn) -> None:
    values = {"version": application.version, "items": " ", "note": "Hei Tauno", "limit": "27.11.2018"}
    answer = signed_in(aino).post(address("ask", application), values)
    assert answer.status_code == 422
    assert "Hei Tauno" in answer.content.decode()


def test_only_an_application_offers_it(aino: User, kuopio: Municipality, signed_in: SignIn) -> None:
    need = make_matter(make_client(kuopio), MatterKind.SOCIAL_WORK_NEED, assignee=aino)
    assert 'name="items"' not in signed_in(aino).get(opened(need, "pyyda")).content.decode()


def test_the_arrival_and_the_withdrawal_are_offered_while_it_waits(
    aino: User, application: Matter, signed_in: SignIn
) -> None:
    browser = signed_in(aino)
    assert 'name="came_on"' not in browser.get(opened(application, "tiedot")).content.decode()
    ask_for_information(aino, application, ["Tiliote"], LIMIT)
    assert 'name="came_on"' in browser.get(opened(application, "tiedot")).content.decode()
    values = {"version": application.version, "came_on": "13.11.2018"}
    assert browser.post(address("information", application), values).status_code == 302
    assert InformationRequest.objects.get().state == "answered"
    application.refresh_from_db()
    browser.post(address("withdraw_request", application), {"version": application.version})
    assert InformationRequest.objects.get().state == "answered"


def test_a_time_that_ran_out_stands_on_today_until_it_is_decided(
    aino: User, eetu: User, application: Matter, signed_in: SignIn
) -> None:
    ask_for_information(aino, application, ["Tiliote"], LIMIT)
    with at(datetime.date(2018, 11, 28)):
        expire_requests()
        page = signed_in(aino).get("/297/").content.decode()
        assert "Tiedoille annettu aika on päättynyt" in page
        assert "Tiedoille annettu aika on päättynyt" not in signed_in(eetu).get("/297/").content.decode()
