"""The second fence within a municipality: whoever has no relation to a client, and whoever sees but does not decide.

Everything that Aino may do to her client is tried by a worker of another unit, for whom the client does not exist,
and by a colleague of her own unit, whom the matters show themselves to and leave to her.
"""

import datetime
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.messages import constants as levels
from django.test import Client as Browser
from django.urls import resolve, reverse

from accounts.models import User
from cases.appointments.verbs import mark
from cases.matters.file import MatterFile
from cases.models import AccessLog, Appointment, Case, Client, Handover, Letter, Matter
from cases.models.access_log import Looked
from cases.models.appointment import AppointmentState
from desk.matter.deeds import Deed, Situation, all_deeds, offered
from municipalities.access import access_of
from municipalities.models import Municipality, Unit
from osallistava.tests.casework import NAME, Casework, casework_of, sends
from osallistava.tests.digest import digest, undone
from osallistava.tests.permission_matrix import BY_RELATION, CASEWORK, MATRIX, READERS, REGISTER
from osallistava.tests.test_permissions import MUNICIPAL
from testing.clock import TODAY
from testing.people import SignIn

OF_WORKERS = [name for name in MUNICIPAL if MATRIX[name] in (CASEWORK, READERS, REGISTER)]
WITHOUT_CLIENT = {"figure_rows", "figure_rows_csv", "figure_csv", "ask_about_list", "draft"}
"""Figures count everybody and name only those whom one may see; drafts have `test_draft_rights`."""
OF_MANY = ("letters_made", "letters_batch")
"""The letters that were made together, under a name that nobody can guess: no address of one client."""
OPEN_TO_COLLEAGUES = {"contact", "offer", "letter", "request_letter", "invitation", "reopen", "acknowledge"}
"""Deeds of whoever sees the matter: what was tried to reach the client, and what brings a closed matter back."""
VIEWS = {
    "queue": ("omat", "vapaat", "kaikki", "odottavat", "pidossa"),
    "letters": ("lahettamatta", "vastaamatta", "lahetetyt"),
}


@dataclass(frozen=True)
class Sent:
    """What a person could send, in words, with the address and the fields."""

    what: str
    address: str
    data: dict[str, Any]


@pytest.fixture
def work(kuopio: Municipality, tampere: Municipality, southern: Unit, aino: User, olli: User) -> Casework:
    return casework_of(aino, southern, kuopio, olli, tampere)


@pytest.fixture
def hers(work: Casework, aino: User, signed_in: SignIn) -> Browser:
    return signed_in(aino)


def address(name: str, **kwargs: Any) -> str:
    return reverse(name, kwargs={"code": "297"} | kwargs)


def pages_of_the_client(work: Casework) -> dict[str, str]:
    """Every page and deed whose address names something of the client."""
    named = {name: work.kwargs[name] for name in OF_WORKERS if work.kwargs.get(name)}
    return {name: address(name, **kwargs) for name, kwargs in named.items() if name not in {*WITHOUT_CLIENT, *OF_MANY}}


def pages_of_everybody(work: Casework) -> Iterator[str]:
    """The lists, each in all of its views, and the search."""
    for name in OF_WORKERS:
        if not work.kwargs.get(name):
            yield address(name)
            yield from (f"{address(name)}?nakyma={view}" for view in VIEWS.get(name, ()))
    yield reverse("figure_rows", kwargs={"code": "297", "name": "open_matters", "key": "all"})


def situation(matter: Matter, user: User) -> Situation:
    found = Matter.objects.get(pk=matter.pk)
    return Situation(MatterFile(found), user, access_of(user, matter.municipality_id))


def deeds(work: Casework, colleague: User) -> Iterator[tuple[Deed, Matter, Sent]]:
    """Each deed that Aino can do, once, on the first matter where she can, filled in as she would send it."""
    written = sends(work, colleague)
    for one in all_deeds():
        fits = (m for m in work.matters.values() if one in offered(situation(m, work.worker)))
        matter = next(fits, None)
        assert matter, f"there is no matter on which {one.name} is possible"
        form = {"version": situation(matter, work.worker).matter.version, **written[one.name]} if one.form else {}
        yield one, matter, Sent(one.name, address(one.url_name, pk=matter.pk), {"once": uuid.uuid4(), **form})


