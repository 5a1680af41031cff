"""What a person who may open a client's page may do there, beyond reading it."""

from accounts.models import User
from cases.models import Client, Matter, OwnWorker
from municipalities.access import Access


def is_own_worker(user: User, client: Client) -> bool:
    return OwnWorker.objects.filter(client=client, user=user, ended=None).exists()


def may_reveal_details(access: Access, user: User, client: Client) -> bool:
    """Under turvakielto: the supervisor, the own worker and whoever has an open matter of the client."""
    return (
        access.all_units
        or is_own_worker(user, client)
        or Matter.objects.filter(client=client, assignee=user, closed_at=None).exists()
    )


def may_see_looks(access: Access, user: User, client: Client) -> bool:
    """Who has looked is for the supervisor and the own worker."""
    return access.all_units or is_own_worker(user, client)
