"""An edition as files: JSON for scripts, CSV for tables. Hidden numbers are the words that people read."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext

from core.csv_export import Value, csv_bytes
from core.suppression import Reason, hidden_words
from municipalities.models import Municipality
from reports.models import Edition
from reports.publishing.definitions import definitions_of
from reports.publishing.draft import Draft
from reports.publishing.earlier import tables_of
from reports.publishing.periods import EditionPeriod
from reports.publishing.tables import Number, Row, Table, here


def words_of(number: Number | None, smallest: int) -> int | str | None:
    return hidden_words(number, smallest) if isinstance(number, Reason) else number


def share_of(row: Row, table: Table) -> float | None:
    """Of its base, or of n; None when a number that it is made of is hidden."""
    whole = table.n if row.base is None else row.base
    return row.count / whole if isinstance(row.count, int) and isinstance(whole, int) and whole else None


def percent_of(row: Row, table: Table) -> float | None:
    share = share_of(row, table)
    return None if share is None else int(share * 1000 + 0.5) / 10


def edition_json(edition: Edition) -> dict[str, Any]:
    """What `manage.py edition --json` prints: the same for ever, but for the edition that has corrected it."""
    corrected = Edition.objects.filter(corrects=edition).values_list("version", flat=True).first()
    return _json(edition.municipality, EditionPeriod(edition.first, edition.last), edition.smallest) | {
        "status": "corrected" if corrected else "published",
        "version": edition.version,
        "made": edition.made_at.isoformat(timespec="seconds"),
        "made_by": str(edition.made_by) if edition.made_by else None,
        "corrects": edition.corrects.version if edition.corrects else None,
        "corrected_by": corrected,
        "reason": edition.reason,
        "tables": [_table_json(table, edition.definitions, edition.smallest) for table in tables_of(edition)],
        "audit": edition.audit,
    }


def draft_json(draft: Draft) -> dict[str, Any]:
    """As it would be published."""
    definitions = definitions_of(draft.tables)
    return _json(draft.municipality, draft.period, draft.smallest) | {
        "status": "preview",
        "tables": [_table_json(table, definitions, draft.smallest) for table in draft.tables],
        "audit": draft.audit.as_json(),
    }


def _json(municipality: Municipality, period: EditionPeriod, smallest: int) -> dict[str, Any]:
    return {
        "municipality": municipality.code,
        "period": period.key,
        "label": period.label,
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
        "smallest": smallest,
    }


def _table_json(table: Table, definitions: dict[str, Any], smallest: int) -> dict[str, Any]:
    definition, least = definitions[table.name], table.smallest or smallest
    return {
        "name": table.name,
        "title": here(table.title),
        "period": table.period.key,
        "n": words_of(table.n, least),
        "rows": [_row_json(row, table, least) for row in table.rows],
        "total": _row_json(table.total, table, least) if table.total else None,
        "notes": [here(note) for note in table.notes],
        "withheld": table.withheld,
        "since": table.since or None,
        "definition": here(definition["text"]),
        "fingerprint": definition["fingerprint"],
    }


def _row_json(row: Row, table: Table, smallest: int) -> dict[str, Any]:
    found = {"key": row.key or "total", "label": here(row.label), "count": words_of(row.count, smallest)}
    if row.base is not None:
        found["base"] = words_of(row.base, smallest)
    found["share"] = share_of(row, table)  # type: ignore[assignment]
    if row.spread:
        found |= {"median": row.spread.median, "low": row.spread.low, "high": row.spread.high}
    return found


def edition_csv(edition: Edition) -> bytes:
    period = EditionPeriod(edition.first, edition.last)
    head: list[list[Value]] = [
        [edition.municipality.name, period.label],
        [gettext("Published"), edition.made_at.date(), gettext("edition %(n)s") % {"n": edition.version}],
    ]
    if edition.reason:
        head.append([gettext("Corrects edition %(n)s") % {"n": edition.version - 1}, edition.reason])
    return csv_bytes([*head, *lines_of(tables_of(edition), edition.definitions, edition.smallest)])


def draft_csv(draft: Draft) -> bytes:
    head: list[list[Value]] = [[draft.municipality.name, draft.period.label], [gettext("Preview, not published")]]
    return csv_bytes([*head, *lines_of(draft.tables, definitions_of(draft.tables), draft.smallest)])


def lines_of(tables: Iterable[Table], definitions: dict[str, Any], smallest: int) -> Iterable[list[Value]]:
    for table in tables:
        least = table.smallest or smallest
        yield []
        yield [here(table.title), table.period.label]
        yield [here(definitions[table.name]["text"])]
        if table.withheld:
            yield [withheld_words()]
            continue
        spread = any(row.spread for row in table.rows)
        based = any(row.base is not None for row in table.rows)
        median = [gettext("Median"), gettext("Lower quartile"), gettext("Upper quartile")] if spread else []
        yield ["", gettext("Count"), *([gettext("Of")] if based else []), "%", *median]
        for row in (*table.rows, *([table.total] if table.total else [])):
            base = [words_of(row.base, least)] if based else []
            days = [row.spread.median, row.spread.low, row.spread.high] if row.spread else ["", "", ""]
            yield [
                here(row.label),
                words_of(row.count, least),
                *base,
                percent_of(row, table),
                *(days if spread else []),
            ]
        for note in table.notes:
            yield [here(note)]


def withheld_words() -> str:
    return gettext("Not told: so much of the table would have to be hidden that nothing would be left to read.")
