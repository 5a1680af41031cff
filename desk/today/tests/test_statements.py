"""How many statements Today sends, every one counted, with every section filled."""

import pytest

from accounts.models import User
from core.row_security import set_scope
from desk.tests.filled_today import Filling
from desk.tests.many import multiply
from municipalities.models import Municipality
from testing.clock import NOW
from testing.people import QueryCount, SignIn

pytestmark = pytest.mark.django_db

CEILING = 20
DOUBLINGS = 6
"""Sixty-four of each row, a thousand matters: more of each than its list shows."""
SECTIONS = (
    "maaraajat",
    "hiljaa",
    "kumppanit-hiljaa",
    "tapaamiset",
    "uudet",
    "odottaa",
    "jai-auki",
    "kesken",
    "sovitut",
    "kysymykset",
)
FOR_A_SUPERVISOR = ('id="vapaat"', "Rajat")


@pytest.mark.parametrize("name", ["aino", "sirkka"])
def test_today_keeps_the_ceiling_with_one_of_each_and_with_a_thousand(
    request: pytest.FixtureRequest,
    kuopio: Municipality,
    tampere: Municipality,
    eetu: User,
    signed_in: SignIn,
    query_count: QueryCount,
    name: str,
) -> None:
    who: User = request.getfixturevalue(name)
    Filling(kuopio, who, eetu, NOW).whole(tampere)
    browser = signed_in(who)
    html = browser.get("/297/").content.decode()
    assert [section for section in SECTIONS if f'id="{section}"' not in html] == []
    assert [words in html for words in FOR_A_SUPERVISOR] == [name == "sirkka"] * 2
    assert "Toisesta kunnasta tullut asia odottaa vastausta." in html
    one = query_count(lambda: browser.get("/297/"))
    set_scope([kuopio.pk])
    multiply(kuopio, DOUBLINGS)
    assert one <= CEILING
    # no more, and one fewer when nobody of the longest silent was ever reached
    assert query_count(lambda: browser.get("/297/")) <= one
