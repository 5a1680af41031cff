"""A matter of Kuopio that goes to Tampere."""

import datetime
from typing import Any

import pytest

from accounts.models import User
from cases.models import Client, Matter, MatterState
from core.row_security import scope
from municipalities.models import Municipality
from testing.factories import make_client, make_matter

ARRIVED = datetime.date(2018, 11, 7)


@pytest.fixture
def tauno(kuopio: Municipality) -> Client:
    return make_client(kuopio, given_names="Tauno Olavi", family_name="Ylämalli", language="sv")


@pytest.fixture
def application(tauno: Client, aino: User) -> Matter:
    return make_matter(tauno, arrived=ARRIVED, assignee=aino, state=MatterState.IN_PROGRESS)


@pytest.fixture
def there(tampere: Municipality, olli: User) -> Any:
    """The scope of the other municipality, in which somebody works."""
    return lambda: scope([tampere.pk])
