"""Kunta → Published numbers: who reads, who publishes, and what stays as it was published."""

import datetime
import re

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client as Browser
from django.utils import translation

from accounts.models import User
from core.saving import NotPossible
from municipalities.models import Membership, Municipality, Role
from reports.models import Edition
from reports.publishing.nightly import publish_closed
from reports.publishing.periods import read_key
from reports.publishing.tests.making import make_edition
from reports.publishing.verbs import correct, publish
from reports.tests.making import fill, multiply, record_goals
from testing.factories import make_client
from testing.people import QueryCount, SignIn, person

DAY = datetime.date(2018, 12, 20)
LIST, NEW = "/297/kunta/julkaistut/", "/297/kunta/julkaistut/uusi/"
pytestmark = pytest.mark.at("2019-01-15 09:00")


@pytest.fixture
def filled(kuopio: Municipality, aino: User) -> Municipality:
    fill(kuopio, aino, DAY)
    for code, n in (("debts", 20), ("housing", 9), ("mental_health", 3)):
        for _ in range(n):
            record_goals(make_client(kuopio), aino, DAY, code)
    return kuopio


@pytest.fixture
def half(filled: Municipality) -> Edition:
    return publish(None, filled, read_key("2018-H2", filled))[0]


def seen_in(page: str) -> str:
    found = re.search(r'name="seen" value="([0-9a-f]{64})"', page)
    assert found
    return found[1]


def text_of(browser: Browser, address: str) -> str:
    response = browser.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


class TestPublishing:
    def test_the_preview_shows_the_exact_number_beside_what_is_published(
        self, filled: Municipality, kaisa: User, signed_in: SignIn
    ) -> None:
        page = text_of(signed_in(kaisa), f"{NEW}?jakso=2018-H2")
        assert "Sisäiseen käyttöön" in page
        row = page[page.index("Terveys ja päihteet") :]
        assert '<td role="cell" class="num dim" data-label="Sisäisesti">3</td>' in row
        assert '<span class="hidden-n">peitetty</span>' in row
        assert Edition.objects.count() == 0

    def test_what_was_seen_is_published_once_it_is_confirmed(
        self, filled: Municipality, kaisa: User, signed_in: SignIn
    ) -> None:
        browser = signed_in(kaisa)
        seen = seen_in(text_of(browser, f"{NEW}?jakso=2018-H2"))
        answer = browser.post(f"{NEW}?jakso=2018-H2", {"seen": seen})
        assert answer.headers["Location"] == LIST
        edition = Edition.objects.get()
        assert (edition.period, edition.made_by, edition.version) == ("2018-H2", kaisa, 1)
        assert "Kaisa Kuvittelu" in text_of(browser, LIST)

    def test_other_numbers_than_were_seen_are_shown_once_more(
        self, filled: Municipality, kaisa: User, aino: User, signed_in: SignIn
    ) -> None:
        browser = signed_in(kaisa)
        seen = seen_in(text_of(browser, f"{NEW}?jakso=2018-H2"))
        multiply(filled, aino, DAY, 7)
        page = browser.post(f"{NEW}?jakso=2018-H2", {"seen": seen}).content.decode()
        assert "Luvut ovat muuttuneet" in page
        assert Edition.objects.count() == 0
        browser.post(f"{NEW}?jakso=2018-H2", {"seen": seen_in(page)})
        assert Edition.objects.count() == 1

    @pytest.mark.parametrize(("key", "said"), [("2019-01", "ei ole päättynyt"), ("x", "2018-H2")])
    def test_what_cannot_be_published_is_said(
        self, key: str, said: str, filled: Municipality, kaisa: User, signed_in: SignIn
    ) -> None:
        assert said in signed_in(kaisa).get(NEW, {"jakso": key}, follow=True).content.decode()

    def test_a_period_without_data_has_nothing_to_publish(
        self, filled: Municipality, kaisa: User, signed_in: SignIn
    ) -> None:
        page = text_of(signed_in(kaisa), f"{NEW}?jakso=2018-03")
        assert "ei ole tietoja" in page
        assert 'name="seen"' not in page

    def test_periods_since_there_are_data_and_without_an_edition_are_offered(
        self, half: Edition, kaisa: User, signed_in: SignIn
    ) -> None:
        page = text_of(signed_in(kaisa), LIST)
        assert 'value="2018-12"' in page
        assert 'value="2018-H2"' not in page
        assert 'value="2017-12"' not in page
        assert 'value="2019-01"' not in page


