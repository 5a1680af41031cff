"""What the tests of the queue stand on: a client, an application that is due tomorrow."""

import datetime

import pytest

from cases.models import Client, Matter
from municipalities.models import Municipality
from testing.factories import make_client, make_matter


@pytest.fixture
def tauno(kuopio: Municipality) -> Client:
    return make_client(kuopio, given_names="Tauno Olavi", family_name="Ylämalli")


@pytest.fixture
def application(tauno: Client) -> Matter:
    """Arrived on Monday 5.11.: due tomorrow."""
    return make_matter(tauno, arrived=datetime.date(2018, 11, 5))
