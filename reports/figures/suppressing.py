"""Hiding small numbers of clients' goals so that no two of the offered tables tell them.

Months, quarters and years are all offered, so the year is suppressed as one table of goals × time. Clients with
several measurements count once in each period, so the true totals are at most the sums of the months; the pattern is
made as if they were the sums, which is all that a reader could reckon with. The period's own row is suppressed too, and
what either hides is hidden.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace

from core.figures import Figure
from core.periods import Period
from core.suppression import Cell, Key, Node, Reason, suppress, with_totals
from municipalities.models import Municipality
from reports.figures import counts


def hidden_in(figure: Figure) -> set[str]:
    """The keys of the hidden rows; "" is n."""
    return {row.key for row in figure.rows if row.count is None} | ({""} if figure.n is None else set())


def over_time(
    figure: Figure,
    municipality: Municipality,
    period: Period,
    *,
    main_only: bool,
    restricted: bool,
    also: Collection[str] = (),
) -> Figure:
    """The figure of a period as it may leave the casework; `also` are rows that another table hides."""
    year = Period.containing(period.first, "year")
    months = counts.goals_by_month(municipality, year, main_only=main_only, restricted=restricted)
    own = figure.suppressed()
    node = period.path
    hidden = (hidden_together(months, node) if main_only else hidden_alone(months, node)) | set(also)
    rows = {row.key: merged(row.count, row.hidden, row.key in hidden) for row in own.rows}
    n = merged(own.n, own.n_hidden, "" in hidden)
    shown = figure.showing(rows, n)
    # the first note of a year tells n
    return shown if n.shown or period.kind != "year" else replace(shown, notes=shown.notes[1:])


Months = Mapping[tuple[str, Node], int]


def hidden_together(months: Months, node: Node) -> set[str]:
    """Of goals that exclude each other, those hidden in the period; "" is their total."""
    leaves: dict[Key, int] = {((goal,), month): count for (goal, month), count in months.items()}
    cells = suppress(with_totals(leaves))
    return {goal[0] if goal else "" for (goal, time), cell in cells.items() if time == node and not cell.shown}


def hidden_alone(months: Months, node: Node) -> set[str]:
    """Of goals of which a client may have several, those hidden in the period: each is a table of its own."""
    hidden = set()
    for goal in {goal for goal, _month in months}:
        leaves: dict[Key, int] = {(month,): count for (other, month), count in months.items() if other == goal}
        cell = suppress(with_totals(leaves)).get((node,))
        if cell is not None and not cell.shown:
            hidden.add(goal)
    return hidden


def merged(count: int | None, reason: Reason | None, hidden: bool) -> Cell:
    if reason is not None:
        return Cell(None, reason)
    return Cell(None, Reason.COMPLEMENTARY) if hidden else Cell(count)
