"""The address that the pages save drafts to."""

import datetime
from typing import Any

from accounts.models import User
from core import drafts
from core.models import Draft
from core.row_security import set_scope
from municipalities.models import Municipality
from testing.clock import NOW, at
from testing.people import SignIn

DRAFT = {"form": "contact", "object": "matter:1", "municipality": "297", "body": {"text": ["Lupasi palata."]}}


def send(browser: Any, what: dict[str, Any], method: str = "post") -> Any:
    answer = getattr(browser, method)("/297/luonnos/", what, content_type="application/json")
    set_scope([297])
    return answer


def test_a_draft_is_saved_and_thrown_away(signed_in: SignIn, aino: User, kuopio: Municipality) -> None:
    browser = signed_in(aino)
    answer = send(browser, DRAFT)
    saved = drafts.load(aino.pk, kuopio.pk, "contact", "matter:1")
    assert saved
    assert saved.fields == {"text": ["Lupasi palata."]}
    assert answer.json() == {"saved_at": saved.saved_at.isoformat()}
    assert send(browser, {"form": "contact", "object": "matter:1"}, "delete").status_code == 204
    assert not Draft.objects.exists()


def test_what_is_no_form_of_ours_is_refused(signed_in: SignIn, aino: User) -> None:
    browser = signed_in(aino)
    for wrong in ({"form": "nonsense", "body": {}}, {"form": "contact", "body": "text"}, {"form": "contact"}):
        assert send(browser, wrong).status_code == 400
    assert browser.post("/297/luonnos/", "no json", content_type="application/json").status_code == 400
    for size in (drafts.LARGEST, 3 * 1024 * 1024):
        answer = send(browser, DRAFT | {"body": {"text": ["x" * size]}})
        assert (answer.status_code, answer.headers["Content-Type"]) == (413, "application/json")


def test_half_a_character_does_not_cost_the_rest_of_the_text(
    signed_in: SignIn, aino: User, kuopio: Municipality
) -> None:
    assert send(signed_in(aino), DRAFT | {"body": {"text": ["Lupasi \ud83d"]}}).status_code == 200
    saved = drafts.load(aino.pk, kuopio.pk, "contact", "matter:1")
    assert saved
    assert saved.fields == {"text": ["Lupasi ?"]}


def test_what_is_nested_without_end_is_refused(signed_in: SignIn, aino: User) -> None:
    deep = '{"form": "contact", "body": ' + "[" * 100_000
    assert signed_in(aino).post("/297/luonnos/", deep, content_type="application/json").status_code == 400


def test_a_draft_is_of_a_record_or_of_none(signed_in: SignIn, aino: User) -> None:
    browser = signed_in(aino)
    for what in ("client:12:x", "matter:²", "matter:", "client:" + 19 * "9", "person"):
        assert send(browser, DRAFT | {"object": what}).status_code == 400
    for what in ("", "client:12", "client:12:3"):
        assert send(browser, DRAFT | {"object": what}).status_code == 200


def test_only_those_who_do_casework_write_drafts(
    signed_in: SignIn, kaisa: User, olli: User, kuopio: Municipality
) -> None:
    assert send(signed_in(kaisa), DRAFT).status_code == 403
    assert send(signed_in(olli), DRAFT).status_code == 404


def test_saving_a_draft_does_not_prolong_the_session(signed_in: SignIn, aino: User, kuopio: Municipality) -> None:
    browser = signed_in(aino)
    browser.get("/297/")
    for minutes in (20, 29):
        with at(NOW + datetime.timedelta(minutes=minutes)):
            assert send(browser, DRAFT).status_code == 200
    with at(NOW + datetime.timedelta(minutes=31)):
        assert send(browser, DRAFT).status_code == 401