class TestWhatWasPublished:
    def test_stays_whatever_happens_later(
        self, half: Edition, filled: Municipality, aino: User, kaisa: User, signed_in: SignIn
    ) -> None:
        browser = signed_in(kaisa)
        before = text_of(browser, f"{LIST}{half.pk}/")
        multiply(filled, aino, DAY, 20)
        after = text_of(browser, f"{LIST}{half.pk}/")
        assert [page[page.index("<h1") : page.index("</main")] for page in (before, after)] == [
            before[before.index("<h1") : before.index("</main")]
        ] * 2

    @pytest.mark.parametrize(
        "sql", ["UPDATE reports_edition SET tables = '[]'", "DELETE FROM reports_edition", "TRUNCATE reports_edition"]
    )
    def test_cannot_be_changed_in_the_database(self, sql: str, half: Edition) -> None:

        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)

    def test_has_no_hidden_number_anywhere_in_its_row(self, half: Edition) -> None:
        """Neither in the tables nor in what is kept beside them."""
        goals = next(one for one in half.tables if one["name"] == "goal_groups")
        health = next(row for row in goals["rows"] if row["key"] == "health")
        assert health == {"key": "health", "label": health["label"], "count": "complementary"}
        assert set(half.audit) == {"shown", "hidden", "leaves", "rank"}

    def test_reads_in_the_language_of_the_reader(self, half: Edition, kaisa: User, signed_in: SignIn) -> None:
        User.objects.filter(pk=kaisa.pk).update(language="sv")
        assert "Klienternas huvudmål i grupper" in text_of(signed_in(kaisa), f"{LIST}{half.pk}/")

    def test_downloads_as_csv_with_its_hidden_words(self, half: Edition, kaisa: User, signed_in: SignIn) -> None:
        answer = signed_in(kaisa).get(f"{LIST}{half.pk}.csv")
        assert 'filename="297-2018-H2-1.csv"' in answer["Content-Disposition"]
        assert "Terveys ja päihteet;peitetty;" in answer.content.decode()


class TestCorrecting:
    def test_makes_a_new_edition_that_says_what_it_corrects_and_why(
        self, half: Edition, filled: Municipality, aino: User, kaisa: User, signed_in: SignIn
    ) -> None:
        multiply(filled, aino, DAY, 7)
        browser, address = signed_in(kaisa), f"{LIST}{half.pk}/korjaa/"
        seen = seen_in(text_of(browser, address))
        refused = browser.post(address, {"seen": seen, "reason": " "})
        assert refused.status_code == 200
        browser.post(address, {"seen": seen, "reason": "Erä saapui myöhässä"})
        newer = Edition.objects.get(version=2)
        assert (newer.corrects, newer.reason) == (half, "Erä saapui myöhässä")
        assert "Korjattu 15.1.2019: Erä saapui myöhässä" in text_of(browser, f"{LIST}{half.pk}/")
        assert "Erä saapui myöhässä" in text_of(browser, f"{LIST}{newer.pk}/")
        assert "jo korjattu" in text_of(browser, address)

    def test_does_not_tell_one_client_more(self, half: Edition, filled: Municipality, aino: User, kaisa: User) -> None:
        """By traits nothing changes, whichever goal it was; the counts of work do, as something was done."""
        client = make_client(filled)
        multiply(filled, aino, DAY, 1)
        record_goals(client, aino, DAY, "debts")
        newer = correct(kaisa, half, "Kirjaus puuttui")
        traits = [[one for one in edition.tables if one["kind"] == "trait"] for edition in (half, newer)]
        before, after = ([one["rows"] for one in tables] for tables in traits)
        assert after == before
        assert {one["since"] for one in traits[1]} == {"2019-01-15"}

    def test_is_refused_where_nothing_has_changed_that_may_be_told(
        self, half: Edition, filled: Municipality, aino: User, kaisa: User
    ) -> None:
        with translation.override("fi"), pytest.raises(NotPossible, match="korjattavaa ei ole"):
            correct(kaisa, half, "Varmuuden vuoksi")


