"""A draft is written by whoever may send the form, of every form that has drafts, and by nobody else."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from cases.models import AccessLog, Client, Matter
from cases.models.access_log import Looked
from core.models import Draft
from core.row_security import set_scope
from desk.matter.deeds import all_deeds, deed, offered
from municipalities.draft_forms import DraftForm, all_draft_forms
from municipalities.models import Municipality, Unit
from osallistava.tests.casework import Casework, casework_of
from osallistava.tests.test_relations import OPEN_TO_COLLEAGUES, situation
from testing.people import SignIn

FORMS = {f"{one.name} of {one.of or 'nothing'}": one for one in all_draft_forms()}
OF_A_RECORD = [name for name, one in FORMS.items() if one.of]
OF_A_MATTER = [name for name, one in FORMS.items() if one.of == "matter"]
BODY = {"text": ["Lupasi palata."]}


@pytest.fixture
def work(kuopio: Municipality, tampere: Municipality, southern: Unit, aino: User, olli: User) -> Casework:
    return casework_of(aino, southern, kuopio, olli, tampere)


def numbers(form: DraftForm, work: Casework) -> tuple[int, ...]:
    """Of a record on which Aino may fill the form in."""
    if form.of == "matter":
        return (next(m.pk for m in work.matters.values() if deed(form.name) in offered(situation(m, work.worker))),)
    known = {"client": work.client.pk, "measurement": work.kwargs["measurement_edit"]["measurement"]}
    return tuple(known[kind] for kind in form.of.split(":") if kind)


def keep(browser: Browser, form: DraftForm, *numbers: int, code: str = "297") -> tuple[int, bool]:
    """The answer, and whether there is a draft then."""
    Draft.objects.all().delete()
    what = {"form": form.name, "object": form.object(*numbers), "body": BODY}
    answer = browser.post(reverse("draft", kwargs={"code": code}), what, content_type="application/json")
    set_scope([297, 837])
    return answer.status_code, Draft.objects.exists()


def refusals(user: User) -> list[list[int]]:
    rows = AccessLog.objects.filter(user=user, page="draft", action=Looked.REFUSED)
    return [row.client_ids for row in rows]


@pytest.mark.parametrize("name", FORMS)
def test_whoever_may_send_the_form_writes_its_draft(name: str, work: Casework, aino: User, signed_in: SignIn) -> None:
    assert keep(signed_in(aino), FORMS[name], *numbers(FORMS[name], work)) == (200, True)
    assert refusals(aino) == []


@pytest.mark.parametrize("name", OF_A_RECORD)
def test_without_a_relation_there_is_no_such_record_and_the_try_is_remembered(
    name: str, work: Casework, ulla: User, signed_in: SignIn
) -> None:
    assert keep(signed_in(ulla), FORMS[name], *numbers(FORMS[name], work)) == (404, False)
    assert refusals(ulla) == [[work.client.pk]]


@pytest.mark.parametrize("name", OF_A_RECORD)
def test_neither_is_there_in_the_other_municipality(
    name: str, work: Casework, olli: User, aino: User, signed_in: SignIn
) -> None:
    asked = numbers(FORMS[name], work)
    assert keep(signed_in(olli), FORMS[name], *asked, code="837") == (404, False)
    assert keep(signed_in(olli), FORMS[name], *asked) == (404, False)
    theirs = Client.objects.get(municipality=837)
    matter = Matter.objects.filter(municipality=837).first()
    assert matter
    there = {"client": theirs.pk, "matter": matter.pk, "measurement": asked[-1]}
    foreign = tuple(there[kind] for kind in FORMS[name].of.split(":"))
    assert keep(signed_in(aino), FORMS[name], *foreign) == (404, False)


@pytest.mark.parametrize("name", FORMS)
def test_who_does_no_casework_writes_none(
    name: str, work: Casework, kaisa: User, tutki: User, signed_in: SignIn
) -> None:
    asked = numbers(FORMS[name], work)
    assert keep(signed_in(kaisa), FORMS[name], *asked) == (403, False)
    assert keep(signed_in(tutki), FORMS[name], *asked) == (404, False)


@pytest.mark.parametrize("name", OF_A_MATTER)
def test_of_a_closed_matter_only_what_opens_it_again(name: str, work: Casework, aino: User, signed_in: SignIn) -> None:
    answer = keep(signed_in(aino), FORMS[name], work.matters["closed"].pk)
    may = FORMS[name].name == "reopen"
    assert answer == ((200, True) if may else (403, False))
    assert refusals(aino) == ([] if may else [[work.client.pk]])


@pytest.mark.parametrize("name", OF_A_MATTER)
def test_of_a_colleagues_matter_only_what_is_open_to_colleagues(
    name: str, work: Casework, leo: User, signed_in: SignIn
) -> None:
    expected = (200, True) if FORMS[name].name in OPEN_TO_COLLEAGUES else (403, False)
    assert keep(signed_in(leo), FORMS[name], *numbers(FORMS[name], work)) == expected


def test_a_measurement_is_corrected_by_its_author(work: Casework, leo: User, signed_in: SignIn) -> None:
    form = FORMS["measurement of client:measurement"]
    assert keep(signed_in(leo), form, *numbers(form, work)) == (403, False)


def test_a_matter_of_a_hidden_client_is_drafted_by_whoever_gave_the_code(
    work: Casework, ulla: User, signed_in: SignIn
) -> None:
    form, browser = FORMS["matter of client"], signed_in(ulla)
    code = Client.objects.get(pk=work.client.pk).identity_code()
    browser.post(reverse("client_search", kwargs={"code": "297"}), {"q": code})
    assert keep(browser, form, work.client.pk) == (200, True)
    assert keep(browser, FORMS["contact of client"], work.client.pk) == (404, False)


def test_ones_own_draft_is_thrown_away_also_when_the_client_is_out_of_sight(
    work: Casework, ulla: User, signed_in: SignIn
) -> None:
    what = f"client:{work.client.pk}"
    Draft.objects.create(user=ulla, municipality_id=297, form="contact", object=what, body=b"x")
    asked = {"form": "contact", "object": what}
    answer = signed_in(ulla).delete("/297/luonnos/", asked, content_type="application/json")
    set_scope([297])
    assert (answer.status_code, Draft.objects.exists(), refusals(ulla)) == (204, False, [])


def test_every_form_with_drafts_in_the_templates_is_known() -> None:
    written = {
        name
        for page in Path(settings.BASE_DIR / "templates").rglob("*.html")
        for name in re.findall(r'data-draft="([^"]*)"', page.read_text())
    }
    # the form of a deed has the deed's name
    assert written - {"{{ action }}"} <= {one.name for one in FORMS.values()}
    assert {one.name for one in all_deeds() if one.form} <= {one.name for one in FORMS.values() if one.of == "matter"}
