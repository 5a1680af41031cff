"""What time it is in the tests: noon of Tuesday 13.11.2018, as in the drawings of the pages, and it stands still.

So it is for a test with all its fixtures, while modules are imported, for the database (`testing.server_clock`), for
processes of the program on the test's database (`testing.settings_in_time`) and for the pages in the browser
(`testing.browser_clock`).

    @pytest.mark.at("2018-12-31 23:30")     another time, in Helsinki; a day alone is its noon
    with at(NOW + DAY): ...                 another time for some lines
    def test(clock: Clock): clock.move_to(...); clock.shift(minutes=31)
    @pytest.mark.real_clock("why")          the time as it is
"""

import datetime
from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine

HELSINKI = ZoneInfo("Europe/Helsinki")
NOW = datetime.datetime(2018, 11, 13, 12, 0, tzinfo=HELSINKI)
TODAY = NOW.date()
NOON = datetime.time(12)
DAY = datetime.timedelta(days=1)

Moment = datetime.datetime | datetime.date | str
"""Without a zone: in Helsinki. A day alone: its noon."""


class Clock:
    """Moves the time of a test; it stands still in between."""

    def __init__(self, traveller: time_machine.Traveller) -> None:
        self._traveller = traveller

    def move_to(self, moment: Moment) -> None:
        self._traveller.move_to(_aware(moment))

    def shift(self, **duration: float) -> None:
        """`shift(minutes=31)`: as `datetime.timedelta` is told."""
        self._traveller.shift(datetime.timedelta(**duration))


@contextmanager
def at(moment: Moment) -> Generator[Clock]:
    with time_machine.travel(_aware(moment), tick=False) as traveller:
        yield Clock(traveller)


def start_at(moment: Moment) -> None:
    """For as long as this process lives."""
    time_machine.travel(_aware(moment), tick=False).start()


def now() -> datetime.datetime:
    """The time of the test that asks, for what tests of several times share. A test itself knows it."""
    return datetime.datetime.now(HELSINKI)


def today() -> datetime.date:
    return now().date()


def time_is_real() -> bool:
    return not time_machine.escape_hatch.is_travelling()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    bare = [item.nodeid for item in items for mark in item.iter_markers("real_clock") if not _says_why(mark)]
    if bare:
        raise pytest.UsageError(f"real_clock needs a reason, as in real_clock('why'): {', '.join(bare)}")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection() -> Generator[None, Any, Any]:
    """What a module works out when it is imported has the usual time."""
    with at(NOW):
        return (yield)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, Any, Any]:
    """Around the fixtures too, of whatever scope."""
    with _time_of(item):
        return (yield)


@pytest.fixture
def clock(request: pytest.FixtureRequest) -> Generator[Clock]:
    with _time_of(request.node) as clock:
        assert clock, "a real clock cannot be moved"
        yield clock


def _time_of(item: pytest.Item) -> AbstractContextManager[Clock | None]:
    """The marker that is nearest to the test decides."""
    nearest = next((mark for mark in item.iter_markers() if mark.name in ("at", "real_clock")), None)
    if nearest is None:
        return at(NOW)
    return at(nearest.args[0]) if nearest.name == "at" else nullcontext()


def _says_why(mark: pytest.Mark) -> bool:
    return len(mark.args) == 1 and isinstance(mark.args[0], str) and bool(mark.args[0].strip())


def _aware(moment: Moment) -> datetime.datetime:
    if isinstance(moment, str):
        moment = (datetime.date if len(moment) == len("2018-11-13") else datetime.datetime).fromisoformat(moment)
    if not isinstance(moment, datetime.datetime):
        moment = datetime.datetime.combine(moment, NOON)
    return moment if moment.tzinfo else moment.replace(tzinfo=HELSINKI)
