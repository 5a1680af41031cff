"""Rows with faults: which of them is open, and what a good row closes."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db import connection
from django.utils import timezone

from core.copying import copying
from core.temporary_tables import make_or_empty
from etotu.faults import RowFault, RowFaultCode
from etotu.loading.classify import VERSION_STEP
from etotu.models import Batch, QuarantineState
from etotu.trust import Places

# Of a stored row, as `etotu.trust` tells it of a batch.
KELAS = """
    EXISTS (SELECT FROM etotu_batch b LEFT JOIN accounts_user u ON u.id = b.delivered_by_id
        WHERE b.id = q.batch_id AND (b.via <> 'upload' OR u.is_active AND u.is_installation_admin))
"""
# What happens to a notice that has a faulty row in this file or an open one, in order; stored ones stand before. Rows
# of others stand by themselves, and a file that may change some municipalities closes nothing of the others.
HAPPENINGS = f"""
    WITH open_before AS (
        SELECT q.id, q.number, q.version, q.content_hash, q.of_others, q.person, q.names, {KELAS} AS kelas
        FROM (SELECT DISTINCT number FROM etotu_staged WHERE number <> '') s, LATERAL (
            SELECT * FROM etotu_quarantinerow
            WHERE sender = %(sender)s AND number = s.number AND state = 'open' AND number <> '' OFFSET 0) q
        WHERE q.of_others OR %(places)s::int[] IS NULL OR q.municipality_id = ANY (%(places)s)
        UNION ALL
        SELECT q.id, '', q.version, q.content_hash, q.of_others, q.person, q.names, {KELAS}
        FROM (SELECT DISTINCT content_hash FROM etotu_staged WHERE number = '') s, LATERAL (
            SELECT * FROM etotu_quarantinerow
            WHERE sender = %(sender)s AND content_hash = s.content_hash AND state = 'open' AND number = '' OFFSET 0) q
        WHERE q.of_others OR %(places)s::int[] IS NULL OR q.municipality_id = ANY (%(places)s)
    ), faulty AS (
        SELECT DISTINCT number FROM etotu_handled WHERE outcome = 'quarantined' AND number <> ''
        UNION SELECT number FROM open_before WHERE number <> ''
    )
    SELECT of_others, number, CASE WHEN number = '' THEN content_hash END AS nameless, id AS stored, NULL::int AS pos,
        version, content_hash, kelas, false AS good, person, names
    FROM open_before
    UNION ALL
    SELECT s.of_others, h.number, CASE WHEN h.number = '' THEN h.content_hash END, NULL, h.pos, h.version,
        h.content_hash, %(places)s::int[] IS NULL, h.applied, s.person, s.names
    FROM etotu_handled h JOIN etotu_staged s USING (pos)
    WHERE (h.applied OR h.outcome = 'quarantined') AND (h.number = '' OR h.number IN (SELECT number FROM faulty))
    ORDER BY of_others, number, nameless, stored NULLS LAST, pos
"""  # noqa: S608 - words of this module
CLOSE_STORED = """
    UPDATE etotu_quarantinerow q SET state = 'replaced', settled_at = %(now)s
    FROM etotu_quarantine_state s WHERE s.stored = q.id
"""
KEEP = """
    INSERT INTO etotu_quarantinerow (municipality_id, batch_id, position, line, sender, number, version, kind,
        content_hash, of_others, person, names, faults, original, state, created_at, settled_at)
    SELECT s.municipality_id, %(batch)s, s.pos, s.line, %(sender)s, s.number, s.version, s.kind, s.content_hash,
        s.of_others, s.person, s.names,
        COALESCE(s.faults, '[]'::jsonb) || COALESCE(%(unlike)s::jsonb -> h.unlike, '[]'::jsonb),
        COALESCE(s.original, ''::bytea), q.state, %(at)s, CASE WHEN q.state <> 'open' THEN %(now)s END
    FROM etotu_quarantine_state q JOIN etotu_staged s USING (pos) JOIN etotu_handled h USING (pos)
    ORDER BY s.pos
