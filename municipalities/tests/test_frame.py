"""The frame of a page offers what the person may open here, and nothing else."""

from django.test import RequestFactory

from accounts.models import User
from municipalities.access import access_of
from municipalities.context import frame
from municipalities.models import Membership, Municipality, Role


def framed(user: User, municipality: Municipality, path: str = "/297/") -> dict[str, object]:
    request = RequestFactory().get(path)
    request.user = user
    request.municipality = municipality  # type: ignore[attr-defined]
    request.access = access_of(user, municipality)  # type: ignore[attr-defined]
    return frame(request)


def pages(context: dict[str, object]) -> list[str]:
    return [page["name"] for page in context["nav"]]  # type: ignore[attr-defined]


def test_a_social_worker_goes_to_casework_and_the_municipality(aino: User, kuopio: Municipality) -> None:
    assert pages(framed(aino, kuopio)) == ["today", "queue", "client_search", "dashboard"]


def test_a_coordinator_sees_no_page_of_clients(kaisa: User, kuopio: Municipality) -> None:
    assert "client_search" not in pages(framed(kaisa, kuopio))


def test_the_page_one_is_on_is_marked_once(aino: User, kuopio: Municipality) -> None:
    nav = framed(aino, kuopio, "/297/tyojono/")["nav"]
    assert [page["name"] for page in nav if page["current"]] == ["queue"]  # type: ignore[attr-defined]


def test_one_municipality_needs_no_switch(aino: User, kuopio: Municipality) -> None:
    assert framed(aino, kuopio)["places"] == []


def test_the_switch_leads_to_the_first_page_of_each_role(
    aino: User, kuopio: Municipality, tampere: Municipality
) -> None:
    Membership.objects.create(user=aino, municipality=tampere, role=Role.COORDINATOR, starts="2018-01-01")
    places = framed(aino, kuopio)["places"]
    assert {place["municipality"].code: place["url"] for place in places} == {  # type: ignore[attr-defined]
        "297": "/297/",
        "837": "/837/kunta/",
    }
