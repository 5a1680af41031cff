"""What a person who may open a client's page may do there, beyond reading it."""

from collections.abc import Collection

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models import Case, Client, Event, Matter, OwnWorker, SelfMadeRight
from cases.models.owned import is_ours, matter_gives_relation, recently
from municipalities.access import access_of

PASSED_ON = ("matter.handed_over", "matter.assigned", "matter.reopened")


def is_own_worker(user: User, client: Client) -> bool:
    worker = client.own_worker
    return worker is not None and worker.user_id == user.pk


def may_reveal_details(user: User, client: Client) -> bool:
    """Under turvakielto: the supervisor, the own worker and whoever has an open matter of the client that is ours."""
    return (
        access_of(user, client.municipality_id).all_units
        or is_own_worker(user, client)
        or Matter.objects.filter(is_ours(), client=client, assignee=user, closed_at=None).exists()
    )


def must_say_why(user: User, client: Client) -> bool:
    """Whether whoever may reveal the details writes first why: nobody else tied them to the client.

    The reason lasts as long as a closed matter gives a relation.
    """
    if access_of(user, client.municipality_id).all_units or _was_given(user, client):
        return False
    said = SelfMadeRight.objects.filter(user=user, client=client, at__gte=recently(settings.RELATION_DAYS))
    return not said.exists()


def _was_given(user: User, client: Client) -> bool:
    """Named own worker by somebody else, or given an open matter: by a colleague, or by the routing.

    Not one that the person opened, took from the desk or opened again, nor one that they passed on themselves and got
    back.
    """
    if OwnWorker.objects.filter(client=client, user=user, ended=None).exclude(assigned_by=user).exists():
        return True
    took_free = Q(kind="matter.taken") & (Q(data__given__isnull=True) | ~Q(data__given=user.pk))
    by_oneself = Event.objects.filter(took_free | Q(kind__in=PASSED_ON), matter=OuterRef("pk"), actor=user)
    mine = Matter.objects.filter(is_ours(), client=client, assignee=user, closed_at=None)
    return mine.exclude(created_by=user).exclude(Exists(by_oneself)).exists()


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
