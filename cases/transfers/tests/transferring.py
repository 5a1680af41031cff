"""Sending a matter to another municipality, for tests of what comes of it."""

from accounts.models import User
from cases.models import Matter
from cases.transfers import verbs as transfers
from core.row_security import scope
from municipalities.models import Municipality

WHY = "Muutti opiskelun vuoksi."


def arrived_matter() -> Matter:
    return Matter.objects.select_related("client").get()


def send(matter: Matter, actor: User, to: Municipality, reason: str = WHY) -> Matter:
    transfers.request_transfer(actor, matter, to, reason)
    with scope([to.pk]):
        return Matter.objects.select_related("client").latest("pk")
