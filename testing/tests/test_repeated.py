"""A page that asks for each row fails the test that opens it."""

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.test import Client as Browser
from django.urls import path
from pytest_django.fixtures import Settings
from zeal.errors import NPlusOneError

from accounts.models import User
from municipalities.models import Membership
from testing.repeated import ALLOWED, ONE_BY_ONE, ROOT, is_allowed


@login_not_required
def names(request: HttpRequest) -> HttpResponse:
    rows = Membership.objects.all()
    if request.GET.get("at_once"):
        rows = rows.select_related("user")
    return HttpResponse(", ".join(row.user.name for row in rows))


urlpatterns = [path("nimet/", names)]


@pytest.fixture(autouse=True)
def _urls(settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__


def test_a_question_for_each_row_is_told_with_its_place(aino: User, eetu: User) -> None:
    with pytest.raises(NPlusOneError, match=r"Membership\.user with calls(.|\n)*test_repeated\.py:\d+ in"):
        Browser().get("/nimet/")


def test_for_one_row_it_is_none(aino: User) -> None:
    assert Browser().get("/nimet/").status_code == 200


def test_nor_is_one_for_all_rows(aino: User, eetu: User) -> None:
    assert Browser().get("/nimet/?at_once=1").content.decode().count("Demolainen") == 1


def test_who_may_ask_again_is_there() -> None:
    places = {**ALLOWED, **ONE_BY_ONE}
    assert [file for file, function in places if f"def {function}(" not in (ROOT / file).read_text()] == []


def test_whoever_may_ask_again_may_not_lend_it_to_others() -> None:
    asks, around = (f"{ROOT}/municipalities/rows.py", 1, "own_row"), (f"{ROOT}/desk/x.py", 1, "page")
    several = (f"{ROOT}/cases/matters/several.py", 1, "for_each")
    assert is_allowed([asks, around])
    assert not is_allowed([around, asks])
    assert is_allowed([around, several])
