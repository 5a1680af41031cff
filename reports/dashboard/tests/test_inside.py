"""What the municipality's pages say of themselves, whom they show numbers, and what may be taken along."""

import datetime
from typing import Final

import pytest
from django.urls import reverse

from accounts.models import User
from cases.models import AccessLog, Appointment, Deadline, Matter, MatterKind
from cases.models.access_log import Looked
from cases.models.deadline import Duty
from municipalities.models import Municipality, Unit
from reports.dashboard.asked import TABS
from reports.figures.registry import FIGURES, LISTINGS
from reports.tests.making import fill, record_goals, spread_over
from testing.clock import NOW
from testing.factories import make_client, make_matter
from testing.people import SignIn

DAY: Final = datetime.date(2018, 12, 20)
OCTOBER: Final = datetime.date(2018, 10, 12)
CODE: Final = {"code": "297"}


def every_page() -> list[str]:
    tabs = [reverse(tab, kwargs=CODE) for tab in TABS]
    return tabs + [reverse("figure_rows", kwargs=CODE | {"name": name, "key": "all"}) for name in LISTINGS]


@pytest.mark.at(DAY)
def test_every_page_of_live_numbers_says_that_they_are_for_internal_use(
    kuopio: Municipality, aino: User, sirkka: User, signed_in: SignIn
) -> None:
    fill(kuopio, aino, DAY)
    browser = signed_in(sirkka)
    for address in every_page():
        page = browser.get(address).content.decode()
        assert "Sisäiseen käyttöön" in page, address
        assert "peitetty" not in page, address


def test_whoever_does_not_work_with_clients_here_sees_no_live_number(
    kuopio: Municipality, paula: User, tutki: User, olli: User, signed_in: SignIn
) -> None:
    for user in (paula, tutki, olli):
        browser = signed_in(user)
        assert {browser.get(address).status_code for address in every_page()} <= {403, 404}, user


@pytest.mark.at(DAY)
def test_each_tab_has_its_own_heading_and_title(
    kuopio: Municipality, aino: User, kaisa: User, signed_in: SignIn
) -> None:
    fill(kuopio, aino, DAY)
    browser = signed_in(kaisa)
    pages = [browser.get(reverse(tab, kwargs=CODE)).content.decode() for tab in TABS]
    titles = [page[page.index("<title>") : page.index("</title>")] for page in pages]
    heads = [page[page.index("<h1>") : page.index("</h1>")] for page in pages]
    assert len(set(titles)) == len(set(heads)) == len(TABS)
    for (tab, words), title, head in zip(TABS.items(), titles, heads, strict=True):
        assert str(words) in title, tab
        assert str(words) in head, tab


@pytest.mark.at(DAY)
def test_what_tells_of_clients_traits_is_given_as_no_table(
    kuopio: Municipality, aino: User, sirkka: User, signed_in: SignIn
) -> None:
    fill(kuopio, aino, DAY)
    browser = signed_in(sirkka)
    # an address of such a table leads to the published numbers, where there are any
    led = 302
    for name, figure in FIGURES.items():
        table = reverse("figure_csv", kwargs=CODE | {"name": name})
        rows = reverse("figure_rows_csv", kwargs=CODE | {"name": name, "key": "all"})
        given = [led, 404] if figure.by_traits else [200, 200]
        assert [browser.get(address).status_code for address in (table, rows)] == given, name
        assert [browser.get(f"{address}?ika=25-39").status_code for address in (table, rows)] == [led, 404], name


@pytest.mark.at(DAY)
def test_a_page_of_an_age_offers_no_table(kuopio: Municipality, aino: User, kaisa: User, signed_in: SignIn) -> None:
    fill(kuopio, aino, DAY)
    browser = signed_in(kaisa)
    for tab in TABS:
        assert ".csv" not in browser.get(f"{reverse(tab, kwargs=CODE)}?ika=25-39").content.decode(), tab


@pytest.mark.at(DAY)
def test_no_list_names_a_worker(
    kuopio: Municipality, aino: User, sirkka: User, southern: Unit, signed_in: SignIn
) -> None:
    """From a list with the workers' names one would count how late each of them is."""
    fill(kuopio, aino, DAY)
    spread_over(kuopio, southern)
    browser = signed_in(sirkka)
    for name in LISTINGS:
        page = browser.get(reverse("figure_rows", kwargs=CODE | {"name": name, "key": "all"})).content.decode()
        assert aino.name not in page, name


@pytest.fixture
def late(kuopio: Municipality, southern: Unit) -> list[Deadline]:
    """In time, within the outer limit, late, and late by a target of one's own without being met."""
    made = []
    for place in range(4):
        matter = make_matter(make_client(kuopio, family_name=f"Malli{place}"), arrived=OCTOBER, unit=southern)
        made.append(matter.deadlines.get())
    due, days = made[0].due, datetime.timedelta
    for deadline, met, outer in ((made[0], due, due), (made[1], due + days(1), due + days(1))):
        Deadline.objects.filter(pk=deadline.pk).update(met_on=met, outer=outer)
    Deadline.objects.filter(pk=made[2].pk).update(met_on=due + days(5))
    Deadline.objects.filter(pk=made[3].pk).update(local=True)
    return made


