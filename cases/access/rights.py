"""What a person who may open a client's page may do there, beyond reading it."""

from collections.abc import Collection

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

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


def answers_for(user: User, client: Client) -> Promise | None:
    """Whether the person may end the case and name another own worker; None when so, else the words why not.

    Those who have something to do with the client decide on it; while nobody has, any colleague who sees the client.
    """
    open_matters = Matter.objects.filter(client=client, assignee__isnull=False, closed_at=None)
    if is_one_of_those(user, client, set(open_matters.values_list("assignee", flat=True))):
        return None
    return _("The own worker, who has an open matter of the client, or the supervisor decides on this.")


def is_one_of_those(user: User, client: Client, at_work: Collection[int | None]) -> bool:
    """`at_work`: who have the open matters of the client, for a page that has read them."""
    if access_of(user, client.municipality_id).all_units or is_own_worker(user, client) or user.pk in at_work:
        return True
    return client.own_worker is None and not at_work


def may_see_looks(user: User, client: Client) -> bool:
    """Who has looked is for the supervisor and the own worker."""
    return access_of(user, client.municipality_id).all_units or is_own_worker(user, client)
