"""The third fence: a URL without a row in the matrix fails, and every row is tried as everybody."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.test import Client as Browser
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from core.row_security import set_scope
from municipalities.models import Municipality, Role, Unit
from osallistava.tests.permission_matrix import BY_RELATION, MATRIX, PUBLIC, SIGNED_IN, example_kwargs
from testing.people import just_signed_in, person

ROLES = [*(role.value for role in Role), "installation_admin"]
SOUTHERN, NORTHERN = "Eteläinen tiimi", "Pohjoinen tiimi"
UNITS = {Role.SOCIAL_WORKER: SOUTHERN, Role.SOCIAL_COUNSELLOR: NORTHERN}


def patterns(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, str, Any]]:
    """Every named URL with its path and view."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry, prefix + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            yield entry.name or "", prefix + str(entry.pattern), entry.callback


URLS = {name: (path, view) for name, path, view in patterns()}
MUNICIPAL = sorted(name for name, (path, _) in URLS.items() if path.startswith("<code:code>/"))


@dataclass
class World:
    """Everybody, signed in, and for each URL an object of Kuopio."""

    browsers: dict[str, Browser]
    kwargs: dict[str, dict[str, Any]]

    def ask(self, who: str, name: str, code: str = "297") -> int:
        """The status of GET, or of an empty POST where the view takes nothing else. What it did is undone."""
        here = {"code": code} if name in MUNICIPAL else {}
        url = reverse(name, kwargs=here | self.kwargs.get(name, {}))
        place = transaction.savepoint()
        status = self.browsers[who].get(url).status_code
        if status == 405:
            status = self.browsers[who].post(url).status_code
        transaction.savepoint_rollback(place)
        return status


@pytest.fixture(scope="module")
def world(module_db: None) -> World:
    set_scope([297])
    kuopio, tampere = Municipality.objects.get(pk=297), Municipality.objects.get(pk=837)
    units = {name: Unit.objects.create(municipality=kuopio, name=name) for name in (SOUTHERN, NORTHERN)}
    people = {
        role.value: person(f"{role} Demolainen", f"{role}@kuopio.example", role, kuopio, units.get(UNITS.get(role, "")))
        for role in Role
        if role != Role.RESEARCHER
    }
    people["researcher"] = person("Tutki Testilä", "tutki@thl.example", Role.RESEARCHER)
    people["installation_admin"] = person("Iida Asentaja", "iida@asennus.example", is_installation_admin=True)
    people["olli"] = person("Olli Harjoitus", "olli@tampere.example", Role.SOCIAL_WORKER, tampere)
    return World(
        {who: just_signed_in(user) for who, user in people.items()}, example_kwargs(kuopio, people["social_worker"])
    )


def test_every_url_has_a_name_and_a_row() -> None:
    assert sorted(URLS) == sorted(MATRIX)


def test_every_url_of_a_municipality_stands_under_its_code_and_names_its_roles() -> None:
    for name in MUNICIPAL:
        roles = getattr(URLS[name][1], "roles", None)
        assert roles == MATRIX[name], name


@pytest.mark.parametrize("role", ROLES)
def test_each_role_opens_its_pages_and_is_refused_the_others(role: str, world: World) -> None:
    member = role not in {"researcher", "installation_admin"}
    wrong = {}
    for name in MUNICIPAL:
        status = world.ask(role, name)
        allowed = role in MATRIX[name]
        if name in BY_RELATION and allowed and role != "supervisor" and status == 403:
            continue
        fits = status == 404 if not member else status not in {403, 404, 500} if allowed else status == 403
        if not fits:
            wrong[name] = status
    assert wrong == {}


def test_another_municipality_does_not_exist(world: World) -> None:
    assert {world.ask("olli", name) for name in MUNICIPAL} == {404}


@pytest.mark.parametrize("key", [2**63, 10**30])
def test_no_address_takes_a_key_that_fits_into_no_table(key: int, world: World) -> None:
    numbered = {name: path for name, (path, _view) in URLS.items() if re.search(r"<(int|key):", path)}
    assert len(numbered) > 50
    given = {"code": "297", "name": "expense_kinds"}
    for name, path in numbered.items():
        at = re.sub(r"<(?:(\w+):)?(\w+)>", lambda found: given.get(found[2], str(key)), path)
        for who in sorted(MATRIX[name] & world.browsers.keys()) or ["social_worker"]:
            assert world.browsers[who].get(f"/{at}").status_code == 404, (who, at)


def test_objects_of_another_municipality_are_not_reached_by_the_own_code(world: World) -> None:
    with_object = [name for name in MUNICIPAL if {"pk", "public_id", "wanted"} & set(world.kwargs.get(name, {}))]
    assert with_object
    for name in with_object:
        assert world.ask("olli", name, code="837") in {403, 404}, name


def test_whoever_has_not_signed_in_is_led_to_sign_in(world: World) -> None:
    for name in MUNICIPAL:
        response = Browser().get(reverse(name, kwargs={"code": "297"} | world.kwargs.get(name, {})))
        assert response.status_code == 302, name
        assert response.headers["Location"].startswith(reverse("account_login")), name


@pytest.mark.parametrize("role", ROLES)
def test_pages_of_the_installation_are_for_its_admin(role: str, world: World) -> None:
    names = [name for name, (path, _) in URLS.items() if path.startswith("asennus/")]
    assert names
    for name in names:
        status = world.ask(role, name)
        assert (status not in {403, 500}) if role == "installation_admin" else status == 403, (name, status)


def test_what_is_neither_municipal_nor_of_the_installation_is_public_or_for_whoever_has_signed_in() -> None:
    rest = {name for name, (path, _) in URLS.items() if not path.startswith(("<code:code>/", "asennus/"))}
    assert {MATRIX[name] for name in rest} <= {PUBLIC, SIGNED_IN}


def test_there_is_no_django_admin() -> None:
    assert not any(path.startswith("admin") for path, _ in URLS.values())