def in_bulk(work: Casework) -> Iterator[Sent]:
    """What is done to chosen rows of a list."""
    keys = [matter.pk for matter in work.matters.values()]
    letters = list(Letter.objects.filter(client=work.client).values_list("pk", flat=True))
    chosen = "&".join(f"matter={key}" for key in keys)
    give, write = f"{address('queue_give')}?{chosen}", f"{address('letters_new')}?{chosen}"
    yield Sent("take chosen", address("queue_chosen"), {"matter": keys, "teko": "ota", "once": uuid.uuid4()})
    yield Sent("give chosen", give, {"to": work.worker.pk, "note": "", "once": uuid.uuid4()})
    yield Sent("write letters", write, {"tee": "1", "phone": "017 123", "once": uuid.uuid4()})
    yield Sent("print letters", address("letters_pdf"), {"kirje": letters})
    yield Sent("letters sent", address("letters_sent"), {"kirje": letters, "day": "1.11.2018"})
    yield Sent("delete letters", address("letters_delete"), {"kirje": letters, "varma": "1"})
    yield Sent("close by letters", address("letters_close"), {"kirje": letters, "varma": "1"})


def beside_the_matter(work: Casework) -> Iterator[Sent]:
    """What Aino does to her client's times, letters, case and own worker, each on a page of its own."""
    time, letter = work.kwargs["appointment"]["pk"], work.kwargs["letter_pdf"]["pk"]
    row = Appointment.objects.get(pk=time)
    met = offered_and_met(row)
    soon = f"{TODAY + datetime.timedelta(days=14):%d.%m.%Y}"
    new = {"day": soon, "time": "14.00", "worker": work.worker.pk, "place": ""}
    once, client = uuid.uuid4(), {"pk": work.client.pk}
    version = Client.objects.get(pk=work.client.pk).version
    case = Case.objects.get(client=work.client, closed_at=None)
    yield Sent("mark a time", address("appointment_mark", pk=time), {"state": "met", "version": row.version})
    for what in ("missed", "cancelled_by_client", "moved_by_office"):
        yield Sent(what, address("appointment", pk=time), {"what": what, "version": row.version, "once": once, **new})
    for what in ("missed", "cancelled_by_office", "offered"):
        sent = {"what": what, "version": met.version, "once": once}
        yield Sent(f"correct to {what}", address("appointment", pk=met.pk), sent)
    yield Sent("delete a letter", address("letters_delete"), {"kirje": letter, "varma": "1"})
    yield Sent("end the own worker", address("own_worker", **client), {"worker": "", "version": version, "once": once})
    yield Sent("close the case", address("case_close", **client), {"ground": "Loppui", "case": case.pk, "once": once})


def offered_and_met(time: Appointment) -> Appointment:
    """Another one of the same matter, kept a day earlier."""
    met = Appointment.objects.get(pk=time.pk)
    met.pk, met.at, met._state.adding = None, time.at - datetime.timedelta(days=1), True
    met.save()
    Matter.objects.filter(appointments=time).update(arrived=TODAY - datetime.timedelta(days=7))
    mark(time.worker, met, AppointmentState.MET)
    return Appointment.objects.get(pk=met.pk)


class Trial:
    """Sends things and takes back what they did: the answer, and the tables that were written."""

    def __init__(self) -> None:
        self.before = digest()

    def __call__(self, browser: Browser, sent: Sent) -> tuple[Any, list[str]]:
        return undone(lambda: browser.post(sent.address, sent.data), self.before)


def refused_in_words(answer: Any) -> bool:
    """Beside the form, or as a message on the page that one is led to."""
    if answer.status_code == 422:
        return bool(answer.context["form"].errors)
    said = list(answer.wsgi_request._messages) if answer.status_code == 302 else []
    return bool(said) and all(message.level == levels.ERROR for message in said)


def refusals(user: User, path: str) -> list[list[int]]:
    """Whose data was asked for at this address in vain, as the access log tells it."""
    page = resolve(path).url_name
    rows = AccessLog.objects.filter(user=user, page=page, action=Looked.REFUSED)
    return [row.client_ids for row in rows]


def told_why(answer: Any) -> bool:
    """Beside the form, or as a message on the page that one is led to."""
    if answer.status_code == 302:
        said = list(answer.wsgi_request._messages)
        return bool(said) and all(message.level >= levels.WARNING for message in said)
    return bool(answer.context["form"].errors)


