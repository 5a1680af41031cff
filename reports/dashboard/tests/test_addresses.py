"""The addresses of the rows behind numbers: each that a page writes is read back, any other is no page."""

import datetime
import re
from urllib.parse import quote

import pytest
from django.http import Http404
from django.urls import resolve, reverse

from accounts.models import User
from core.periods import Period
from municipalities.models import Municipality, Unit
from reports.dashboard.addresses import SHOWN_ON, asked_rows, rows_address
from reports.dashboard.asked import TABS
from reports.dashboard.chosen import Chosen
from reports.figures.registry import LISTINGS
from reports.flows.ages import AgeGroup
from reports.flows.among import WITHOUT_UNIT, Among
from reports.tests.making import fill, spread_over
from testing.people import SignIn

DAY = datetime.date(2018, 12, 20)
HOSTILE = [
    "nothing/all",
    "__class__/all",
    "open_matters/new.400",
    "open_matters/new.",
    "open_matters/.0-7",
    "open_matters/%00",
    "open_matters/all%0A",
    "open_matters/ALL",
    "open_matters/" + "9" * 3000,
    "deadlines_kept/decide.x",
    "deadlines_kept/decide.late.late",
    "notices_by_type/discussion",
    "answers/application.decided",
    "goals/%00",
    "goals/nobody_has_this",
    "goals/" + quote("' OR 1=1 --"),
    "all_goals/" + quote("\N{GRINNING FACE}"),
    "held/law",
]


@pytest.mark.parametrize("address", HOSTILE, ids=range(len(HOSTILE)))
def test_an_address_of_no_rows_is_no_page_and_says_so(
    address: str, kuopio: Municipality, sirkka: User, signed_in: SignIn
) -> None:
    answer = signed_in(sirkka).get(f"/297/kunta/{address}/")
    assert answer.status_code == 404
    assert "Sivua ei löytynyt" in answer.content.decode()


def test_a_table_of_no_figure_is_no_page(kuopio: Municipality, kaisa: User, signed_in: SignIn) -> None:
    """The four questions open rows and have no table."""
    browser = signed_in(kaisa)
    assert [browser.get(f"/297/kunta/{name}.csv").status_code for name in ("nothing", "held")] == [404, 404]


@pytest.mark.parametrize("name", sorted(LISTINGS))
def test_every_address_that_is_written_is_read_back(name: str, kuopio: Municipality) -> None:
    chosen = Chosen(Period.parse_key("2018-Q4"), Among(WITHOUT_UNIT, AgeGroup.UNDER_40))
    for key in LISTINGS[name].keys.every():
        path, _mark, query = rows_address(kuopio, name, key, chosen).partition("?")
        assert query == "jakso=2018-Q4&yksikko=ei&ika=25-39"
        found = resolve(path)
        assert path == reverse("figure_rows", kwargs={"code": "297", "name": name, "key": str(key)})
        assert asked_rows(found.kwargs["name"], found.kwargs["key"]) == (LISTINGS[name], key)


def test_what_is_read_says_in_words_that_there_is_no_such_page(db: None) -> None:
    for name, text in (("nothing", "all"), ("reach", "nothing")):
        with pytest.raises(Http404, match="Sivua ei ole"):
            asked_rows(name, text)


@pytest.mark.at(DAY)
def test_every_link_of_every_tab_opens_as_many_rows_as_its_number(
    kuopio: Municipality, aino: User, sirkka: User, signed_in: SignIn
) -> None:
    fill(kuopio, aino, DAY)
    browser = signed_in(sirkka)
    links: dict[str, int] = {}
    for tab in TABS:
        page = browser.get(reverse(tab, kwargs={"code": "297"})).content.decode()
        links |= {
            address: int(number)
            for address, number in re.findall(r'<a href="(/297/kunta/[\w.-]+/[\w.-]+/\?jakso=[^"]+)">(\d+)</a>', page)
        }
    assert {address.split("/")[3] for address in links} == set(LISTINGS)
    for address, number in links.items():
        assert browser.get(address.replace("&amp;", "&")).context["total"] == number, address


@pytest.mark.at(DAY)
def test_the_links_of_a_tab_keep_its_filters_and_lead_back_to_it(
    kuopio: Municipality, aino: User, sirkka: User, southern: Unit, signed_in: SignIn
) -> None:
    fill(kuopio, aino, DAY)
    spread_over(kuopio, southern)
    browser, query = signed_in(sirkka), f"jakso=2018-11_2018-12&yksikko={southern.pk}"
    for tab in TABS:
        here = reverse(tab, kwargs={"code": "297"})
        page = browser.get(f"{here}?{query}").content.decode().replace("&amp;", "&")
        links = re.findall(r'href="(/297/kunta/[^"]*)"', page)
        elsewhere = ("/297/kunta/kysymykset/", "/297/kunta/julkaistut/")
        own = [link for link in links if not link.startswith(elsewhere) and link != "/297/kunta/"]
        assert own
        assert all(link.endswith(f"?{query}") for link in own), tab
        for link in own:
            if ".csv" not in link and link.count("/") > 4:
                back = browser.get(link).context["back_url"]
                assert back.startswith(f"{here}?{query}#"), link
                break


def test_every_list_belongs_to_a_tab() -> None:
    assert set(SHOWN_ON) == set(LISTINGS)
    assert set(SHOWN_ON.values()) == set(TABS)
