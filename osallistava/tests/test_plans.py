"""Every list is served by an index under row security: no plan reads a whole table of the clients."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from municipalities.models import Municipality
from osallistava.tests.permission_matrix import example_kwargs
from testing.factories import make_client, make_matter
from testing.people import SignIn

SECURED = re.compile(r'FROM "(cases|etotu|avain|records)_|JOIN "(cases|etotu|avain|records)_')
WHOLE_TABLE = re.compile(r"Seq Scan on ((?:cases|etotu|avain|records)_\w+)")
SMALL_BY_NATURE = {"etotu_batch", "etotu_batchshare"}
"""A row for a received file: thousands, never millions."""

SEARCH = "/297/asiakkaat/"
LISTS = [
    ("aino", "/297/"),
    ("sirkka", "/297/"),
    ("aino", "/297/tyojono/"),
    ("sirkka", "/297/tyojono/"),
    ("aino", "/297/tyojono/?nakyma=pidossa"),
    ("aino", "/297/tyojono/?tila=suljetut"),
    ("aino", "/297/tyojono/?jarjestys=nimi"),
    ("aino", "/297/luovutukset/"),
    ("aino", "/297/siirrot/"),
    ("sirkka", "/297/siirrot/?suunta=lahetetyt&tila=hyvaksytty"),
    ("sirkka", "/297/tyojono/viikko/"),
    ("aino", "/297/kirjeet/"),
    ("aino", "/297/kirjeet/?nakyma=vastaamatta"),
    ("aino", "/297/kirjeet/?nakyma=lahetetyt"),
    ("sirkka", "/297/luovutukset/?tila=kaikki"),
    ("paula", "/297/yllapito/kumppanit/"),
    ("sirkka", "/297/kunta/"),
    ("kaisa", "/297/kunta/nopeus/"),
    ("sirkka", "/297/kunta/tavoittaminen/"),
    ("kaisa", "/297/kunta/maaraajat/"),
    ("sirkka", "/297/kunta/tavoitteet/"),
    ("sirkka", "/297/kunta/?yksikko=ei&ika=25-39"),
    ("kaisa", "/297/kunta/maaraajat/?yksikko=ei&ika=25-39"),
    ("sirkka", "/297/kunta/tavoitteet/?yksikko=ei&ika=25-39"),
    ("kaisa", "/297/kunta/deadlines_kept/all.late.csv"),
    ("kaisa", "/297/kunta/notices_by_type/all/"),
    ("kaisa", "/297/kunta/first_contact/all.none/"),
    ("sirkka", "/297/kunta/attendance/all/"),
    ("kaisa", "/297/kunta/silent/all/"),
    ("kaisa", "/297/kunta/late/law/"),
    ("sirkka", "/297/kunta/open_matters/all/"),
    ("sirkka", "/297/kunta/deadlines_kept/all/"),
    ("sirkka", "/297/kunta/goals/all/"),
    ("aino", SEARCH),
    ("paula", "/297/erat/"),
    ("paula", "/297/erat/korjattavat/"),
    ("paula", "/297/erat/korjattavat/?tila=valmiit"),
    ("paula", "/297/erat/korjattavat/?tila=kasitellyt"),
    ("paula", "/297/yllapito/koodistot/"),
    ("paula", "/297/yllapito/saannot/"),
]


def whole_tables(open_page: Callable[[], object]) -> set[str]:
    """The tables of the clients that a page's queries would read from end to end, whatever indexes there are."""
    with CaptureQueriesContext(connection) as captured:
        open_page()
    found: set[str] = set()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for query in captured.captured_queries:
            if query["sql"].startswith("SELECT") and SECURED.search(query["sql"]):
                cursor.execute("EXPLAIN " + query["sql"].replace("%", "%%"), [])
                found |= set(WHOLE_TABLE.findall("\n".join(str(line) for (line,) in cursor.fetchall())))
        cursor.execute("SET LOCAL enable_seqscan = on")
    return found - SMALL_BY_NATURE


@pytest.mark.parametrize(("person", "address"), LISTS)
def test_a_list_reads_no_whole_table(
    person: str, address: str, request: pytest.FixtureRequest, kuopio: Municipality, signed_in: SignIn
) -> None:
    user: User = request.getfixturevalue(person)
    for _ in range(3):
        make_matter(make_client(kuopio), assignee=user)
    browser = signed_in(user)
    assert whole_tables(lambda: browser.get(address)) == set()


def test_the_search_reads_no_whole_table(kuopio: Municipality, aino: User, signed_in: SignIn) -> None:
    make_matter(make_client(kuopio, family_name="Näytekoski"))
    browser = signed_in(aino)
    shown: list[str] = []
    assert whole_tables(lambda: shown.append(browser.post(SEARCH, {"q": "näyte"}).content.decode())) == set()
    assert "Näytekoski" in shown[0]


def test_the_page_of_a_client_reads_no_whole_table(kuopio: Municipality, aino: User, signed_in: SignIn) -> None:
    kwargs = example_kwargs(kuopio, aino)["client"]
    browser = signed_in(aino)
    assert whole_tables(lambda: browser.get(f"/297/asiakkaat/{kwargs['pk']}/")) == set()
