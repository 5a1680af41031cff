"""What a person who may open a client's page may do there, beyond reading it."""

from accounts.models import User
from cases.models import Case, Client, Matter, OwnWorker
from cases.models.owned import matter_gives_relation
from municipalities.access import access_of


def is_own_worker(user: User, client: Client) -> bool:
    worker = client.own_worker
    return worker is not None and worker.user_id == user.pk


def may_reveal_details(user: User, client: Client) -> bool:
    """Under turvakielto: the supervisor, the own worker and whoever has an open matter of the client."""
    return (
        access_of(user, client.municipality_id).all_units
        or is_own_worker(user, client)
        or Matter.objects.filter(client=client, assignee=user, closed_at=None).exists()
    )


def has_given_relation(user: User, client: Client) -> bool:
    """Whether somebody or something else than this person tied them to the client: whoever made the only tie
    themselves gives a reason for what they open with it."""
    access = access_of(user, client.municipality_id)
    if access.all_units:
        return True
    matters = Matter.objects.filter(matter_gives_relation(access), client=client).exclude(created_by=user)
    named = OwnWorker.objects.filter(client=client, user=user, ended=None).exclude(assigned_by=user)
    cases = Case.objects.filter(client=client, unit__in=access.unit_ids, closed_at=None).exclude(opened_by=user)
    return any(rows.exists() for rows in (matters, named, cases))


def may_see_looks(user: User, client: Client) -> bool:
    """Who has looked is for the supervisor and the own worker."""
    return access_of(user, client.municipality_id).all_units or is_own_worker(user, client)