class TestWho:
    def test_a_researcher_of_the_municipality_reads_and_publishes_nothing(
        self, half: Edition, kuopio: Municipality, signed_in: SignIn
    ) -> None:
        tuula = person("Tuula Tutkija", "tuula@kuopio.example", Role.RESEARCHER, kuopio)
        browser = signed_in(tuula)
        assert browser.get("/").headers["Location"] == LIST
        page = text_of(browser, LIST)
        assert NEW not in page
        assert "/297/kunta/?" not in page
        assert 'href="/297/kunta/"' not in page
        for address in (f"{LIST}{half.pk}/", f"{LIST}{half.pk}.csv"):
            assert browser.get(address).status_code == 200
        for address in (NEW, f"{LIST}{half.pk}/korjaa/", "/297/kunta/"):
            assert browser.get(address).status_code == 403

    def test_another_municipality_has_none_of_it(
        self, half: Edition, olli: User, tampere: Municipality, signed_in: SignIn
    ) -> None:
        Membership.objects.create(user=olli, municipality=tampere, role=Role.COORDINATOR, starts="2018-01-01")
        browser = signed_in(olli)
        assert "puolivuosi" not in text_of(browser, "/837/kunta/julkaistut/")
        assert browser.get(f"/837/kunta/julkaistut/{half.pk}/").status_code == 404

    def test_the_empty_list_says_what_comes(self, kuopio: Municipality, kaisa: User, signed_in: SignIn) -> None:
        assert "Mitään ei ole vielä julkaistu" in text_of(signed_in(kaisa), LIST)


class TestNightly:
    def test_the_worker_publishes_what_has_closed_and_the_second_one_nothing(self, filled: Municipality) -> None:
        today = datetime.date(2019, 1, 15)
        assert publish_closed(today) == 4
        published = set(Edition.objects.filter(municipality=filled).values_list("period", flat=True))
        assert published == {"2018-12", "2018-Q4", "2018-H2", "2018"}
        assert publish_closed(today) == 0
        assert not Edition.objects.exclude(made_by=None).exists()

    def test_a_second_edition_of_the_same_version_is_refused_by_the_database(self, kuopio: Municipality) -> None:
        make_edition(kuopio)
        with pytest.raises(DatabaseError), transaction.atomic():
            make_edition(kuopio)


@pytest.mark.at("2020-01-15 09:00")
def test_the_pages_send_few_statements_and_as_many_for_more_editions(
    filled: Municipality, aino: User, kaisa: User, signed_in: SignIn, query_count: QueryCount
) -> None:
    half = publish(None, filled, read_key("2018-H2", filled))[0]
    multiply(filled, aino, DAY, 7)
    newer = correct(kaisa, half, "Erä saapui myöhässä")
    browser = signed_in(kaisa)
    addresses = {
        "list": LIST,
        "edition": f"{LIST}{newer.pk}/",
        "corrected": f"{LIST}{half.pk}/",
        "file": f"{LIST}{newer.pk}.csv",
        "preview": f"{NEW}?jakso=2018-Q4",
        "correction": f"{LIST}{newer.pk}/korjaa/",
    }

    def statements() -> dict[str, int]:
        return {name: query_count(lambda a=address: browser.get(a)) for name, address in addresses.items()}  # type: ignore[misc]

    addresses["preview of a year"] = f"{NEW}?jakso=2018"
    few = statements()
    assert {name: n for name, n in few.items() if n > 20} == {}
    for month in range(1, 10):
        make_edition(filled, f"2018-{month:02}")
    multiply(filled, aino, DAY, 200)
    assert statements() == few
