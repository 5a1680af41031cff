"""Matters between municipalities: one that has come and waits, one that is asked of another, one that came back."""

from collections.abc import Collection
from typing import NamedTuple

from accounts.models import User
from cases.models import Matter, MatterState
from cases.transfers import verbs as transfers
from demo.scale import KUOPIO, TAMPERE
from municipalities.models import Municipality


class Move(NamedTuple):
    sender: int
    receiver: int
    returned: bool = False


# the senders' words do not change with the language of the reader
WHY = "Hakija on muuttanut, ja hänen vakinainen asuinpaikkansa on nyt siellä."
WHY_NOT = "Hakija opiskelee täällä, mutta hänen vakinainen asuinpaikkansa on yhä teillä."
MOVES = (Move(TAMPERE, KUOPIO), Move(KUOPIO, TAMPERE), Move(KUOPIO, TAMPERE, returned=True))


def move_some(places: Collection[int]) -> int:
    """Between those of the municipalities that the scope holds; gives how many. People do it today, as on any day."""
    taken: list[int] = []
    for move in MOVES:
        if not {move.sender, move.receiver} <= set(places):
            continue
        matter = _one_in_progress(move.sender, taken)
        if matter is None or matter.assignee is None:
            continue
        taken.append(matter.client_id)
        sent = transfers.request_transfer(matter.assignee, matter, Municipality.objects.get(pk=move.receiver), WHY)
        if move.returned:
            arrived = Matter.objects.get(transfers__public_id=sent.public_id, transfers__incoming=True)
            transfers.give_back(_worker(move.receiver), arrived, WHY_NOT)
    return len(taken)


def _one_in_progress(place: int, taken: list[int]) -> Matter | None:
    rows = Matter.objects.filter(municipality=place, state=MatterState.IN_PROGRESS, client__restricted=False)
    rows = rows.filter(client__non_disclosure=False, assignee__isnull=False).exclude(client__in=taken)
    return rows.select_related("client", "assignee").order_by("-arrived", "-pk").first()


def _worker(place: int) -> User:
    return User.objects.get(email={KUOPIO: "aino@kuopio.example", TAMPERE: "olli@tampere.example"}[place])
