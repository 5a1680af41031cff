"""Whoever gives a right, takes data out or publishes says once more who it is, when signing in was a while ago."""

import datetime
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from accounts.adapter import AccountAdapter
from core.row_security import set_scope
from municipalities.security_events import is_taken_out
from osallistava.tests.permission_matrix import MATRIX, PUBLIC
from osallistava.tests.test_permissions import MUNICIPAL, URLS, World, world  # noqa: F401 - the fixture
from testing.clock import NOW, at

HERE = """
    invite_member give_role role_unit new_member_link reactivate_member reset_second_factor confirm_right refuse_right
"""
RIGHTS = {*HERE.split(), *(f"installation_{name}" for name in HERE.split() if name != "role_unit"), "accept_role"}
EXPORTED = {"figure_csv", "figure_rows_csv"}
PUBLISHED = {"edition_new", "edition_correct"}
CONFIRMED = RIGHTS | EXPORTED | PUBLISHED
BY_ALLAUTH = {"mfa_activate_totp", "mfa_generate_recovery_codes"}
"""So do those that view and download recovery codes and take the app out of use, of somebody who has an app."""
OPEN_FILES = {"edition_file"}
"""A file of data that is published already."""
CASEWORK_FILES = {"client_document_file"}
"""One document of one client, told in the access log and kept as a disclosure: daily work, as letters are."""
LEAD_AWAY = {"account_logout", "mfa_reauthenticate"}
ADDRESSES = sorted(name for name in URLS if MATRIX[name] != PUBLIC and name not in LEAD_AWAY)
LATER = NOW + datetime.timedelta(minutes=20)


def answer(world: World, name: str, **query: str) -> Any:  # noqa: F811
    """To somebody whom the address serves; of GET, or of an empty POST where the view takes nothing else."""
    who = min(MATRIX[name] & world.browsers.keys(), default="supervisor")
    here = {"code": "297"} if name in MUNICIPAL else {}
    url = reverse(name, kwargs=here | world.kwargs.get(name, {}))
    place = transaction.savepoint()
    found = world.browsers[who].get(url, query)
    if found.status_code == 405:
        found = world.browsers[who].post(url)
    transaction.savepoint_rollback(place)
    set_scope([297])
    return found


def asks_again(found: Any) -> bool:
    where: str = found.headers.get("Location", "")
    return found.status_code == 302 and where.startswith(
        (reverse("account_reauthenticate"), reverse("mfa_reauthenticate"))
    )


def test_these_addresses_ask_a_while_after_signing_in_and_no_others(
    world: World,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    password = [{"id": "reauthenticate", "url": reverse("account_reauthenticate")}]
    # the people of this world have none
    monkeypatch.setattr(AccountAdapter, "get_reauthentication_methods", lambda _adapter, _user: password)
    with at(LATER):
        assert {name for name in ADDRESSES if asks_again(answer(world, name))} == CONFIRMED | BY_ALLAUTH


def test_just_after_signing_in_none_asks(world: World) -> None:  # noqa: F811
    assert {name for name in ADDRESSES if asks_again(answer(world, name))} == set()


def test_whatever_the_security_log_calls_an_export_asks(world: World) -> None:  # noqa: F811
    """Every address is opened: one that is added later too."""
    exports = {name for name in ADDRESSES if is_taken_out(answer(world, name))}
    assert exports == EXPORTED | OPEN_FILES | CASEWORK_FILES


def test_whoever_may_not_publish_is_refused_and_not_asked(world: World) -> None:  # noqa: F811
    address = reverse("edition_new", kwargs={"code": "297"})
    with at(LATER):
        assert world.browsers["social_worker"].get(address).status_code == 403
