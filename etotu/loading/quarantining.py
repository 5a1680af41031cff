"""Rows with faults: which of them is open, and what a good row closes."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db import connection
from django.utils import timezone

from core.copying import copying
from core.temporary_tables import make_or_empty
from etotu.models import Batch, QuarantineState

# What happens to a notice that has a faulty row in this file or an open one, in order; stored ones stand before.
HAPPENINGS = """
    WITH open_before AS (
        SELECT q.id, q.number, q.version, q.content_hash
        FROM (SELECT DISTINCT number FROM etotu_staged WHERE number <> '') s, LATERAL (
            SELECT * FROM etotu_quarantinerow
            WHERE sender = %(sender)s AND number = s.number AND state = 'open' AND number <> '' OFFSET 0) q
        UNION ALL
        SELECT q.id, '', q.version, q.content_hash
        FROM (SELECT DISTINCT content_hash FROM etotu_staged WHERE number = '') s, LATERAL (
            SELECT * FROM etotu_quarantinerow
            WHERE sender = %(sender)s AND content_hash = s.content_hash AND state = 'open' AND number = '' OFFSET 0) q
    ), faulty AS (
        SELECT DISTINCT number FROM etotu_handled WHERE outcome = 'quarantined' AND number <> ''
        UNION SELECT number FROM open_before WHERE number <> ''
    )
    SELECT number, CASE WHEN number = '' THEN content_hash END AS nameless, id AS stored, NULL::int AS pos, version,
        content_hash, false AS good
    FROM open_before
    UNION ALL
    SELECT number, CASE WHEN number = '' THEN content_hash END, NULL, pos, version, content_hash, applied
    FROM etotu_handled
    WHERE (applied OR outcome = 'quarantined') AND (number = '' OR number IN (SELECT number FROM faulty))
    ORDER BY number, nameless, stored NULLS LAST, pos
"""
CLOSE_STORED = """
    UPDATE etotu_quarantinerow q SET state = 'replaced', settled_at = %(now)s
    FROM etotu_quarantine_state s WHERE s.stored = q.id
"""
KEEP = """
    INSERT INTO etotu_quarantinerow (municipality_id, batch_id, position, line, sender, number, version, kind,
        content_hash, faults, original, state, created_at, settled_at)
    SELECT s.municipality_id, %(batch)s, s.pos, s.line, %(sender)s, s.number, s.version, s.kind, s.content_hash,
        COALESCE(s.faults, CASE WHEN h.same_place
            THEN '[{"field": "henkilo.henkilotunnus", "code": "identity_changed", "params": {}}]'::jsonb
            ELSE '[{"field": "kunta", "code": "identity_changed", "params": {}}]'::jsonb END),
        s.original, q.state, %(at)s, CASE WHEN q.state <> 'open' THEN %(now)s END
    FROM etotu_quarantine_state q JOIN etotu_staged s USING (pos) JOIN etotu_handled h USING (pos)
    ORDER BY s.pos
"""


@dataclass(frozen=True, slots=True)
class Happening:
    """A faulty row or a good one of a notice; `stored` is the id of one that was open before this file."""

    stored: int | None
    pos: int | None
    version: int
    content_hash: bytes
    good: bool


Settled = tuple[int | None, int | None, str]


def settle_notice(happenings: list[Happening]) -> Iterator[Settled]:
    """(id of a stored row, position, state) of each faulty row of one notice that is new or no longer open.

    One that comes again makes no second open row; a later version takes the place of an open one; a good row closes
    the open one of an equal or lower version. A version that cannot be read counts as the lowest.
    """
    waiting: Happening | None = None
    for it in happenings:
        if it.good:
            if waiting and it.version >= waiting.version:
                yield waiting.stored, waiting.pos, QuarantineState.REPLACED
                waiting = None
        elif waiting and (it.version, it.content_hash) == (waiting.version, waiting.content_hash):
            yield None, it.pos, QuarantineState.REPEATED
        elif waiting and it.version < waiting.version:
            yield None, it.pos, QuarantineState.REPLACED
        else:
            if waiting:
                yield waiting.stored, waiting.pos, QuarantineState.REPLACED
            waiting = it
    if waiting and waiting.stored is None:
        yield None, waiting.pos, QuarantineState.OPEN


def keep_faulty_rows(batch: Batch, sender: str) -> None:
    """In the whole scope: an open row and the one that closes it may name different municipalities."""
    make_or_empty({"etotu_quarantine_state": "stored bigint, pos int, state text"})
    with connection.cursor() as cursor:
        cursor.execute(HAPPENINGS, {"sender": sender})
        happenings = cursor.fetchall()
        with copying("COPY etotu_quarantine_state (stored, pos, state) FROM STDIN") as copy:
            for _, rows in groupby(happenings, key=_notice):
                for stored, pos, state in settle_notice([_happening(*row[2:]) for row in rows]):
                    copy.write_row((stored, pos, str(state)))
        cursor.execute("ANALYZE etotu_quarantine_state")
        now = timezone.now()
        cursor.execute(CLOSE_STORED, {"now": now})
        cursor.execute(KEEP, {"batch": batch.pk, "sender": sender, "at": batch.received_at, "now": now})


def _notice(row: tuple[Any, ...]) -> tuple[str, bytes]:
    return row[0], bytes(row[1] or b"")


def _happening(stored: int | None, pos: int | None, version: int | None, content_hash: bytes, good: bool) -> Happening:
    return Happening(stored, pos, version or 0, bytes(content_hash), good)
