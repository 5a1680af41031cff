"""Published tables as the pages show them: words in the language of the reader, and what is hidden as a word."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext

from core.spread import Spread
from core.suppression import Reason, hidden_words
from reports.models import Edition
from reports.publishing.definitions import definitions_of
from reports.publishing.draft import Draft
from reports.publishing.earlier import tables_of
from reports.publishing.files import percent_of
from reports.publishing.tables import Kind, Number, Row, Table, here


@dataclass(frozen=True, slots=True)
class ShownRow:
    """`inside` is the exact number beside it, where it is shown to those who publish; "" elsewhere."""

    label: str
    count: str
    base: str
    hidden: bool
    percent: float | None
    spread: Spread | None
    inside: str = ""


@dataclass(frozen=True, slots=True)
class ShownTable:
    id: str
    heading: str
    period: str
    withheld: bool
    rows: list[ShownRow]
    total: ShownRow | None
    rows_are: str
    counts_are: str
    unit: str
    notes: list[str]
    hides: bool
    since: str
    smallest: int
    definition: str
    fingerprint: str
    compares: bool = False

    @property
    def has_spread(self) -> bool:
        return any(row.spread for row in self.rows)


def of_edition(edition: Edition) -> list[ShownTable]:
    return [_shown(table, edition.definitions, edition.smallest) for table in tables_of(edition)]


def of_draft(draft: Draft) -> tuple[list[ShownTable], list[ShownTable]]:
    """The tables by traits with what they are inside, and those of work, which are told as they are."""
    definitions, inside = definitions_of(draft.tables), {table.id: table for table in draft.exact}
    traits = [one for one in draft.tables if one.kind == Kind.TRAIT]
    work = [one for one in draft.tables if one.kind == Kind.WORK]
    return (
        [_shown(table, definitions, draft.smallest, inside[table.id]) for table in traits],
        [_shown(table, definitions, draft.smallest) for table in work],
    )


def _shown(table: Table, definitions: Mapping[str, Any], smallest: int, inside: Table | None = None) -> ShownTable:
    least = table.smallest or smallest
    exact = {row.key: row for row in _all_rows(inside)} if inside else {}
    # of a table that is withheld those who publish see what it would tell
    source = inside if inside and table.withheld else table
    rows = [_row(row, source, least, exact.get(row.key), hidden=table.withheld) for row in source.rows]
    definition = definitions[table.name]
    title = here(table.title)
    n = "" if table.withheld else _words(table.n, least)
    day = parse_date(table.since) if table.since else None
    return ShownTable(
        id=f"{table.name}-{table.period.key}",
        heading=gettext("%(title)s (N = %(n)s)") % {"title": title, "n": n} if n else title,
        period=table.period.label,
        withheld=table.withheld,
        rows=rows,
        total=_row(source.total, source, least, exact.get(""), hidden=table.withheld) if source.total else None,
        rows_are=here(table.rows_are),
        counts_are=here(table.counts_are),
        unit=here(table.unit),
        notes=[here(note) for note in table.notes],
        hides=any(not row.shown for row in table.rows),
        since=date_format(day, "SHORT_DATE_FORMAT") if day else "",
        smallest=least,
        definition=here(definition["text"]),
        fingerprint=definition["fingerprint"][:12],
        compares=inside is not None,
    )


def _all_rows(table: Table) -> Iterable[Row]:
    return (*table.rows, *([table.total] if table.total else []))


def _row(row: Row, table: Table, smallest: int, exact: Row | None, *, hidden: bool) -> ShownRow:
    count = gettext("not told") if hidden else _words(row.count, smallest)
    base = "" if row.base is None or hidden else _words(row.base, smallest)
    percent = None if hidden else percent_of(row, table)
    return ShownRow(here(row.label), count, base, hidden or not row.shown, percent, row.spread, _inside(exact))


def _inside(row: Row | None) -> str:
    if row is None:
        return ""
    base = f" / {_words(row.base, 0)}" if row.base is not None else ""
    return f"{_words(row.count, 0)}{base}"


def _words(number: Number | None, smallest: int) -> str:
    if number is None:
        return ""
    return hidden_words(number, smallest) if isinstance(number, Reason) else number_format(number)
