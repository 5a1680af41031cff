"""A deed is offered exactly where it can be done: every deed, over every state of a matter, for each who sees it."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

import pytest
from django.db import transaction

from accounts.models import User
from cases.acts.verbs import record_act, take_back_act
from cases.appointments.verbs import mark, offer
from cases.clients.contact_details import set_contact_detail, set_non_disclosure
from cases.contacts.verbs import record_contact
from cases.information.verbs import ask_for_information, expire, record_information, withdraw_request
from cases.letters.verbs import make_letter
from cases.matters import life
from cases.matters.file import MatterFile
from cases.models import Act, ActKind, Matter, MatterKind, MatterState, Partner
from cases.models.appointment import AppointmentState
from cases.models.contact import Channel, ContactOutcome
from cases.models.letter import LetterKind
from cases.models.matter import Outcome
from cases.models.partner import PartnerKind
from cases.transfers.tests.transferring import send
from cases.transfers.verbs import accept, give_back
from core.row_security import scope
from core.saving import NotPossible
from desk.matter.deeds import Situation, all_deeds, offered
from municipalities.access import access_of
from municipalities.models import Municipality, Role, Unit
from municipalities.requests import MunicipalRequest
from testing.clock import DAY, NOW, TODAY
from testing.factories import make_client, make_matter
from testing.people import person

pytestmark = pytest.mark.django_db

LETTER = {"language": "fi", "subject": "Aihe", "body": "Teksti"}


class World:
    """Kuopio with its people, Tampere, and makers of matters in a state."""

    def __init__(self, kuopio: Municipality, tampere: Municipality, southern: Unit, **people: User) -> None:
        self.kuopio, self.tampere, self.southern, self.people = kuopio, tampere, southern, people
        self.aino, self.olli = people["aino"], people["olli"]

    def matter(self, kind: str = MatterKind.APPLICATION, **fields: Any) -> Matter:
        client = make_client(self.kuopio)
        set_contact_detail(
            self.aino, client, "address", value="Esimerkkikatu 1", postal_code="70100", post_office="KUOPIO"
        )
        return make_matter(client, kind=kind, arrived=TODAY - 5 * DAY, **fields)

    def own(self, kind: str = MatterKind.APPLICATION) -> Matter:
        matter = self.matter(kind)
        life.take(self.aino, matter)
        return matter

    def worked(self, kind: str = MatterKind.APPLICATION) -> Matter:
        """Taken, and something was done since."""
        matter = self.own(kind)
        self.call(matter, ContactOutcome.NO_ANSWER)
        return matter

    def call(self, matter: Matter, outcome: str) -> None:
        at = NOW
        record_contact(self.aino, matter.client, matter=matter, channel=Channel.CALL, outcome=outcome, at=at)

    def asked(self) -> Matter:
        matter = self.worked()
        ask_for_information(self.aino, matter, ["Tiliote"], TODAY + 7 * DAY)
        return matter

    def closed(self) -> Matter:
        matter = self.worked(MatterKind.SOCIAL_WORK_NEED)
        life.close(self.aino, matter, Outcome.MET_NO_NEED)
        return matter


def waits(world: World) -> Matter:
    matter = world.worked()
    life.set_waiting(world.aino, matter, MatterState.WAITING_CLIENT, TODAY + 3 * DAY)
    return matter


def handed_over(world: World) -> Matter:
    matter = world.worked()
    life.hand_over(world.aino, matter, world.people["colleague"])
    return matter


def held(world: World) -> Matter:
    matter = world.matter(MatterKind.LONG_UNEMPLOYED)
    Matter.objects.filter(pk=matter.pk).update(held_since=TODAY - DAY)
    return matter


def expired(world: World) -> Matter:
    matter = world.asked()
    request = MatterFile(matter).open_request
    assert request
    request.matter.client = matter.client
    type(request).objects.filter(pk=request.pk).update(sent_on=TODAY - 9 * DAY, limit=TODAY - DAY)
    request.refresh_from_db()
    assert expire(request, TODAY)
    return matter


def answered(world: World) -> Matter:
    matter = world.asked()
    record_information(world.aino, matter, TODAY)
    return matter


def withdrawn(world: World) -> Matter:
    matter = world.asked()
    withdraw_request(world.aino, matter)
    return matter


def request_written(world: World) -> Matter:
    matter = world.asked()
    make_letter(world.aino, matter, LetterKind.INFORMATION_REQUEST, **LETTER)
    return matter


def time_offered(world: World) -> Matter:
    matter = world.worked(MatterKind.DISCUSSION)
    offer(world.aino, matter.client, matter=matter, at=NOW + DAY, worker=world.aino)
    return matter


def invited(world: World) -> Matter:
    matter = time_offered(world)
    make_letter(world.aino, matter, LetterKind.APPOINTMENT, **LETTER)
    return matter


def time_cancelled(world: World) -> Matter:
    matter = time_offered(world)
    time = MatterFile(matter).offered_time
    assert time
    mark(world.aino, time, AppointmentState.CANCELLED_BY_CLIENT)
    return matter


def reached(world: World) -> Matter:
    matter = world.worked()
    world.call(matter, ContactOutcome.REACHED)
    return matter


def begun(world: World) -> Matter:
    matter = world.worked(MatterKind.SOCIAL_WORK_NEED)
    record_act(world.aino, matter, ActKind.ASSESSMENT_BEGUN, TODAY)
    return matter


def taken_back(world: World) -> Matter:
    matter = begun(world)
    take_back_act(world.aino, matter, Act.objects.get(matter=matter), "Väärin")
    return matter


def protected(world: World) -> Matter:
    matter = world.worked()
    set_non_disclosure(world.aino, matter.client, True, "Pyyntö")
    return matter


def changed_when_closed(world: World) -> Matter:
    matter = world.closed()
    Matter.objects.filter(pk=matter.pk).update(changed_after_closing=True)
    return matter


def reopened(world: World) -> Matter:
    matter = world.closed()
    life.reopen(world.aino, matter, "Jatkuu")
    return matter


def went(world: World) -> Matter:
    matter = world.worked()
    send(matter, world.aino, world.tampere)
    return matter


def accepted_there(world: World) -> Matter:
    matter = world.worked()
    arrived = send(matter, world.aino, world.tampere)
    with scope([world.tampere.pk]):
        accept(world.olli, arrived)
    return matter


def _came(world: World) -> Matter:
    with scope([world.tampere.pk]):
        client = make_client(world.tampere)
        matter = make_matter(client, arrived=TODAY - DAY, assignee=world.olli, state=MatterState.IN_PROGRESS)
        return send(matter, world.olli, world.kuopio)


def came(world: World) -> Matter:
    return _came(world)


def came_and_was_accepted(world: World) -> Matter:
    matter = _came(world)
    accept(world.aino, matter)
    return matter


def came_and_went_back(world: World) -> Matter:
    matter = _came(world)
    give_back(world.aino, matter, "Ei kuulu tänne")
    return matter


STATES: dict[str, Callable[[World], Matter]] = {
    "new and free": World.matter,
    "a need of social work, new and free": lambda world: world.matter(MatterKind.SOCIAL_WORK_NEED),
    "urgent": lambda world: world.matter(urgent=True),
    "given to aino": lambda world: world.matter(assignee=world.aino),
    "just taken": World.own,
    "in work": World.worked,
    "waits": waits,
    "of a colleague": handed_over,
    "on hold": held,
    "information asked for": World.asked,
    "time for information ran out": expired,
    "information came": answered,
    "request withdrawn": withdrawn,
    "letter of the request made": request_written,
    "time offered": time_offered,
    "invited": invited,
    "time cancelled": time_cancelled,
    "reached": reached,
    "under non-disclosure": protected,
    "assessment begun": begun,
    "mark taken back": taken_back,
    "closed": World.closed,
    "changed when closed": changed_when_closed,
    "opened again": reopened,
    "went to another municipality": went,
    "accepted there": accepted_there,
    "came from another municipality": came,
    "came and was accepted": came_and_was_accepted,
    "came and went back": came_and_went_back,
}


@pytest.fixture
def world(
    kuopio: Municipality, tampere: Municipality, southern: Unit, aino: User, eetu: User, sirkka: User, olli: User
) -> World:
    colleague = person("Kollega Kuvitteellinen", "kollega@kuopio.example", Role.SOCIAL_WORKER, kuopio, southern)
    return World(kuopio, tampere, southern, aino=aino, eetu=eetu, sirkka=sirkka, olli=olli, colleague=colleague)


def values_of(world: World, actor: User, matter: Matter) -> dict[str, dict[str, Any]]:
    """What each deed's form would bring, well filled in."""
    others = [one for name, one in world.people.items() if name != "olli" and one.pk != matter.assignee_id]
    to = next(one for one in others if one != actor)
    partner = Partner.objects.create(
        municipality=world.kuopio, name=f"Kumppani {matter.pk} {actor.pk}", kind=PartnerKind.choices[0][0]
    )
    application = matter.kind == MatterKind.APPLICATION
    now = NOW
    common = {"version": matter.version, "reason": "Syy"}
    own: dict[str, dict[str, Any]] = {
        "contact": {"channel": Channel.CALL, "outcome": ContactOutcome.NO_ANSWER, "at": now, "text": "",
                    "client_words": ""},
        "wait": {"state": MatterState.WAITING_CLIENT, "until": TODAY + 3 * DAY},
        "hand_over": {"to": to, "note": ""},
        "close": {"outcome": Outcome.SUPPORT_GRANTED if application else Outcome.MET_NO_NEED},
        "ask": {"items": "Tiliote", "limit": TODAY + 7 * DAY, "note": ""},
        "information": {"came_on": TODAY, "answer": ""},
        "partner": {"partner": partner, "told": "Asia", "consent": "yes", "ground": ""},
        "transfer": {"place": world.tampere},
        "act": {"kind": ActKind.DISCUSSION_HELD, "day": TODAY, "how": "", "note": ""},
        "remind": {"day": TODAY + 3 * DAY},
        "take_back_act": {"act": Act.objects.filter(matter=matter).first() or Act(matter=matter)},
        "offer": {"at": now + 2 * DAY, "worker": actor, "place": "", "note": ""},
        "letter": LETTER, "request_letter": LETTER, "invitation": LETTER,
    }  # fmt: skip
    return {one.name: common | own.get(one.name, {}) for one in all_deeds()}