class TestWithoutRelation:
    """Ulla works in the same municipality, in a unit that has never had anything of the client."""

    def test_no_page_of_the_client_exists_and_each_look_is_remembered(
        self, work: Casework, ulla: User, signed_in: SignIn
    ) -> None:
        browser = signed_in(ulla)
        for name, at in pages_of_the_client(work).items():
            answers = {browser.get(at).status_code, browser.post(at).status_code}
            assert 404 in answers, name
            assert answers <= {404, 405}, name
            refused = AccessLog.objects.filter(user=ulla, action=Looked.REFUSED, page=name)
            assert [row.client_ids for row in refused][:1] == [[work.client.pk]], name
        assert not AccessLog.objects.filter(user=ulla).exclude(action=Looked.REFUSED).exists()

    @pytest.mark.parametrize("name", OF_MANY)
    def test_letters_made_together_are_not_found_by_their_batch(
        self, name: str, work: Casework, ulla: User, signed_in: SignIn
    ) -> None:
        answer = signed_in(ulla).get(address(name, **work.kwargs[name]))
        assert answer.status_code in {302, 404}
        looks = AccessLog.objects.filter(user=ulla).values_list("action", "page", "client_ids")
        assert list(looks) == [(Looked.REFUSED, name, [work.client.pk])]

    def test_no_deed_is_done(self, work: Casework, leo: User, ulla: User, signed_in: SignIn) -> None:
        browser, post = signed_in(ulla), Trial()
        for _deed, _matter, sent in deeds(work, leo):
            answer, changed = post(browser, sent)
            assert (sent.what, answer.status_code, changed) == (sent.what, 404, [])

    def test_nothing_is_done_to_rows_that_she_could_not_choose(
        self, work: Casework, ulla: User, signed_in: SignIn
    ) -> None:
        browser, post = signed_in(ulla), Trial()
        for sent in in_bulk(work):
            answer, changed = post(browser, sent)
            assert (sent.what, changed) == (sent.what, [])
            assert NAME not in answer.content.decode(errors="replace")
            assert answer.headers.get("Content-Type", "").startswith("text/html")
            browser.post(sent.address, sent.data)
            assert refusals(ulla, sent.address.partition("?")[0]) == [[work.client.pk]], sent.what

    def test_no_list_number_or_search_leads_to_the_client(self, work: Casework, ulla: User, signed_in: SignIn) -> None:
        browser = signed_in(ulla)
        keys = "|".join(str(pk) for pk in Matter.objects.filter(client=work.client).values_list("pk", flat=True))
        leads = re.compile(rf'/asiakkaat/{work.client.pk}/|/asiat/({keys})/|avoin=({keys})\b|value="({keys})"')
        for at in pages_of_everybody(work):
            page = browser.get(at).content.decode(errors="replace")
            assert NAME not in page, at
            assert not leads.search(page), at
        found = browser.post(address("client_search"), {"q": NAME}).content.decode()
        assert f"/asiakkaat/{work.client.pk}/" not in found
        assert [tab["n"] for tab in browser.get(address("queue")).context["tabs"]] == [0] * 5
        assert browser.get(address("queue_count")).json()["total"] == 0

    def test_her_search_by_the_code_says_that_there_is_a_client_and_not_who(
        self, work: Casework, ulla: User, signed_in: SignIn
    ) -> None:
        code = Client.objects.get(pk=work.client.pk).identity_code()
        page = signed_in(ulla).post(address("client_search"), {"q": code}).content.decode()
        assert NAME not in page
        assert f"/asiakkaat/{work.client.pk}/uusi-asia/" in page
        assert AccessLog.objects.get(user=ulla).action == Looked.REFUSED


