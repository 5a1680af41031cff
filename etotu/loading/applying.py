"""Enters the applied rows: people, matters and deadlines through `cases`, then the notices and their files."""

import datetime
from typing import Any

from django.db import connection

from cases import intake
from cases.models.matter import MatterSource
from etotu.loading.known import Trust
from etotu.models import Batch
from etotu.routing.route import route

PEOPLE = """
    INSERT INTO intake_person (municipality_id, identity_index, identity_cipher, identity_mask, birth_date, family_name,
        given_names, sort_key, words, sounds, language, non_disclosure)
    SELECT s.municipality_id, s.identity_index, s.identity_cipher, s.identity_mask, s.birth_date, s.family_name,
        s.given_names, s.sort_key, s.words, s.sounds, COALESCE(p.language, ''), p.non_disclosure
    FROM (
        SELECT min(pos) AS pos, bool_or(non_disclosure) AS non_disclosure,
            (array_agg(language ORDER BY pos) FILTER (WHERE language <> ''))[1] AS language
        FROM etotu_staged JOIN etotu_handled USING (pos) WHERE applied GROUP BY municipality_id, identity_index
    ) p JOIN etotu_staged s USING (pos)
"""
DETAILS = """
    INSERT INTO intake_detail (position, municipality_id, identity_index, kind, value, postal_code, post_office,
        known_on)
    SELECT s.pos, s.municipality_id, s.identity_index, d.kind, d.value, d.postal_code, d.post_office, s.created_on
    FROM etotu_staged s JOIN etotu_handled USING (pos), LATERAL (VALUES
        ('phone', s.phone, '', ''),
        ('address', s.street, s.postal_code, s.post_office),
        ('home_municipality', s.home_municipality, '', '')
    ) AS d (kind, value, postal_code, post_office)
    WHERE applied AND (d.value <> '' OR d.postal_code <> '' OR d.post_office <> '')
"""
# The last version says what the matter is; a wish for a discussion that has no day of its own counts from the first day
# on which a version knew of it.
MATTERS = """
    INSERT INTO intake_matter (ref, position, matter_id, municipality_id, identity_index, kind, urgent, stays_urgent,
        over_75, wants_discussion, requested_on, created_on, arrived)
    SELECT s.number, s.pos, k.matter_id, s.municipality_id, s.identity_index, s.matter_kind, s.urgent, s.stays_urgent,
        s.over_75, s.wants_discussion, s.requested_on, s.created_on, %s
    FROM (
        SELECT staged.pos, staged.number, municipality_id, identity_index, matter_kind, urgent, over_75,
            wants_discussion, requested_on, last, bool_and(urgent) OVER versions AS stays_urgent,
            min(LEAST(created_on, requested_on)) FILTER (WHERE wants_discussion) OVER versions AS created_on
        FROM etotu_staged staged JOIN etotu_handled USING (pos) WHERE applied
        WINDOW versions AS (PARTITION BY staged.number)
    ) s LEFT JOIN etotu_known k USING (number)
    WHERE s.last
"""
OPEN_NOTICES = """
    INSERT INTO etotu_notice (municipality_id, sender, number, version, matter_id, batch_id, first_batch_id, position,
        sent_at, received_at, urgent, content, content_hash, flags, claimed_in)
    SELECT s.municipality_id, %(sender)s, s.number, s.version, i.matter_id, %(batch)s, %(batch)s, s.pos, s.sent_at,
        %(at)s, s.urgent, s.content, s.content_hash, s.flags,
        CASE WHEN NOT (%(kelas)s OR s.pos = ANY (%(free)s)) THEN s.municipality_id END
    FROM etotu_handled h JOIN etotu_staged s USING (pos) JOIN intake_matter i ON i.ref = h.number
    WHERE h.applied AND h.round = 1 AND i.is_new
    ORDER BY i.matter_id
"""
# one round after the other, so that each version that a file brings leaves the one before it in the history
CHANGE_NOTICES = """
    UPDATE etotu_notice n SET version = s.version, batch_id = %(batch)s, position = s.pos, sent_at = s.sent_at,
        received_at = %(at)s, urgent = s.urgent, content = s.content, content_hash = s.content_hash, flags = s.flags
    FROM etotu_handled h JOIN etotu_staged s USING (pos) JOIN intake_matter i ON i.ref = h.number
    WHERE n.matter_id = i.matter_id AND h.applied AND h.round = %(round)s AND (h.round > 1 OR NOT i.is_new)
"""
ROUNDS = "SELECT COALESCE(max(round), 0) FROM etotu_handled"
FILES = """
    INSERT INTO etotu_attachment (municipality_id, notice_id, version, ordinal, name, mime, size, data)
    SELECT n.municipality_id, n.id, h.version, f.ordinal, f.name, f.mime, f.size, f.data
    FROM etotu_staged_file f JOIN etotu_handled h USING (pos) JOIN intake_matter i ON i.ref = h.number,
        LATERAL (SELECT id, municipality_id FROM etotu_notice WHERE matter_id = i.matter_id OFFSET 0) n
    WHERE h.applied ORDER BY f.pos, f.ordinal
"""
MARK_DIFFERING = """
    UPDATE etotu_notice n SET flags = n.flags || '[{"field": "", "code": "differs"}]'::jsonb
    FROM (SELECT DISTINCT number, version FROM etotu_handled WHERE differs) h
        LEFT JOIN etotu_known k USING (number) LEFT JOIN intake_matter i ON i.ref = h.number
    WHERE n.matter_id = COALESCE(k.matter_id, i.matter_id) AND n.version = h.version
        AND NOT n.flags @> '[{"code": "differs"}]'::jsonb
"""
TELL = """
    INSERT INTO cases_event (municipality_id, client_id, matter_id, kind, actor_id, at, data)
    SELECT i.municipality_id, i.client_id, i.matter_id,
        CASE WHEN i.was_closed THEN 'notice.changed_after_closing' ELSE 'notice.changed' END,
        NULL, %(at)s, jsonb_build_object('kind', i.kind, 'number', i.ref, 'version', h.version)
    FROM intake_matter i JOIN etotu_handled h ON h.number = i.ref AND h.last
    WHERE NOT i.is_new AND (%(newest)s::bigint IS NULL OR i.matter_id <= %(newest)s)
"""
NEWEST = "SELECT COALESCE(max(id), 0) FROM cases_matter"


