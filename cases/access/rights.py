"""What a person who may open a client's page may do there, beyond reading it."""

from accounts.models import User
from cases.models import Client, Matter
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


def may_see_looks(user: User, client: Client) -> bool:
    """Who has looked is for the supervisor and the own worker."""
    return access_of(user, client.municipality_id).all_units or is_own_worker(user, client)
