"""The third fence: a URL without a row in the matrix fails, and every row is tried as everybody."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import User
from municipalities.models import Municipality
from osallistava.tests.permission_matrix import BY_RELATION, MATRIX, PUBLIC, SIGNED_IN, example_kwargs
from testing.people import SignIn

PERSONAS = {
    "social_worker": "aino",
    "social_counsellor": "eetu",
    "supervisor": "sirkka",
    "coordinator": "kaisa",
    "admin": "paula",
    "researcher": "tutki",
    "installation_admin": "iida",
}


def patterns(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, str, Any]]:
    """Every named URL with its path and view."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry, prefix + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            yield entry.name or "", prefix + str(entry.pattern), entry.callback


URLS = {name: (path, view) for name, path, view in patterns()}
MUNICIPAL = sorted(name for name, (path, _) in URLS.items() if path.startswith("<code:code>/"))


def ask(browser: Browser, name: str, kwargs: dict[str, Any]) -> int:
    """The status of GET, or of an empty POST where the view takes nothing else."""
    url = reverse(name, kwargs=kwargs)
    status = browser.get(url).status_code
    return browser.post(url).status_code if status == 405 else status


def test_every_url_has_a_name_and_a_row() -> None:
    assert sorted(URLS) == sorted(MATRIX)


def test_every_url_of_a_municipality_stands_under_its_code_and_names_its_roles() -> None:
    for name in MUNICIPAL:
        roles = getattr(URLS[name][1], "roles", None)
        assert roles == MATRIX[name], name


@pytest.mark.parametrize("role", PERSONAS)
def test_each_role_opens_its_pages_and_is_refused_the_others(
    role: str, request: pytest.FixtureRequest, kuopio: Municipality, signed_in: SignIn
) -> None:
    user: User = request.getfixturevalue(PERSONAS[role])
    kwargs = example_kwargs(kuopio, request.getfixturevalue("aino"))
    browser = signed_in(user)
    member = role not in {"researcher", "installation_admin"}
    wrong = {}
    for name in MUNICIPAL:
        status = ask(browser, name, {"code": "297"} | kwargs.get(name, {}))
        allowed = role in MATRIX[name]
        if name in BY_RELATION and allowed and role != "supervisor" and status == 403:
            continue
        fits = status == 404 if not member else status not in {403, 404, 500} if allowed else status == 403
        if not fits:
            wrong[name] = status
    assert wrong == {}


def test_another_municipality_does_not_exist(kuopio: Municipality, aino: User, olli: User, signed_in: SignIn) -> None:
    kwargs = example_kwargs(kuopio, aino)
    browser = signed_in(olli)
    assert {ask(browser, name, {"code": "297"} | kwargs.get(name, {})) for name in MUNICIPAL} == {404}


def test_objects_of_another_municipality_are_not_reached_by_the_own_code(
    kuopio: Municipality, aino: User, olli: User, signed_in: SignIn
) -> None:
    kwargs = example_kwargs(kuopio, aino)
    browser = signed_in(olli)
    with_object = [name for name in MUNICIPAL if {"pk", "public_id"} & set(kwargs.get(name, {}))]
    assert with_object
    for name in with_object:
        assert ask(browser, name, {"code": "837"} | kwargs[name]) in {403, 404}, name


def test_whoever_has_not_signed_in_is_led_to_sign_in(kuopio: Municipality, aino: User, db: None) -> None:
    kwargs = example_kwargs(kuopio, aino)
    for name in MUNICIPAL:
        response = Browser().get(reverse(name, kwargs={"code": "297"} | kwargs.get(name, {})))
        assert response.status_code == 302, name
        assert response.headers["Location"].startswith(reverse("account_login")), name


@pytest.mark.parametrize("role", PERSONAS)
def test_pages_of_the_installation_are_for_its_admin(
    role: str, request: pytest.FixtureRequest, kuopio: Municipality, signed_in: SignIn
) -> None:
    kwargs = example_kwargs(kuopio, request.getfixturevalue("aino"))
    browser = signed_in(request.getfixturevalue(PERSONAS[role]))
    names = [name for name, (path, _) in URLS.items() if path.startswith("asennus/")]
    assert names
    for name in names:
        status = ask(browser, name, kwargs.get(name, {}))
        assert (status not in {403, 500}) if role == "installation_admin" else status == 403, (name, status)


def test_what_is_neither_municipal_nor_of_the_installation_is_public_or_for_whoever_has_signed_in() -> None:
    rest = {name for name, (path, _) in URLS.items() if not path.startswith(("<code:code>/", "asennus/"))}
    assert {MATRIX[name] for name in rest} <= {PUBLIC, SIGNED_IN}


def test_there_is_no_django_admin() -> None:
    assert not any(path.startswith("admin") for path, _ in URLS.values())
