"""The rows of Valvonta: who opened what, and of many the clients whose details were shown."""

from dataclasses import dataclass

from cases.models import Client, SelfMadeRight
from cases.oversight.looks import Shown, shown_around
from municipalities.requests import MunicipalRequest

ROW = "rivi-"
"""Before a row's number: its place on the page."""


@dataclass(frozen=True, slots=True)
class Row:
    row: SelfMadeRight
    named: tuple[Client, ...]
    """The clients whose name this supervisor may see, the row's own or those of many."""
    unnamed: int
    """How many others there are: restricted ones have no name here."""
    shown: Shown | None
    own: bool
    next: int | None
    """The row that comes to this one's place once it is looked at."""

    @property
    def place(self) -> str:
        return f"{ROW}{self.row.pk}"


def shown_rows(request: MunicipalRequest, rows: list[SelfMadeRight]) -> list[Row]:
    shown = shown_around(rows)
    asked = {row.pk: _clients(row, shown) for row in rows}
    wanted = {pk for ids in asked.values() for pk in ids}
    visible = Client.objects.visible_to(request.user, request.municipality).in_bulk(wanted)
    found = []
    for place, row in enumerate(rows):
        named = tuple(visible[pk] for pk in asked[row.pk] if pk in visible)
        following = rows[place + 1] if place + 1 < len(rows) else rows[place - 1] if place else None
        found.append(
            Row(
                row=row,
                named=named,
                unnamed=len(asked[row.pk]) - len(named),
                shown=shown.get(row.pk),
                own=row.user_id == request.user.pk,
                next=following.pk if following else None,
            )
        )
    return found


def _clients(row: SelfMadeRight, shown: dict[int, Shown]) -> tuple[int, ...]:
    if row.client_id:
        return (row.client_id,)
    return shown[row.pk].client_ids if row.pk in shown else ()