def can_be_done(request: MunicipalRequest, name: str, matter: Matter, values: dict[str, Any]) -> bool:
    """Whether the verb does it; nothing of it stays."""
    fresh = Matter.objects.select_related("client", "assignee").get(pk=matter.pk)
    one = next(one for one in all_deeds() if one.name == name)
    with transaction.atomic():
        try:
            with transaction.atomic():
                one.act(request, fresh, values)
            done = True
        except NotPossible:
            done = False
        transaction.set_rollback(True)
    return done


@pytest.mark.parametrize("state", STATES)
def test_it_is_offered_where_it_can_be_done_and_nowhere_else(world: World, state: str) -> None:
    made = STATES[state](world)
    wrong = []
    for who in ("aino", "eetu", "colleague", "sirkka"):
        actor = world.people[who]
        matter = Matter.objects.select_related("client", "assignee").get(pk=made.pk)
        if not Matter.objects.visible_to(actor, world.kuopio).filter(pk=matter.pk).exists():
            continue
        access = access_of(actor, world.kuopio)
        request = cast("MunicipalRequest", SimpleNamespace(user=actor, access=access, municipality=world.kuopio))
        shown = {one.name for one in offered(Situation(MatterFile(matter), actor, access))}
        values = values_of(world, actor, matter)
        possible = {one.name for one in all_deeds() if can_be_done(request, one.name, matter, values[one.name])}
        wrong += [f"{who}: {name} is offered, and refused" for name in sorted(shown - possible)]
        wrong += [f"{who}: {name} can be done, and is not offered" for name in sorted(possible - shown)]
    assert not wrong, "\n".join(wrong)
