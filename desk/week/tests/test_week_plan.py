"""A Monday's peak is a plan for the week: an even pace, and what has nobody shared out."""

import datetime
from collections import Counter

import pytest

from accounts.models import User
from cases.models import Client, Matter, MatterKind
from core.row_security import set_scope
from desk.week.plan import share_out, week_plan, working_days_from
from municipalities.models import Municipality
from testing.clock import TODAY
from testing.factories import make_client, make_matter
from testing.people import SignIn


@pytest.fixture
def peak(kuopio: Municipality) -> Client:
    """Of one client thirty applications that are due on Monday, and one that was due yesterday."""
    client = make_client(kuopio)
    for _ in range(30):
        make_matter(client, arrived=datetime.date(2018, 11, 8))
    make_matter(client, arrived=datetime.date(2018, 11, 1))
    return client


def test_seven_working_days_pass_over_the_weekend() -> None:
    days = working_days_from(TODAY)
    assert (days[0], days[-1], len(days)) == (TODAY, datetime.date(2018, 11, 21), 7)


def test_a_peak_is_spread_over_the_days_before_it(peak: Client) -> None:
    plan = week_plan(Matter.objects.all(), TODAY)
    assert (plan.late, plan.total, plan.free) == (1, 31, 31)
    assert [day.due for day in plan.days] == [0, 0, 0, 0, 30, 0, 0]
    assert [day.pace for day in plan.days] == [7, 6, 6, 6, 6, 0, 0]


def test_the_page_links_each_number_to_its_rows(signed_in: SignIn, sirkka: User, peak: Client) -> None:
    browser = signed_in(sirkka)
    page = browser.get("/297/tyojono/viikko/").content.decode()
    address = "/297/tyojono/?nakyma=vapaat&amp;aika=2018-11-19"
    assert f'href="{address}">30</a>' in page
    rows = browser.get(address.replace("&amp;", "&")).content.decode()
    assert "<title>(30) Työjono" in rows


def test_what_is_on_hold_is_due_but_not_free(kuopio: Municipality) -> None:
    make_matter(make_client(kuopio), MatterKind.LONG_UNEMPLOYED, arrived=datetime.date(2018, 11, 1), held_since=TODAY)
    plan = week_plan(Matter.objects.all(), TODAY)
    assert (plan.total, plan.free) == (1, 0)


def test_sharing_asks_first_and_then_gives_each_as_many(
    signed_in: SignIn, sirkka: User, aino: User, eetu: User, peak: Client
) -> None:
    set_scope([297])
    Matter.objects.filter(pk__in=list(Matter.objects.values_list("pk", flat=True)[:5])).update(assignee=aino)
    browser = signed_in(sirkka)
    asked = {"people": [aino.pk, eetu.pk], "how_many": 21}
    page = browser.post("/297/tyojono/viikko/", asked)
    assert "Jaetaanko 21 asiaa?" in page.content.decode()
    set_scope([297])
    assert Matter.objects.filter(assignee=eetu).count() == 0
    browser.post("/297/tyojono/viikko/", asked | {"vahvista": "1"})
    set_scope([297])
    assert Counter(Matter.objects.values_list("assignee", flat=True)) == {aino.pk: 13, eetu.pk: 13, None: 5}
    assert not Matter.objects.filter(assignee=None, due=datetime.date(2018, 11, 12)).exists()


def test_sharing_with_nobody_is_refused_beside_the_field(signed_in: SignIn, sirkka: User, peak: Client) -> None:
    page = signed_in(sirkka).post("/297/tyojono/viikko/", {"how_many": 3})
    assert page.status_code == 422
    assert "Valitse ainakin yksi henkilö." in page.content.decode()


def test_a_worker_sees_the_plan_but_shares_nothing(signed_in: SignIn, aino: User, eetu: User, peak: Client) -> None:
    browser = signed_in(aino)
    assert "Tasainen tahti" in browser.get("/297/tyojono/viikko/").content.decode()
    browser.post("/297/tyojono/viikko/", {"people": [eetu.pk], "how_many": 3, "vahvista": "1"})
    set_scope([297])
    assert not Matter.objects.filter(assignee=eetu).exists()


def test_shares_level_what_people_have_already(peak: Client, aino: User, eetu: User) -> None:
    matters = list(Matter.objects.order_by("pk")[:4])
    shared = share_out(matters, [aino, eetu], {aino.pk: 3})
    assert [person.name for _matter, person in shared] == [eetu.name, eetu.name, eetu.name, aino.name]