"""
UNLIKE = {
    "place": RowFault("kunta", RowFaultCode.IDENTITY_CHANGED),
    "person": RowFault("henkilo.henkilotunnus", RowFaultCode.IDENTITY_CHANGED),
    "version": RowFault("versio", RowFaultCode.VERSION_JUMP, {"limit": VERSION_STEP}),
}


@dataclass(frozen=True, slots=True)
class Happening:
    """A faulty row or a good one of a notice; `stored` is the id of one that was open before this file.

    `kelas`: it came by Kela's channel. `person` and `names` are empty where they cannot be read.
    """

    stored: int | None
    pos: int | None
    version: int
    content_hash: bytes
    kelas: bool
    good: bool
    person: bytes = b""
    names: bytes = b""

    def is_like(self, other: "Happening") -> bool:
        """Whether both are of one person: the names tell it where a code cannot be read, and nothing without both."""
        if self.person and other.person:
            return self.person == other.person
        return bool(self.names) and self.names == other.names

    def is_same(self, other: "Happening") -> bool:
        return (self.version, self.content_hash) == (other.version, other.content_hash)

    def keeps_out(self, other: "Happening") -> bool:
        """What an upload brought stands in the way of nothing that Kela's channel brings."""
        return self.kelas or not other.kelas


Settled = tuple[int | None, int | None, str]


def settle_notice(happenings: list[Happening]) -> Iterator[Settled]:
    """(id of a stored row, position, state) of each faulty row of one notice that is new or no longer open.

    One that comes again makes no second open row; a later version takes the place of an open one of the same person; a
    good row closes that person's open one of an equal or lower version. A version that cannot be read counts as the
    lowest. Rows of different people, or of whom nothing can be read, stay open beside each other: each is looked at.
    Kela's own row is open beside a later one that was uploaded, and takes the place of the same one.
    """
    waiting: list[Happening] = []
    for it in happenings:
        same = [one for one in waiting if one.is_same(it)]
        alike = [one for one in waiting if one.is_like(it)]
        if any(one.keeps_out(it) for one in same):
            if not it.good:
                yield None, it.pos, QuarantineState.REPEATED
                continue
        elif not it.good and it.stored is None and any(it.version < one.version for one in alike if one.keeps_out(it)):
            yield None, it.pos, QuarantineState.REPLACED
            continue
        gone = {id(one) for one in alike if one.version <= it.version}
        gone |= {id(one) for one in same if not one.keeps_out(it) and not it.good}
        over = [one for one in waiting if id(one) in gone]
        for one in over:
            yield one.stored, one.pos, QuarantineState.REPLACED
        waiting = [one for one in waiting if id(one) not in gone] + ([] if it.good else [it])
    for one in waiting:
        if one.stored is None:
            yield None, one.pos, QuarantineState.OPEN


def keep_faulty_rows(batch: Batch, sender: str, places: Places = None) -> None:
    """In the whole scope: an open row and the one that closes it may name different municipalities.

    Outside `places` nothing is closed.
    """
    make_or_empty({"etotu_quarantine_state": "stored bigint, pos int, state text"})
    with connection.cursor() as cursor:
        cursor.execute(HAPPENINGS, {"sender": sender, "places": None if places is None else sorted(places)})
        happenings = cursor.fetchall()
        with copying("COPY etotu_quarantine_state (stored, pos, state) FROM STDIN") as copy:
            for _, rows in groupby(happenings, key=_notice):
                for stored, pos, state in settle_notice([_happening(*row[3:]) for row in rows]):
                    copy.write_row((stored, pos, str(state)))
        cursor.execute("ANALYZE etotu_quarantine_state")
        now = timezone.now()
        cursor.execute(CLOSE_STORED, {"now": now})
        unlike = json.dumps({why: [fault.as_json()] for why, fault in UNLIKE.items()})
        values: dict[str, Any] = {"batch": batch.pk, "sender": sender, "at": batch.received_at}
        values |= {"now": now, "unlike": unlike}
        cursor.execute(KEEP, values)


def _notice(row: tuple[Any, ...]) -> tuple[bool, str, bytes]:
    return row[0], row[1], bytes(row[2] or b"")


def _happening(
    stored: int | None,
    pos: int | None,
    version: int | None,
    content_hash: bytes,
    kelas: bool,
    good: bool,
    person: bytes | None,
    names: bytes | None,
) -> Happening:
    keys = bytes(person or b""), bytes(names or b"")
    return Happening(stored, pos, version or 0, bytes(content_hash), kelas, good, *keys)
