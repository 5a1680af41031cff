"""What is typed in the form of a deed is kept as a draft, offered back, and gone once the deed is done."""

from typing import Any

import pytest

from accounts.models import User
from cases.matters.life import close
from cases.models import Matter
from core import drafts
from core.row_security import set_scope
from desk.matter.deeds import all_deeds, deed
from desk.today.unfinished import GO_ON
from municipalities.models import Municipality
from testing.people import SignIn

TEXT = "Soitetaan huomenna"


@pytest.fixture
def own(application: Matter, aino: User) -> Matter:
    Matter.objects.filter(pk=application.pk).update(assignee=aino)
    application.refresh_from_db()
    return application


def keep(browser: Any, form: str, matter: Matter) -> int:
    what = {"form": form, "object": f"matter:{matter.pk}", "body": {"reason": [TEXT]}}
    answer = browser.post("/297/luonnos/", what, content_type="application/json")
    set_scope([297])
    return int(answer.status_code)


def test_the_draft_of_every_form_of_a_matter_is_listed(
    signed_in: SignIn, aino: User, kuopio: Municipality, own: Matter
) -> None:
    with_forms = [one for one in all_deeds() if one.form]
    assert len(with_forms) > 10
    for one in with_forms:
        drafts.save(aino.pk, kuopio.pk, one.name, f"matter:{own.pk}", {"reason": [TEXT]})
    today = signed_in(aino).get("/297/").content.decode()
    words = [one.word for one in with_forms]
    assert [word for word in words if f"?avoin={own.pk}&amp;teko={word}{GO_ON}" not in today] == []
    assert "Ratkaise hakemus, " in today


@pytest.mark.parametrize("form", ["wait", "hand_over", "close", "partner", "transfer", "ask", "offer"])
def test_a_draft_is_offered_when_the_form_is_opened_again(
    signed_in: SignIn, aino: User, own: Matter, form: str
) -> None:
    browser = signed_in(aino)
    assert keep(browser, form, own) == 200
    page = browser.get(f"/297/tyojono/?avoin={own.pk}&teko={deed(form).word}").content.decode()
    assert f'data-draft-offer="{form}"' in page
    assert f'data-draft="{form}"' in page


def test_the_draft_is_gone_when_the_deed_is_done_and_stays_when_it_is_refused(
    signed_in: SignIn, aino: User, kuopio: Municipality, own: Matter
) -> None:
    browser = signed_in(aino)
    assert keep(browser, "wait", own) == 200
    key = (aino.pk, kuopio.pk, "wait", f"matter:{own.pk}")
    values = {"version": own.version, "state": "waiting_client", "until": "2018-11-01"}
    assert browser.post(f"/297/asiat/{own.pk}/odota/", values).status_code == 422
    set_scope([297])
    assert drafts.load(*key)
    assert browser.post(f"/297/asiat/{own.pk}/odota/", values | {"until": "2018-11-20"}).status_code == 302
    set_scope([297])
    assert drafts.load(*key) is None


def test_a_text_whose_deed_cannot_be_done_any_more_is_shown(signed_in: SignIn, aino: User, own: Matter) -> None:
    browser = signed_in(aino)
    assert keep(browser, "wait", own) == 200
    close(aino, own, "support_granted")
    page = browser.get(f"/297/tyojono/?avoin={own.pk}&teko=odota").content.decode()
    assert TEXT in page
    assert 'data-draft-left="wait"' in page
