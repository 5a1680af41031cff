"""The page of the municipality's figures for a period, and its tables as files."""

import datetime

import pytest

from accounts.models import User
from cases.models import MatterKind
from municipalities.models import Municipality
from testing.clock import TODAY
from testing.factories import make_client, make_matter
from testing.people import SignIn

DAY = datetime.date(2018, 10, 12)


@pytest.mark.parametrize("period", ["2018-13", "x", "2018-Q9"])
def test_an_unknown_period_is_said_and_the_page_shown(
    period: str, kuopio: Municipality, kaisa: User, signed_in: SignIn
) -> None:
    response = signed_in(kaisa).get("/297/kunta/", {"jakso": period})
    assert response.status_code == 200
    assert response.context["asked"].chosen.errors.keys() == {"jakso"}
    assert 'id="jakso-error"' in response.content.decode()


def test_a_period_that_is_not_over_says_so(kuopio: Municipality, kaisa: User, signed_in: SignIn) -> None:
    make_matter(make_client(kuopio), MatterKind.APPLICATION, DAY)
    browser = signed_in(kaisa)
    running = f"/297/kunta/?jakso={TODAY:%Y-%m}"
    assert "on vielä kesken" in browser.get(running).content.decode()
    assert "on vielä kesken" not in browser.get("/297/kunta/?jakso=2018-10").content.decode()


def test_the_table_downloads_as_csv(kuopio: Municipality, kaisa: User, signed_in: SignIn) -> None:
    for day in (DAY, datetime.date(2018, 9, 3)):
        make_matter(make_client(kuopio), MatterKind.APPLICATION, day)
    response = signed_in(kaisa).get("/297/kunta/notices_by_type.csv?jakso=2018-10")
    assert response["Content-Type"].startswith("text/csv")
    assert "notices_by_type-297-2018-10.csv" in response["Content-Disposition"]
    assert "Hakemus;1;100,0;1;100,0" in response.content.decode()
