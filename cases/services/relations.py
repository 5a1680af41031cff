"""What ties people to a client: own worker, case, and who may see a restricted one."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from cases.models import Case, Client, Matter, OwnWorker, RestrictedAccess
from cases.services.events import record_event
from municipalities.models import Membership, Municipality, Unit
from municipalities.models.membership import CASEWORK


def caseworkers(municipality: Municipality) -> QuerySet[User]:
    """The people who do casework in the municipality today."""
    members = Membership.objects.in_force().filter(municipality=municipality, role__in=CASEWORK)
    return User.objects.filter(is_active=True, pk__in=members.values("user"))


@transaction.atomic
def assign_own_worker(actor: User, client: Client, worker: User | None) -> OwnWorker | None:
    """End the assignment in force and begin another (sosiaalihuoltolaki 42 §); no worker: only end it."""
    Client.objects.select_for_update(of=("self",)).get(pk=client.pk)
    today = timezone.localdate()
    current = OwnWorker.objects.filter(client=client, ended=None).first()
    if current is not None and worker is not None and current.user_id == worker.pk:
        return current
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


@transaction.atomic
def open_case(actor: User, client: Client, *, matter: Matter | None = None, unit: Unit | None = None) -> Case:
    """Open the asiakkuus from a matter; one is open at a time (`one_open_case`)."""
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
        row.closed_at, row.closed_by, row.closing_ground = timezone.now(), actor, ground
        row.save(update_fields=["closed_at", "closed_by", "closing_ground"])
        record_event("case.closed", client=row.client, actor=actor, reason=ground)
    return row


@transaction.atomic
def restrict(actor: User, client: Client, people: Iterable[User]) -> None:
    """Only these people may see the client from now on."""
    wanted = {person.pk: person for person in people}
    if not client.restricted:
        client.restricted = True
        client.version += 1
        client.save(update_fields=["restricted", "version"])
        record_event("client.restricted", client=client, actor=actor)
    named = {row.user_id: row for row in RestrictedAccess.objects.filter(client=client, ended=None)}
    for user_id, row in named.items():
        if user_id not in wanted:
            row.ended = timezone.now()
            row.save(update_fields=["ended"])
            record_event("client.naming_ended", client=client, actor=actor, user=user_id)
    for user_id, user in wanted.items():
        if user_id not in named:
            name_person(actor, client, user)


@transaction.atomic
def name_person(actor: User, client: Client, user: User) -> RestrictedAccess:
    row = RestrictedAccess.objects.create(
        municipality_id=client.municipality_id, client=client, user=user, named_by=actor
    )
    record_event("client.person_named", client=client, actor=actor, user=user.pk)
    return row


@transaction.atomic
def lift_restriction(actor: User, client: Client) -> None:
    """The client is again seen by the ordinary rule; the namings end."""
    client.restricted = False
    client.version += 1
    client.save(update_fields=["restricted", "version"])
    RestrictedAccess.objects.filter(client=client, ended=None).update(ended=timezone.now())
    record_event("client.restriction_lifted", client=client, actor=actor)
