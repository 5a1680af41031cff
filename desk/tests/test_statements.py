"""How many statements each page sends, every one counted, with every part of the page filled."""

import pytest
from django.utils import timezone

from accounts.models import User
from desk.tests.filled import fill
from municipalities.models import Municipality
from testing.people import QueryCount, SignIn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tuesday")]


@pytest.mark.parametrize(
    ("page", "ceiling"),
    [
        pytest.param("/297/tyojono/?avoin={matter}", 33, id="the whole page of an open matter"),
        pytest.param("/297/tyojono/", 17, id="queue"),
    ],
)
def test_a_page_keeps_its_ceiling(
    kuopio: Municipality,
    tampere: Municipality,
    aino: User,
    olli: User,
    signed_in: SignIn,
    query_count: QueryCount,
    page: str,
    ceiling: int,
) -> None:
    client, matter = fill(kuopio, aino, tampere, timezone.localtime())
    browser = signed_in(aino)
    address = page.format(client=client.pk, matter=matter.pk)
    assert browser.get(address).status_code == 200
    assert query_count(lambda: browser.get(address)) <= ceiling