def test_the_list_of_missed_deadlines_tells_duty_days_lateness_and_law_apart(
    late: list[Deadline], kuopio: Municipality, sirkka: User, signed_in: SignIn
) -> None:
    browser = signed_in(sirkka)
    address = "/297/kunta/deadlines_kept/decide.ended/?jakso=2018-10"
    table = browser.get(address).context["rows"]
    found = {cells[0][1].words: [cell.words for _head, cell in cells[3:]] for cells in table}
    days_unmet = (datetime.date(2018, 11, 13) - late[3].due).days
    rows = {one.pk: found[str(one.matter_id)] for one in late}
    assert [row[0] for row in rows.values()] == ["Eteläinen tiimi"] * 4
    assert {row[1] for row in rows.values()} == {str(Duty.DECIDE.label)}
    assert [row[4:] for row in rows.values()] == [
        ["–", "ajoissa", "laki"],
        ["1", "myöhässä, ulkorajan sisällä", "laki"],
        ["5", "myöhässä", "laki"],
        [str(days_unmet), "myöhässä", "oma tavoite"],
    ]
    assert rows[late[3].pk][3] == "ei täyttynyt"


def test_the_table_of_a_list_says_what_the_list_says_under_the_name_of_the_number(
    late: list[Deadline], kuopio: Municipality, sirkka: User, signed_in: SignIn
) -> None:
    make_matter(make_client(kuopio, restricted=True), arrived=OCTOBER)
    browser = signed_in(sirkka)
    response = browser.get("/297/kunta/deadlines_kept/decide.ended.csv?jakso=2018-10")
    lines = response.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Määräajat tyypeittäin: Hakemus, päättyneet (5 riviä)"
    assert lines[1:3] == ["Kuopio", "lokakuu 2018"]
    assert lines[3].startswith("Sisäiseen käyttöön")
    assert lines[4].startswith("1 niistä koskee rajoitettua asiakasta")
    assert lines[6].split(";") == [
        "Viite",
        "Asia",
        "Asiakas",
        "Yksikkö",
        "Velvollisuus",
        "Määräaika",
        "Täyttyi",
        "Päiviä myöhässä",
        "Miten on",
        "Laki vai oma tavoite",
    ]
    assert len(lines) == 7 + 4
    assert any("myöhässä, ulkorajan sisällä;laki" in line for line in lines)
    logged = AccessLog.objects.get(action=Looked.EXPORTED)
    assert set(logged.client_ids) == {one.matter.client_id for one in late}


def test_the_coordinator_gets_rows_without_names_in_a_table_too(
    late: list[Deadline], kuopio: Municipality, kaisa: User, signed_in: SignIn
) -> None:
    text = signed_in(kaisa).get("/297/kunta/deadlines_kept/all.ended.csv?jakso=2018-10").content.decode()
    assert "Malli" not in text
    assert str(late[0].matter_id) in text


def test_who_has_no_own_worker_is_listed_with_reference_unit_and_days(
    kuopio: Municipality, aino: User, kaisa: User, southern: Unit, signed_in: SignIn
) -> None:
    client = make_client(kuopio)
    client.cases.create(municipality=kuopio, unit=southern, opened_by=aino, opened_at="2018-11-01T12:00Z")
    (row,) = signed_in(kaisa).get("/297/kunta/no_own_worker/all/").context["rows"]
    assert [cell.words for _head, cell in row] == [str(client.pk), "ei näytetä", "Eteläinen tiimi", "to 1.11.", "12"]


@pytest.mark.at("2018-06-20 09:00")
def test_what_is_late_but_within_the_outer_limit_is_told_apart(
    kuopio: Municipality, aino: User, sirkka: User, signed_in: SignIn
) -> None:
    matter = make_matter(make_client(kuopio), MatterKind.APPLICATION, datetime.date(2018, 6, 1))
    yesterday = datetime.date(2018, 6, 19)
    Deadline.objects.filter(matter=matter).update(due=yesterday, outer=datetime.date(2018, 6, 20))
    Matter.objects.filter(pk=matter.pk).update(due=yesterday)
    (row,) = signed_in(sirkka).get("/297/kunta/late/all/").context["rows"]
    assert [cell.words for _head, cell in row][-3:] == ["1", "myöhässä, ulkorajan sisällä", "laki"]


def test_closed_matters_without_a_contact_are_not_said_to_wait_for_one(
    kuopio: Municipality, aino: User, sirkka: User, signed_in: SignIn
) -> None:
    make_matter(make_client(kuopio), MatterKind.APPLICATION, OCTOBER)
    for _ in range(2):
        matter = make_matter(make_client(kuopio), MatterKind.APPLICATION, OCTOBER)
        Matter.objects.filter(pk=matter.pk).update(state="closed", outcome="wrong_or_withdrawn", closed_at=NOW)
    browser = signed_in(sirkka)
    page = browser.get("/297/kunta/nopeus/?jakso=2018-10").content.decode()
    assert "ei vielä" not in page.lower()
    assert "Ei yhteyttä" in page
    assert "suljettu:" in page
    for name in ("first_contact", "first_reached"):
        lists = [f"/297/kunta/{name}/all.{key}/?jakso=2018-10" for key in ("none", "closed")]
        assert [browser.get(address).context["total"] for address in lists] == [3, 2]


def test_appointments_that_the_office_cancelled_are_not_said_not_to_have_passed(
    kuopio: Municipality, aino: User, kaisa: User, signed_in: SignIn
) -> None:
    matter = make_matter(make_client(kuopio), arrived=OCTOBER)
    Appointment.objects.create(
        municipality=kuopio,
        client=matter.client,
        matter=matter,
        worker=aino,
        by=aino,
        at="2018-10-15T12:00Z",
        state="cancelled_by_office",
    )
    page = signed_in(kaisa).get("/297/kunta/tavoittaminen/?jakso=2018-10").content.decode()
    assert "jota toimisto ei olisi perunut" in page


def test_a_goal_of_one_client_is_a_one(kuopio: Municipality, aino: User, kaisa: User, signed_in: SignIn) -> None:
    record_goals(make_client(kuopio), aino, OCTOBER, "debts")
    page = signed_in(kaisa).get("/297/kunta/tavoitteet/?jakso=2018-10").content.decode()
    assert "(N = 1)" in page
    assert "alle 5" not in page
