"""What the tests of the queue stand on: a day, a client, an application that is due tomorrow."""

import datetime
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
import time_machine

from cases.models import Client, Matter
from municipalities.models import Municipality
from testing.factories import make_client, make_matter

NOW = datetime.datetime(2018, 11, 13, 12, 0, tzinfo=ZoneInfo("Europe/Helsinki"))


@pytest.fixture
def tuesday() -> Iterator[None]:
    """Noon of Tuesday 13.11.2018, as in the drawings of the pages."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def tauno(kuopio: Municipality) -> Client:
    return make_client(kuopio, given_names="Tauno Olavi", family_name="Ylämalli")


@pytest.fixture
def application(tauno: Client) -> Matter:
    """Arrived on Monday 5.11.: due tomorrow."""
    return make_matter(tauno, arrived=datetime.date(2018, 11, 5))