def newest_matter() -> int:
    """Its key, in the whole scope: what is opened from now on has a higher one."""
    with connection.cursor() as cursor:
        cursor.execute(NEWEST)
        return int((cursor.fetchone() or (0,))[0])


def fill_intake(arrived: datetime.date) -> None:
    intake.make_tables()
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE)
        cursor.execute(DETAILS)
        cursor.execute(MATTERS, [arrived])


def enter_rows(batch: Batch, sender: str, newest: int | None, trust: Trust) -> None:
    """In a scope that holds the municipalities of all applied rows.

    A new version of a matter after `newest` is not told: the batch itself has opened it.
    """
    intake.take_in(MatterSource.KELA, batch.arrived, batch.received_at, route)
    values: dict[str, Any] = {"batch": batch.pk, "sender": sender, "at": batch.received_at, "newest": newest}
    values |= trust.values
    with connection.cursor() as cursor:
        cursor.execute(OPEN_NOTICES, values)
        cursor.execute(ROUNDS)
        rounds = (cursor.fetchone() or (0,))[0]
        for number in range(1, rounds + 1):
            intake.forget_plans()
            cursor.execute(CHANGE_NOTICES, {**values, "round": number})
        cursor.execute(FILES, values)
        cursor.execute(TELL, values)


def mark_differing() -> None:
    """In the whole scope: the same version with another content may name another municipality."""
    intake.forget_plans()
    with connection.cursor() as cursor:
        cursor.execute(MARK_DIFFERING)
