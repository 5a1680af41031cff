"""What ties people to a client: own worker, case, and who may see a restricted one."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.access.rights import answers_for, has_given_relation
from cases.clients.registering import locked
from cases.models import Case, Client, Matter, OwnWorker, RestrictedAccess
from cases.models.self_made_right import SelfMadeKind
from cases.oversight.verbs import record_self_made
from cases.timeline.events import record_event
from core.saving import NotPossible, refuse_older
from municipalities.models import Membership, Municipality, Unit
from municipalities.models.membership import CASEWORK

HAS_OPEN_CASE = _("The client already has an open case.")


def caseworkers(municipality: Municipality) -> QuerySet[User]:
    """The people who do casework in the municipality today."""
    members = Membership.objects.in_force().filter(municipality=municipality, role__in=CASEWORK)
    return User.objects.filter(is_active=True, pk__in=members.values("user"))


@transaction.atomic
def assign_own_worker(
    actor: User, client: Client, worker: User | None, *, reason: str = "", version: int | None = None
) -> OwnWorker | None:
    """End the assignment in force and begin another (sosiaalihuoltolaki 42 §); no worker: only end it.

    Whoever becomes it without another's doing gives a reason, which a supervisor reads.
    Raises core.saving.ChangedMeanwhile when that would change something and `version` is not the client's.
    """
    row = locked(client)
    today = timezone.localdate()
    current = OwnWorker.objects.filter(client=client, ended=None).first()
    if (current and current.user_id) == (worker and worker.pk):
        return current
    refuse_older(row, version)
    _require_to_answer(actor, row)
    if worker == actor and not has_given_relation(actor, client):
        record_self_made(actor, SelfMadeKind.OWN_WORKER, client, reason)
    move_on(row, version)
    if current is not None:
        current.ended = today
        current.save(update_fields=["ended"])
    if worker is None:
        if current is not None:
            record_event("own_worker.ended", client=client, actor=actor, user=current.user_id)
        return None
    assignment = OwnWorker.objects.create(
        municipality_id=client.municipality_id, client=client, user=worker, started=today, assigned_by=actor
    )
    record_event("own_worker.assigned", client=client, actor=actor, user=worker.pk)
    return assignment


def has_open_case(client: Client) -> bool:
    return Case.objects.filter(client=client, closed_at=None).exists()


@transaction.atomic
def open_case(actor: User, client: Client, *, matter: Matter | None = None, unit: Unit | None = None) -> Case:
    """Open the asiakkuus from a matter; one is open at a time. Raises NotPossible."""
    if matter:
        # a transfer holds the matter when it changes the client
        Matter.objects.select_for_update(of=("self",)).get(pk=matter.pk)
    locked(client)
    if has_open_case(client):
        raise NotPossible(HAS_OPEN_CASE)
    case = Case.objects.create(
        municipality_id=client.municipality_id,
        client=client,
        unit=unit or (matter.unit if matter else None),
        opened_by=actor,
    )
    record_event("case.opened", client=client, actor=actor, matter=matter)
    return case


@transaction.atomic
def close_case(actor: User, case: Case, ground: str) -> Case:
    """Close the asiakkuus with its ground. The own worker's assignment is ended by hand, not by this."""
    row = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if row.closed_at is None:
        _require_to_answer(actor, row.client)
        row.closed_at, row.closed_by, row.closing_ground = timezone.now(), actor, ground
        row.save(update_fields=["closed_at", "closed_by", "closing_ground"])
        record_event("case.closed", client=row.client, actor=actor, reason=ground)
    return row


def _require_to_answer(actor: User, client: Client) -> None:
    reason = answers_for(actor, client)
    if reason is not None:
        raise NotPossible(reason)


@transaction.atomic
def restrict(actor: User, client: Client, people: Iterable[User], *, version: int | None = None) -> None:
    """Only these people may see the client from now on.

    Raises core.saving.ChangedMeanwhile when that would change something and `version` is not the client's.
    """
    wanted = {person.pk: person for person in people}
    row = locked(client)
    named = {naming.user_id: naming for naming in RestrictedAccess.objects.filter(client=client, ended=None)}
    if row.restricted and named.keys() == wanted.keys():
        return
    newly = not row.restricted
    row.restricted = True
    move_on(row, version)
    if newly:
        record_event("client.restricted", client=row, actor=actor)
    for user_id, naming in named.items():
        if user_id not in wanted:
            naming.ended = timezone.now()
            naming.save(update_fields=["ended"])
            record_event("client.naming_ended", client=row, actor=actor, user=user_id)
    for user_id, user in wanted.items():
        if user_id not in named:
            RestrictedAccess.objects.create(municipality_id=row.municipality_id, client=row, user=user, named_by=actor)
            record_event("client.person_named", client=row, actor=actor, user=user_id)


@transaction.atomic
def lift_restriction(actor: User, client: Client, *, version: int | None = None) -> None:
    """The client is again seen by the ordinary rule; the namings end.

    Raises core.saving.ChangedMeanwhile when the client is restricted and `version` is not the client's.
    """
    row = locked(client)
    if not row.restricted:
        return
    row.restricted = False
    move_on(row, version)
    RestrictedAccess.objects.filter(client=client, ended=None).update(ended=timezone.now())
    record_event("client.restriction_lifted", client=row, actor=actor)


def move_on(row: Client, version: int | None) -> None:
    """Save the locked client as its next version, so that no form shown before is saved over this."""
    refuse_older(row, version)
    row.version += 1
    row.save(update_fields=["restricted", "version"])
