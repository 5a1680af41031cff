"""Several matters at once, what is urgent first, and the count that follows the list."""

import datetime
import re

import pytest

from accounts.models import User
from cases.models import AccessLog, Matter, MatterKind
from core.row_security import scope, set_scope
from municipalities.models import Municipality
from testing.factories import make_client, make_matter
from testing.people import SignIn


@pytest.fixture
def three(kuopio: Municipality) -> list[Matter]:
    """Of three clients, free, due one after the other."""
    return [make_matter(make_client(kuopio), arrived=datetime.date(2018, 11, 5 + n)) for n in range(3)]


def holders() -> list[str]:
    set_scope([297])
    return [str(matter.assignee) for matter in Matter.objects.order_by("pk").select_related("assignee")]


def test_the_chosen_are_taken_and_the_others_left(signed_in: SignIn, aino: User, three: list[Matter]) -> None:
    first, second, _third = three
    browser = signed_in(aino)
    answer = browser.post(
        "/297/tyojono/valitut/?nakyma=vapaat", {"teko": "ota", "matter": [first.pk, second.pk, "x"]}, follow=True
    )
    assert "2 asiaa on nyt sinulla." in answer.content.decode()
    assert answer.redirect_chain[0][0] == "/297/tyojono/?nakyma=vapaat"
    assert holders() == [str(aino), str(aino), "None"]


def test_one_that_cannot_be_taken_stops_no_other_and_says_why(
    signed_in: SignIn, aino: User, eetu: User, three: list[Matter]
) -> None:
    Matter.objects.filter(pk=three[0].pk).update(assignee=eetu)
    answer = signed_in(aino).post(
        "/297/tyojono/valitut/", {"teko": "ota", "matter": [m.pk for m in three]}, follow=True
    )
    text = answer.content.decode()
    assert "2 asiaa on nyt sinulla." in text
    assert re.search(rf"1 jäi ennalleen: {eetu.name} on jo ottanut", text)
    assert holders() == [str(eetu), str(aino), str(aino)]


def test_nothing_chosen_says_so(signed_in: SignIn, aino: User) -> None:
    answer = signed_in(aino).post("/297/tyojono/valitut/", {"teko": "ota"}, follow=True)
    assert "Yhtään asiaa ei ole valittu" in answer.content.decode()


def test_the_supervisor_gives_the_chosen_to_one_person(
    signed_in: SignIn, sirkka: User, eetu: User, three: list[Matter]
) -> None:
    browser = signed_in(sirkka)
    ids = [m.pk for m in three[:2]]
    onward = browser.post("/297/tyojono/valitut/", {"teko": "anna", "matter": ids})
    page = browser.get(onward["Location"])
    assert "Anna 2 asiaa työtoverille" in page.content.decode()
    set_scope([297])
    assert AccessLog.objects.filter(page="queue_give").get().client_ids == sorted(m.client_id for m in three[:2])
    refused = browser.post(onward["Location"], {"to": "", "note": "Maanantain ruuhka"})
    assert refused.status_code == 422
    assert "Maanantain ruuhka" in refused.content.decode()
    browser.post(onward["Location"], {"to": eetu.pk, "note": "Maanantain ruuhka"})
    assert holders() == [str(eetu), str(eetu), "None"]


def test_giving_keeps_the_view_and_the_filters(
    signed_in: SignIn, sirkka: User, eetu: User, three: list[Matter]
) -> None:
    browser = signed_in(sirkka)
    chosen = f"/297/tyojono/valitut/?nakyma=vapaat&tyyppi=application&avoin={three[0].pk}"
    onward = browser.post(chosen, {"teko": "anna", "matter": [three[0].pk]})["Location"]
    here = "/297/tyojono/?nakyma=vapaat&tyyppi=application"
    assert f'href="{here.replace("&", "&amp;")}"' in browser.get(onward).content.decode()
    assert browser.post(onward, {"to": eetu.pk, "note": ""})["Location"] == here


def test_matters_of_another_municipality_are_not_among_the_chosen(
    signed_in: SignIn, aino: User, tampere: Municipality
) -> None:
    with scope([837]):
        other = make_matter(make_client(tampere))
    browser = signed_in(aino)
    browser.post("/297/tyojono/valitut/", {"teko": "ota", "matter": [other.pk]})
    assert browser.get(f"/297/tyojono/anna/?matter={other.pk}")["Location"] == "/297/tyojono/"
    with scope([837]):
        assert Matter.objects.get(pk=other.pk).assignee is None


def test_what_is_urgent_stands_first(signed_in: SignIn, aino: User, three: list[Matter]) -> None:
    urgent = make_matter(make_client(three[0].municipality), urgent=True, arrived=datetime.date(2018, 11, 13))
    page = signed_in(aino).get("/297/tyojono/?nakyma=vapaat").content.decode()
    shown = [int(pk) for pk in re.findall(r'<a id="m(\d+)"', page)]
    assert shown == [urgent.pk, *[m.pk for m in three]]


def test_the_count_in_the_title_follows_the_list(signed_in: SignIn, aino: User, three: list[Matter]) -> None:
    browser = signed_in(aino)
    page = browser.get("/297/tyojono/?nakyma=vapaat&tyyppi=application").content.decode()
    assert "<title>(3) Työjono" in page
    address = re.search(r'data-queue-count="([^"]+)"', page)
    assert address
    ask = address[1].replace("&amp;", "&")
    assert browser.get(ask).json() == {"total": 3, "words": ""}
    set_scope([297])
    logged = AccessLog.objects.count()
    make_matter(make_client(three[0].municipality))
    make_matter(make_client(three[0].municipality), kind=MatterKind.IMMIGRANT)
    assert browser.get(ask).json() == {"total": 4, "words": "1 uusi asia on tullut. Näytä"}
    set_scope([297])
    assert AccessLog.objects.count() == logged
