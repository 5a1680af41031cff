"""No request of one municipality's people changes a row of another municipality, whatever ids it names."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.test import Client as Browser
from django.urls import reverse

from core.row_security import set_scope
from municipalities.models import Municipality, Role
from osallistava.tests.permission_matrix import example_kwargs
from osallistava.tests.test_permissions import MUNICIPAL
from testing.fence import changed, rows_of, tables
from testing.people import just_signed_in, person

TAMPERE = 837
PEOPLE = (Role.SOCIAL_WORKER, Role.SUPERVISOR, Role.COORDINATOR, Role.ADMIN)


@dataclass
class World:
    """Kuopio's people signed in, the objects of both municipalities, and what Tampere's rows are."""

    browsers: dict[str, Browser]
    own: dict[str, dict[str, Any]]
    others: dict[str, dict[str, Any]]
    before: dict[str, int]


@pytest.fixture(scope="module")
def world(module_db: None) -> World:
    kuopio, tampere = Municipality.objects.get(pk=297), Municipality.objects.get(pk=TAMPERE)
    set_scope([297])
    people = {role.value: person(f"{role} Demolainen", f"{role}@kuopio.example", role, kuopio) for role in PEOPLE}
    own = example_kwargs(kuopio, people[Role.SOCIAL_WORKER])
    set_scope([TAMPERE])
    olli = person("Olli Harjoitus", "olli@tampere.example", Role.SOCIAL_WORKER, tampere)
    others = example_kwargs(tampere, olli)
    set_scope([297])
    browsers = {role: just_signed_in(user) for role, user in people.items()}
    return World(browsers, own, others, rows_of(TAMPERE))


def ids_of(kwargs: dict[str, Any]) -> dict[str, Any]:
    """A form that names the other municipality's objects wherever a form may name one."""
    found = kwargs.get("pk", 1)
    names = ("client", "matter", "row", "shown", "unit", "user", "assignee", "worker", "partner", "alert", "chosen")
    return dict.fromkeys(names, found) | {
        "municipality": TAMPERE,
        "kunta": "837",
        "place": TAMPERE,
        "do": "release",
    }


@pytest.mark.parametrize("role", PEOPLE)
def test_no_address_changes_rows_of_another_municipality(role: str, world: World) -> None:
    browser = world.browsers[role]
    wrong = {}
    for name in MUNICIPAL:
        place = transaction.savepoint()
        own, others = world.own.get(name, {}), world.others.get(name, {})
        for kwargs in (own, others) if others != own else (own,):
            address = reverse(name, kwargs={"code": "297"} | kwargs)
            browser.get(address)
            browser.post(address, ids_of(world.others.get(name, {})))
        if found := changed(world.before, TAMPERE):
            wrong[name] = found
        transaction.savepoint_rollback(place)
    assert wrong == {}


def test_every_table_with_a_municipality_is_looked_at(world: World) -> None:
    assert {"cases_client", "cases_clienthistory", "etotu_quarantinerow", "cases_accesslog"} <= tables().keys()
    assert sum(1 for table in tables() if world.before[table]) > 10
