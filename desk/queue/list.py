"""The list of the queue: its rows by index, and every number about it from one count of the open matters."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Max, Q, QuerySet, prefetch_related_objects
from django.utils.translation import gettext as _

from cases.models import Matter
from desk.holds.shown import holding_note, turns
from desk.matter.addresses import queue_address
from desk.matter.words import Due, due_of, for_rows, state_words, what, with_deadlines
from desk.queue.filter import CLOSED, EVERYTHING, FREE, HELD, MINE, UNIT, VIEWS, WAITS, QueueFilter
from municipalities.requests import MunicipalRequest

ROWS = 50
NOBODY = Q(pk=None)


@dataclass(frozen=True, slots=True)
class Row:
    pk: int
    name: str
    url: str
    what: str
    due: Due | None
    state: str


class InOrder(Sequence[Matter]):
    """Matters of the list, the pressing ones first: each part is in an order that an index serves."""

    def __init__(self, filters: QueueFilter, total: int, pressing: int) -> None:
        self.filters, self.total, self.first = filters, total, pressing

    def __len__(self) -> int:
        return self.total

    def __getitem__(self, asked: Any) -> Any:
        start, stop, _step = asked.indices(self.total)
        rows = self.filters.queryset()
        pressing = self.filters.pressing()
        if pressing is None:
            found = list(for_rows(rows)[start:stop])
        else:
            found = self._part(rows.filter(pressing), start, min(stop, self.first))
            found += self._part(rows.exclude(pressing), max(start - self.first, 0), stop - self.first)
        prefetch_related_objects(found, with_deadlines())
        return found

    def _part(self, rows: QuerySet[Matter], start: int, stop: int) -> list[Matter]:
        return list(for_rows(rows)[start:stop]) if start < stop else []


@dataclass(frozen=True, slots=True)
class Counts:
    """Of those that the filters let through: in each view; in the chosen one also the pressing and the newest key.

    `views` has the chosen one only where closed matters are asked for: a municipality has too many to count them all.
    """

    views: dict[str, int]
    shown: int
    pressing: int
    newest: int
    any_held: bool = False
    """Whether something is on hold at all, under whatever filters."""


def count(filters: QueueFilter) -> Counts:
    """One scan: of the open matters, or of the closed ones that are shown."""
    visible = filters.visible().order_by()
    if filters.value("state") == CLOSED:
        found = visible.filter(filters.condition()).aggregate(**_of_shown(filters))
        views = {filters.view: found["shown"]}
    else:
        names = {view: f"n{place}" for place, view in enumerate(filters.views())}
        counted = {name: Count("pk", filter=filters.condition(view)) for view, name in names.items()}
        counted["held"] = Count("pk", filter=filters.on_desks() & VIEWS[HELD])
        found = visible.filter(closed_at=None).aggregate(**counted, **_of_shown(filters))
        views = {view: found[name] for view, name in names.items()}
    return Counts(views, found["shown"], found["pressing"], found["newest"] or 0, bool(found.get("held")))


def _of_shown(filters: QueueFilter) -> dict[str, Count | Max]:
    shown = filters.condition()
    pressing = filters.pressing()
    return {
        "shown": Count("pk", filter=shown),
        "pressing": Count("pk", filter=shown & (NOBODY if pressing is None else pressing)),
        "newest": Max("pk", filter=shown),
    }


def page_of(request: MunicipalRequest, filters: QueueFilter, counts: Counts) -> Page[Matter]:
    return Paginator(InOrder(filters, counts.shown, counts.pressing), ROWS).get_page(request.GET.get("sivu"))


def rows_of(request: MunicipalRequest, filters: QueueFilter, page: Page[Matter]) -> list[Row]:
    whose = filters.view != MINE
    held = turns(request.municipality, page) if filters.view == HELD else {}
    return [
        Row(
            pk=matter.pk,
            name=matter.client.name,
            url=queue_address(request, avoin=matter.pk, teko=None),
            what=what(matter),
            due=due_of(matter),
            state=held.get(matter.pk) or state_words(matter, whose=whose),
        )
        for matter in page
    ]


def tabs(request: MunicipalRequest, filters: QueueFilter, counts: Counts) -> list[dict[str, Any]]:
    """The views of the queue, each with the number of rows that it shows under these filters."""
    shown = [
        (MINE, _("Mine")),
        (FREE, _("Unassigned")),
        *((f"{UNIT}{unit.pk}", unit.name) for unit in filters.own_units()),
        (EVERYTHING, _("All")),
        (WAITS, _("Waiting for the client or for information")),
    ]
    if counts.any_held or filters.view == HELD:
        shown.append((HELD, _("On hold")))
    return [
        {
            "label": label,
            "n": counts.views.get(view),
            "url": queue_address(request, nakyma=view, avoin=None, teko=None, sivu=None),
            "current": view == filters.view,
        }
        for view, label in shown
    ]


def note_of(request: MunicipalRequest, filters: QueueFilter) -> str:
    return holding_note(request.municipality) if filters.view == HELD else ""
