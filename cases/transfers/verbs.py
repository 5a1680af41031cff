"""A matter to another municipality and, if it does not belong there, back (toimeentulotukilaki 14 d §).

Each side has its own matter and its own row of the transfer. Both change together, and nothing else of either side is
seen by the other. Locks are taken in one order: the carriers' own, the rows of the transfer, the sender's matter, the
receiver's.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.matters import rules
from cases.matters.changing import changing
from cases.matters.life import open_matter
from cases.matters.waiting import wait_again
from cases.models import Deadline, Matter, MatterKind, MatterState, Transfer
from cases.models.deadline import CountedFrom, Duty
from cases.models.matter import MatterSource, Outcome
from cases.models.transfer import TransferState
from cases.timeline.events import record_event
from cases.transfers.carrying import carriers
from cases.transfers.people import person_at, restrict_too, set_protection, take_over, unrestrict
from core.row_security import across_municipalities
from core.saving import NotPossible
from municipalities.models import Membership, Municipality
from municipalities.models.membership import CASEWORK

REASON = "a transfer changes the matters of the two municipalities together"


@dataclass(frozen=True, slots=True)
class Sides:
    """Both rows of a transfer, locked, with their matters."""

    sent: Transfer
    arrived: Transfer


def in_use(municipality: Municipality) -> bool:
    """Whether anybody does casework there with this program."""
    members = Membership.objects.in_force().filter(municipality=municipality, role__in=CASEWORK)
    return members.filter(user__is_active=True).exists()


@transaction.atomic
def request_transfer(
    actor: User, matter: Matter, to: Municipality, reason: str, *, version: int | None = None
) -> Transfer:
    """Ask another municipality to take the matter: it arrives there today, and waits here for the answer."""
    if to.pk == matter.municipality_id:
        raise NotPossible(_("The matter is in this municipality already."), "place")
    if not reason.strip():
        raise NotPossible(_("Write why the matter is transferred."), "reason")
    if not in_use(to):
        raise NotPossible(
            _("%(place)s does not use this program. Send the matter in another way and close it here as transferred.")
            % {"place": to.name},
            "place",
        )
    with across_municipalities(REASON, [matter.municipality_id, to.pk]):
        for carrier in carriers():
            carrier.prepare(matter)
        with changing(matter, version) as file:
            rules.require(rules.TRANSFER, actor, file)
            arrived = _arrive(actor, matter, to)
            sent = _record(matter, arrived, actor, reason.strip())
            matter.state = MatterState.WAITING_TRANSFER
            matter.waiting_until = None
            matter.held_since = None
            for carrier in carriers():
                carrier.go(matter, arrived)
    return sent


def accept(actor: User, matter: Matter, *, version: int | None = None) -> None:
    """The receiver takes the matter as its own; the sender's closes as transferred."""
    with (
        _sides(matter, incoming=True) as sides,
        changing(sides.sent.matter),
        changing(sides.arrived.matter, version) as file,
    ):
        rules.require(rules.ANSWER_TRANSFER, actor, file)
        # as the sender knows the person now: turvakielto or a restriction may have come since the request
        take_over(actor, sides.sent.client, sides.arrived.client)
        _close(sides.sent.matter, Outcome.TRANSFERRED)
        _answer(sides, TransferState.ACCEPTED, actor, sides.arrived)
    matter.refresh_from_db()


def give_back(actor: User, matter: Matter, reason: str, *, version: int | None = None) -> None:
    """The receiver returns the matter: the sender goes on with its old clock."""
    if not reason.strip():
        raise NotPossible(_("Write why the matter is returned."), "reason")
    with _coming_back(actor, matter, version, incoming=True) as sides:
        _close(sides.arrived.matter, Outcome.WRONG_OR_WITHDRAWN, actor)
        _answer(sides, TransferState.RETURNED, actor, sides.arrived, reason.strip())
    matter.refresh_from_db()


def revoke(actor: User, matter: Matter, reason: str = "", *, version: int | None = None) -> None:
    """The sender takes the matter back while nobody has answered."""
    with _coming_back(actor, matter, version, incoming=False) as sides:
        _close(sides.arrived.matter, Outcome.WRONG_OR_WITHDRAWN)
        _answer(sides, TransferState.REVOKED, actor, sides.sent, reason.strip())
    matter.refresh_from_db()


def _arrive(actor: User, matter: Matter, to: Municipality) -> Matter:
    """The matter there. The competent municipality's clock begins on its day of arrival."""
    asked = matter.deadlines.filter(duty=Duty.DISCUSS).first()
    if asked and asked.met_on and matter.kind != MatterKind.DISCUSSION:
        asked = None
    return open_matter(
        None,
        to,
        person_at(actor, matter.client, to),
        kind=matter.kind,
        source=MatterSource.TRANSFER,
        arrived=timezone.localdate(),
        urgent=matter.urgent,
        summary=matter.summary,
        description=matter.description,
        wants_discussion=asked is not None,
        requested_on=_day_of_request(asked),
        created_on=asked.counted_from if asked and asked.counted_from_what == CountedFrom.CREATED else None,
    )


