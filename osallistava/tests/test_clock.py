"""Time stands still in every test: in Python, in the database, in a process beside it and in the browser."""

import datetime
import subprocess
import sys
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from testing.clock import DAY, NOW, TODAY, Clock, at, pytest_collection_modifyitems
from testing.worker import environment

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parent.parent.parent
WHEN_IMPORTED = timezone.localdate()
REAL = pytest.mark.real_clock("this is the test of the real clock")


def time_of_the_database() -> datetime.datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        moment = (cursor.fetchone() or (None,))[0]
    assert isinstance(moment, datetime.datetime)
    return moment


class TestItStandsStill:
    def test_at_noon_of_the_tuesday_of_the_drawings(self) -> None:
        assert timezone.now() == timezone.now() == NOW
        assert timezone.localdate() == datetime.date.today() == TODAY  # noqa: DTZ011
        assert WHEN_IMPORTED == TODAY

    @pytest.mark.at("2018-12-31 23:30")
    def test_or_when_a_test_wants_it(self) -> None:
        assert timezone.localtime() == datetime.datetime(2018, 12, 31, 23, 30, tzinfo=NOW.tzinfo)

    @pytest.mark.at("2018-12-31")
    def test_a_day_alone_is_its_noon(self) -> None:
        assert timezone.now() == NOW.replace(month=12, day=31)

    def test_or_for_some_lines(self) -> None:
        with at(TODAY + DAY):
            assert timezone.now() == NOW + DAY
        assert timezone.now() == NOW

    def test_until_it_is_moved(self, clock: Clock) -> None:
        clock.shift(minutes=31)
        assert timezone.now() == NOW + datetime.timedelta(minutes=31)
        clock.move_to("2018-11-20 09:00")
        assert timezone.localtime().strftime("%d.%m. %H.%M") == "20.11. 09.00"

    @REAL
    def test_or_is_real_where_the_test_says_why(self) -> None:
        assert timezone.now() > datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)


class TestInTheDatabase:
    def test_it_is_the_time_of_the_test(self, db: None, clock: Clock) -> None:
        assert time_of_the_database() == NOW
        clock.shift(days=1)
        assert time_of_the_database() == NOW + DAY

    def test_also_after_something_was_rolled_back(self, db: None) -> None:
        with at(NOW + DAY), transaction.atomic():
            assert time_of_the_database() == NOW + DAY
            transaction.set_rollback(True)
        assert time_of_the_database() == NOW
        with at(NOW + DAY):
            assert time_of_the_database() == NOW + DAY

    def test_also_in_another_session(self, committed_db: None) -> None:
        found: list[datetime.datetime] = []

        def look() -> None:
            try:
                found.append(time_of_the_database())
            finally:
                connection.close()

        with at(NOW + DAY):
            other = Thread(target=look)
            other.start()
            other.join()
        assert found == [NOW + DAY]

    def test_old_rows_are_dated_with_it(self, aino: User, clock: Clock) -> None:
        role: Any = aino.memberships.get()
        for hours in (1, 2):
            clock.move_to(NOW + datetime.timedelta(hours=hours))
            role.ends = TODAY + hours * DAY
            role.save()
        dates = [row.pgh_created_at for row in role.history.order_by("pgh_id")]
        assert dates == [NOW + datetime.timedelta(hours=hours) for hours in (1, 2)]

    def test_a_wrapper_around_a_new_session_does_not_take_it_away(self, committed_db: None, clock: Clock) -> None:
        with connection.execute_wrapper(lambda execute, *statement: execute(*statement)):
            connection.close()
            connection.ensure_connection()
        clock.shift(hours=1)
        with connection.cursor() as cursor:
            cursor.execute("SELECT now()")
            assert cursor.fetchone() == (NOW + datetime.timedelta(hours=1),)

    @REAL
    def test_it_is_real_where_that_of_the_test_is(self, db: None) -> None:
        assert time_of_the_database() > datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)


def test_a_process_beside_the_test_has_its_time(committed_db: None) -> None:
    program = "import django; django.setup(); from django.utils import timezone; print(timezone.now().isoformat())"
    with at(NOW + DAY):
        around = environment(connection.settings_dict["NAME"])
        done = subprocess.run([sys.executable, "-c", program], env=around, cwd=ROOT, capture_output=True, check=True)
    assert datetime.datetime.fromisoformat(done.stdout.decode().strip()) == NOW + DAY


@pytest.mark.browser
def test_a_page_in_the_browser_has_it_too(page: "Page") -> None:
    read = "[Date.now(), new Date().getTime(), new Date(2018, 0, 1).getMonth(), new Date() instanceof Date]"
    assert page.evaluate(read) == [NOW.timestamp() * 1000, NOW.timestamp() * 1000, 0, True]


def test_the_real_clock_needs_a_reason(request: pytest.FixtureRequest) -> None:
    request.node.add_marker(pytest.mark.real_clock)
    with pytest.raises(pytest.UsageError, match=r"needs a reason.*test_the_real_clock"):
        pytest_collection_modifyitems([request.node])