class TestWhoSeesAndDoesNotDecide:
    """Leo works in Aino's unit: he sees her matters, and they are hers."""

    def test_the_pages_open(self, work: Casework, leo: User, signed_in: SignIn) -> None:
        browser = signed_in(leo)
        closed = {
            name: status
            for name, at in pages_of_the_client(work).items()
            if (status := browser.get(at).status_code) not in {200, 405}
        }
        # a case that is open already is not opened again, and what the matter's worker alone does leads back
        assert [closed.pop(name) for name in ("case_open", "handover_answer", "handover_withdraw")] == [302] * 3
        assert {name: status for name, status in closed.items() if name not in BY_RELATION} == {}
        assert set(closed.values()) <= {403}
        assert NAME in browser.get(f"{address('queue')}?nakyma=kaikki").content.decode()

    def test_what_he_may_do_is_known(self, work: Casework, leo: User) -> None:
        his = {one.name for matter in work.matters.values() for one in offered(situation(matter, leo))}
        assert his == OPEN_TO_COLLEAGUES

    def test_every_other_deed_is_refused_in_words_and_changes_nothing(
        self, work: Casework, hers: Browser, leo: User, signed_in: SignIn
    ) -> None:
        browser, left, post = signed_in(leo), [], Trial()
        for one, matter, sent in deeds(work, leo):
            if one.name in OPEN_TO_COLLEAGUES:
                continue
            assert post(hers, sent)[1], f"{one.name} changes nothing when Aino does it: the test sends too little"
            assert one not in offered(situation(matter, leo))
            answer, changed = post(browser, sent)
            if changed or not refused_in_words(answer):
                left.append((one.name, answer.status_code, changed))
        assert left == []

    @pytest.mark.parametrize("name", ["handover_answer", "handover_again", "handover_withdraw"])
    def test_neither_does_he_answer_for_a_partner(
        self, name: str, work: Casework, hers: Browser, leo: User, signed_in: SignIn
    ) -> None:
        today = f"{TODAY:%d.%m.%Y}"
        version = Handover.objects.get(**work.kwargs[name]).version
        data = {"accepted": "yes", "answered_on": today, "answer": "Otamme", "version": version, "once": uuid.uuid4()}
        sent = Sent(name, address(name, **work.kwargs[name]), data)
        browser, post = signed_in(leo), Trial()
        assert post(hers, sent)[1]
        answer, changed = post(browser, sent)
        assert changed == []
        assert refused_in_words(answer)

    def test_her_times_letters_case_and_own_worker_are_hers(
        self, work: Casework, hers: Browser, leo: User, signed_in: SignIn
    ) -> None:
        sent_by_her = list(beside_the_matter(work))
        browser, left, post = signed_in(leo), [], Trial()
        for sent in sent_by_her:
            assert post(hers, sent)[1], f"{sent.what} changes nothing when Aino does it: the test sends too little"
            answer, changed = post(browser, sent)
            if changed or not told_why(answer):
                left.append((sent.what, answer.status_code, changed))
        assert left == []

    def test_their_pages_offer_him_nothing(self, work: Casework, leo: User, hers: Browser, signed_in: SignIn) -> None:
        list(beside_the_matter(work))
        browser = signed_in(leo)
        for name in ("appointment", "own_worker", "case_close"):
            at = address(name, **work.kwargs[name])
            assert "data-keep" in hers.get(at).content.decode(), name
            assert "data-keep" not in browser.get(at).content.decode(), name
        links = (address("own_worker", pk=work.client.pk), address("case_close", pk=work.client.pk))
        at = address("client", pk=work.client.pk)
        assert [link in hers.get(at).content.decode() for link in links] == [True, True]
        assert [link in browser.get(at).content.decode() for link in links] == [False, False]
        matter = Letter.objects.get(pk=work.kwargs["letter_pdf"]["pk"]).matter_id
        buttons = (address("letters_delete"), address("appointment_mark", **work.kwargs["appointment_mark"]))
        at = f"{address('queue')}?avoin={matter}"
        assert [button in hers.get(at).content.decode() for button in buttons] == [True, True]
        assert [button in browser.get(at).content.decode() for button in buttons] == [False, False]

    def test_in_bulk_he_takes_gives_and_closes_none_of_hers(self, work: Casework, leo: User, signed_in: SignIn) -> None:
        browser = signed_in(leo)
        owner = set(Matter.objects.filter(client=work.client, closed_at=None).values_list("pk", "assignee", "state"))
        for sent in in_bulk(work):
            if sent.what in {"take chosen", "give chosen", "close by letters"}:
                browser.post(sent.address, sent.data)
        now = Matter.objects.filter(client=work.client, closed_at=None).values_list("pk", "assignee", "state")
        assert set(now) == owner