def _day_of_request(asked: Deadline | None) -> Any:
    """A wish for a discussion keeps its day, also one that was counted from the arrival at the sender."""
    return asked.counted_from if asked and asked.counted_from_what != CountedFrom.CREATED else None


def _record(matter: Matter, arrived: Matter, actor: User, reason: str) -> Transfer:
    hides = matter.client.non_disclosure
    both: dict[str, Any] = {"reason": reason, "asked_by_name": actor.name, "asked_at": timezone.now()}
    try:
        with transaction.atomic():
            sent = Transfer.objects.create(
                municipality_id=matter.municipality_id,
                incoming=False,
                other_id=arrived.municipality_id,
                hides_place=hides,
                client=matter.client,
                matter=matter,
                asked_by=actor,
                **both,
            )
    except IntegrityError:
        raise NotPossible(_("The matter is being transferred already.")) from None
    Transfer.objects.create(
        public_id=sent.public_id,
        municipality_id=arrived.municipality_id,
        incoming=True,
        other_id=matter.municipality_id,
        client=arrived.client,
        matter=arrived,
        restricts=restrict_too(actor, matter.client, arrived.client),
        **both,
    )
    # under turvakielto what the worker wrote may name the place
    told = "" if hides else reason
    record_event("transfer.requested", client=matter.client, actor=actor, matter=matter, reason=told)
    restricted = matter.client.restricted or None
    record_event(
        "transfer.arrived", client=arrived.client, actor=None, matter=arrived, reason=told, restricted=restricted
    )
    return sent


@contextmanager
def _sides(matter: Matter, *, incoming: bool, coming_back: bool = False) -> Iterator[Sides]:
    here = Transfer.objects.filter(matter=matter, incoming=incoming).order_by("-pk").first()
    if here is None:
        raise NotPossible(_("The matter is not being transferred."))
    with across_municipalities(REASON, [here.municipality_id, here.other_id]):
        for carrier in carriers() if coming_back else ():
            carrier.prepare(matter)
        rows = Transfer.objects.filter(public_id=here.public_id).select_related("matter").order_by("incoming")
        sent, arrived = rows.select_for_update(of=("self",))
        if sent.state != TransferState.REQUESTED:
            raise NotPossible(rules.ANSWERED[sent.state])
        yield Sides(sent, arrived)


@contextmanager
def _coming_back(actor: User, matter: Matter, version: int | None, *, incoming: bool) -> Iterator[Sides]:
    with _sides(matter, incoming=incoming, coming_back=True) as sides:
        sent, arrived = sides.sent.matter, sides.arrived.matter
        of_sender, of_receiver = (None, version) if incoming else (version, None)
        with changing(sent, of_sender) as there, changing(arrived, of_receiver) as here:
            if incoming:
                rules.require(rules.ANSWER_TRANSFER, actor, here)
            else:
                rules.require(rules.REVOKE_TRANSFER, actor, there)
            # the receiver's answer may tell it; who takes the matter back must learn nothing by having asked
            if incoming and arrived.client.non_disclosure:
                set_protection(sent.client)
                sides.sent.client = sent.client
            if sides.arrived.restricts:
                unrestrict(sides.sent.asked_by, sides.arrived.client)
            _go_on(sent)
            sent.seen_by_assignee = not incoming or sent.assignee_id is None
            for carrier in carriers():
                carrier.come_back(sent, arrived)
            yield sides


def _go_on(matter: Matter) -> None:
    """What the client was asked for before is waited for again."""
    if not wait_again(matter):
        matter.state = MatterState.IN_PROGRESS if matter.assignee_id else MatterState.NEW


def _close(matter: Matter, outcome: Outcome, actor: User | None = None) -> None:
    """Without an actor it was the other municipality that ended it."""
    matter.state = MatterState.CLOSED
    matter.outcome = outcome
    matter.closed_at = timezone.now()
    matter.closed_by = actor
    matter.waiting_until = None
    matter.held_since = None


def _answer(sides: Sides, state: TransferState, actor: User, own: Transfer, words: str = "") -> None:
    """`own` is the side of the actor, who is a person there; on the other side the answer has a name only."""
    hides = sides.sent.hides_place or sides.sent.client.non_disclosure
    for side in (sides.sent, sides.arrived):
        side.state = state
        side.answered_at = timezone.now()
        side.answered_by = actor if side is own else None
        side.answered_by_name = actor.name
        side.answer = words
        side.version += 1
        side.save()
        record_event(
            f"transfer.{state.value}",
            client=side.client,
            actor=actor if side is own else None,
            matter=side.matter,
            reason="" if hides else words,
            here=side is own,
        )
