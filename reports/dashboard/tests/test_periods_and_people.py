"""The filters of the municipality's pages: periods of which there is data, months of one's own choice, unit and age."""

import datetime
from typing import Final

import pytest
from django.urls import reverse

from accounts.models import User
from cases.models import MatterKind
from municipalities.models import Municipality, Unit
from reports.dashboard.asked import TABS
from testing.factories import make_client, make_matter
from testing.people import SignIn

OCTOBER: Final = datetime.date(2018, 10, 12)
NEED: Final = MatterKind.SOCIAL_WORK_NEED


@pytest.fixture
def notices(kuopio: Municipality, southern: Unit) -> None:
    """One in each month from March to October, of a person of 25 and of the unit in the even months."""
    for month in range(3, 11):
        even = month % 2 == 0
        client = make_client(kuopio, birth_date=datetime.date(1993 if even else 1950, 1, 1))
        make_matter(client, NEED, datetime.date(2018, month, 12), unit=southern if even else None)


def total(page: object) -> int:
    return sum(row.total for row in page.context["answer_table"])  # type: ignore[attr-defined]


def test_only_periods_with_data_are_offered(
    notices: None, kuopio: Municipality, kaisa: User, signed_in: SignIn
) -> None:
    offered = signed_in(kaisa).get("/297/kunta/").context["offered"]
    keys = [[period.key for period in periods] for _words, periods in offered.periods]
    assert keys == [
        [f"2018-{month:02}" for month in range(11, 2, -1)],
        ["2018-Q4", "2018-Q3", "2018-Q2", "2018-Q1"],
        ["2018"],
    ]
    assert offered.months[0].key == "2018-03"


def test_march_to_october_can_be_asked(notices: None, kuopio: Municipality, kaisa: User, signed_in: SignIn) -> None:
    browser = signed_in(kaisa)
    page = browser.get("/297/kunta/?alku=2018-03&loppu=2018-10")
    assert total(page) == 8
    words = page.content.decode()
    assert "Maaliskuu–lokakuu 2018" in words
    assert 'value="2018-03_2018-10" selected' in words
    assert "jakso=2018-03_2018-10" in words, "the links keep it"
    assert total(browser.get("/297/kunta/?jakso=2018-03_2018-10")) == 8


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("alku=2018-10&loppu=2018-03", "loppu"),
        ("alku=2018-10", "loppu"),
        ("alku=x&loppu=2018-10", "alku"),
        ("alku=1990-01&loppu=2018-10", "loppu"),
        ("jakso=2018-13", "jakso"),
        ("jakso=2018-10_2018-03", "jakso"),
    ],
)
def test_what_is_wrong_with_the_months_stands_beside_their_field(
    asked: str, field: str, notices: None, kaisa: User, signed_in: SignIn
) -> None:
    page = signed_in(kaisa).get(f"/297/kunta/?{asked}").content.decode()
    assert f'aria-describedby="{field}-error"' in page
    assert f'id="{field}-error"' in page


def test_unit_and_age_narrow_every_number(
    notices: None, kuopio: Municipality, southern: Unit, kaisa: User, signed_in: SignIn
) -> None:
    browser, year = signed_in(kaisa), "/297/kunta/?jakso=2018"
    assert total(browser.get(year)) == 8
    assert total(browser.get(f"{year}&yksikko={southern.pk}")) == 4
    assert total(browser.get(f"{year}&yksikko=ei")) == 4
    assert total(browser.get(f"{year}&ika=25-39")) == 4
    assert total(browser.get(f"{year}&yksikko=ei&ika=25-39")) == 0
    page = browser.get(f"{year}&yksikko={southern.pk}&ika=25-39").content.decode()
    assert "Eteläinen tiimi, 25–39" in page


def test_an_unknown_unit_or_age_filters_nothing(
    notices: None, tampere: Municipality, kaisa: User, signed_in: SignIn
) -> None:
    elsewhere = Unit.objects.create(municipality=tampere, name="Tampereen tiimi")
    browser = signed_in(kaisa)
    for asked in (f"yksikko={elsewhere.pk}", "yksikko=x", "ika=99", "ika="):
        page = browser.get(f"/297/kunta/?jakso=2018&{asked}")
        assert total(page) == 8
        assert "Tampereen tiimi" not in page.content.decode()


def test_a_unit_is_kept_in_a_table(
    notices: None, kuopio: Municipality, southern: Unit, kaisa: User, signed_in: SignIn
) -> None:
    asked = f"?jakso=2018&yksikko={southern.pk}"
    text = signed_in(kaisa).get(f"/297/kunta/notices_by_type.csv{asked}").content.decode()
    assert "Eteläinen tiimi" in text
    assert "Sosiaalityön tarve;4;100,0" in text


@pytest.mark.parametrize("tab", TABS)
def test_before_the_first_day_there_are_no_data_instead_of_zeros(
    tab: str, notices: None, kuopio: Municipality, kaisa: User, signed_in: SignIn
) -> None:
    browser, address = signed_in(kaisa), reverse(tab, kwargs={"code": "297"})
    before = browser.get(f"{address}?jakso=2018-02").content.decode()
    assert "Ei tietoja jaksolta helmikuu 2018: ensimmäiset ovat ma 12.3." in before
    ahead = browser.get(f"{address}?jakso=2018-12").content.decode()
    assert "Ei tietoja: joulukuu 2018 ei ole alkanut." in ahead


def test_the_period_before_the_first_day_has_no_data_beside_it(
    notices: None, kuopio: Municipality, kaisa: User, signed_in: SignIn
) -> None:
    browser = signed_in(kaisa)
    page = browser.get("/297/kunta/?jakso=2018-03").content.decode()
    assert "ei tietoja</td>" in page
    assert "tietoja on ma 12.3. alkaen" in page
    assert "ei tietoja</td>" not in browser.get("/297/kunta/?jakso=2018-05").content.decode()
    table = browser.get("/297/kunta/notices_by_type.csv?jakso=2018-03").content.decode()
    assert "Sosiaalityön tarve;1;100,0;ei tietoja;" in table


@pytest.mark.parametrize("tab", TABS)
def test_a_municipality_without_anything_says_so(
    tab: str, kuopio: Municipality, kaisa: User, signed_in: SignIn
) -> None:
    page = signed_in(kaisa).get(reverse(tab, kwargs={"code": "297"})).content.decode()
    assert "Tietoja ei ole vielä." in page


@pytest.mark.parametrize("tab", TABS)
def test_a_choice_of_nobody_says_what_it_chose(
    tab: str, notices: None, kuopio: Municipality, northern: Unit, kaisa: User, signed_in: SignIn
) -> None:
    address = f"{reverse(tab, kwargs={'code': '297'})}?jakso=2018-10&yksikko={northern.pk}"
    page = signed_in(kaisa).get(address).content.decode()
    assert "Pohjoinen tiimi" in page
    assert "Yhtään asiaa ei ole avoinna.<" not in page
