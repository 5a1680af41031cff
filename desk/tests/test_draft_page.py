"""The address that the pages save drafts to."""

import datetime
from typing import TYPE_CHECKING, Any

import pytest

from accounts.models import User
from cases.models import Client
from core import drafts
from core.models import Draft
from core.row_security import set_scope
from municipalities.models import Municipality
from testing.clock import NOW, at
from testing.factories import make_matter
from testing.people import QueryCount, SignIn

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

TEXT = {"text": ["Lupasi palata."]}


@pytest.fixture
def own_client(tauno: Client, aino: User) -> Client:
    make_matter(tauno, assignee=aino)
    return tauno


@pytest.fixture
def draft(own_client: Client) -> dict[str, Any]:
    return {"form": "contact", "object": f"client:{own_client.pk}", "municipality": "297", "body": TEXT}


def send(browser: Any, what: dict[str, Any], method: str = "post") -> Any:
    answer = getattr(browser, method)("/297/luonnos/", what, content_type="application/json")
    set_scope([297])
    return answer


def test_a_draft_is_saved_and_thrown_away(
    signed_in: SignIn, aino: User, kuopio: Municipality, draft: dict[str, Any]
) -> None:
    browser = signed_in(aino)
    answer = send(browser, draft)
    saved = drafts.load(aino.pk, kuopio.pk, "contact", draft["object"])
    assert saved
    assert saved.fields == TEXT
    assert answer.json() == {"saved_at": saved.saved_at.isoformat()}
    assert send(browser, {"form": "contact", "object": draft["object"]}, "delete").status_code == 204
    assert not Draft.objects.exists()


def test_what_is_no_form_of_ours_is_refused(signed_in: SignIn, aino: User, draft: dict[str, Any]) -> None:
    browser = signed_in(aino)
    for wrong in ({"form": "nonsense"}, {"form": "a\x00"}, {"body": "text"}, {"body": None}, {"object": ""}):
        assert send(browser, draft | wrong).status_code == 400
        assert send(browser, draft | wrong, "delete").status_code in {204, 400}
    assert browser.post("/297/luonnos/", "no json", content_type="application/json").status_code == 400


def test_what_is_too_long_is_refused_in_words(
    signed_in: SignIn, aino: User, draft: dict[str, Any], settings: "Settings"
) -> None:
    browser = signed_in(aino)
    for size in (settings.DRAFT_BYTES, 3 * 1024 * 1024):
        answer = send(browser, draft | {"body": {"text": ["x" * size]}})
        assert (answer.status_code, answer.headers["Content-Type"]) == (413, "application/json")
        assert answer.json()["error"]


def test_without_room_the_words_say_what_to_do(
    signed_in: SignIn, aino: User, draft: dict[str, Any], settings: "Settings"
) -> None:
    settings.DRAFTS = 1
    browser = signed_in(aino)
    drafts.save(aino.pk, 297, "person", "", TEXT)
    answer = send(browser, draft)
    assert answer.status_code == 409
    assert "hylkää Tänään-sivun kohdassa Jäi kesken" in answer.json()["error"]
    assert send(browser, {"form": "person", "object": ""}, "delete").status_code == 204
    assert send(browser, draft).status_code == 200


def test_a_refused_form_that_has_no_room_says_so_above_its_text(
    signed_in: SignIn, aino: User, draft: dict[str, Any], own_client: Client, settings: "Settings"
) -> None:
    settings.DRAFTS = 1
    drafts.save(aino.pk, 297, "person", "", TEXT)
    answer = signed_in(aino).post(f"/297/asiakkaat/{own_client.pk}/yhteydenotto/", {"text": "Lupasi palata."})
    page = answer.content.decode()
    assert "ettei tästä säilytetä luonnosta" in page
    assert "Lupasi palata." in page


def test_half_a_character_does_not_cost_the_rest_of_the_text(
    signed_in: SignIn, aino: User, kuopio: Municipality, draft: dict[str, Any]
) -> None:
    assert send(signed_in(aino), draft | {"body": {"text": ["Lupasi \ud83d"]}}).status_code == 200
    saved = drafts.load(aino.pk, kuopio.pk, "contact", draft["object"])
    assert saved
    assert saved.fields == {"text": ["Lupasi ?"]}


def test_what_is_nested_without_end_is_refused(signed_in: SignIn, aino: User) -> None:
    deep = '{"form": "contact", "body": ' + "[" * 100_000
    assert signed_in(aino).post("/297/luonnos/", deep, content_type="application/json").status_code == 400


def test_a_draft_is_of_a_record_or_of_none(signed_in: SignIn, aino: User, draft: dict[str, Any]) -> None:
    browser = signed_in(aino)
    for what in ("client:12:x", "matter:²", "matter:", "client:" + 19 * "9", "person", "client:1:2", "12", ":12"):
        assert send(browser, draft | {"object": what}).status_code == 400
    assert send(browser, draft).status_code == 200
    assert send(browser, draft | {"form": "person", "object": ""}).status_code == 200


def test_only_those_who_do_casework_write_drafts(
    signed_in: SignIn, kaisa: User, olli: User, tutki: User, draft: dict[str, Any]
) -> None:
    assert send(signed_in(kaisa), draft).status_code == 403
    assert send(signed_in(olli), draft).status_code == 404
    assert send(signed_in(tutki), draft).status_code == 404


def test_saving_a_draft_does_not_prolong_the_session(signed_in: SignIn, aino: User, draft: dict[str, Any]) -> None:
    browser = signed_in(aino)
    browser.get("/297/")
    for minutes in (20, 29):
        with at(NOW + datetime.timedelta(minutes=minutes)):
            assert send(browser, draft).status_code == 200
    with at(NOW + datetime.timedelta(minutes=31)):
        assert send(browser, draft).status_code == 401


def test_a_draft_costs_two_statements_beside_those_of_every_request(
    signed_in: SignIn, aino: User, draft: dict[str, Any], query_count: QueryCount
) -> None:
    """The right to the form and the draft itself."""
    browser = signed_in(aino)
    refused = query_count(lambda: send(browser, {"form": "nonsense"}))
    for _first_and_again in range(2):
        assert query_count(lambda: send(browser, draft)) == refused + 2
