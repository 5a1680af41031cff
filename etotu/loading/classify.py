"""What becomes of each row, as if the rows were handled one by one in file order (rule 4 of the exchange format).

A row is first compared with the person and municipality of the notice that its number names (rule 14). The version that
it then meets is the highest of what was stored and of the good rows before it, each at most 1 000 above the one before:
that is all that the order of a file can do, so a window function tells it. Rows of others are compared with nothing.
Compares with `etotu_known` (`known`) and fills `etotu_handled` (each row's outcome; `round` numbers the applied
versions of one notice within the file).
"""

from django.db import connection

from core.temporary_tables import make_or_empty

VERSION_STEP = 1000
"""How much higher than the stored one a version may be; `etotu_version` counts with it too (migration 0004)."""
# A notice belongs to the person and municipality of its first good row; a row of another is never applied, whatever
# its version. `unlike` says in what a row contradicts the notice. Where no code can be read, the names tell the person.
OUTCOMES = """
    pos int, number text, version int, content_hash bytea, unlike text, outcome text, applied boolean, round int,
    last boolean, differs boolean
"""
HANDLED = """
    INSERT INTO etotu_handled
    WITH row AS (
        SELECT pos, number, version, content_hash, municipality_id, identity_index, sort_key, faults IS NULL AS good,
            min(pos) FILTER (WHERE faults IS NULL) OVER (PARTITION BY number) AS first_good
        FROM etotu_staged WHERE number <> '' AND NOT of_others
    ), owned AS (
        SELECT row.pos, row.number, row.version, row.content_hash, row.good, known.version AS stored,
            known.number IS NULL AND (first_good IS NULL OR row.pos < first_good) AS first,
            COALESCE(row.municipality_id = COALESCE(known.municipality_id, f.municipality_id),
                row.municipality_id IS NULL) AS same_place,
            COALESCE(CASE WHEN row.identity_index IS NULL THEN row.sort_key = COALESCE(known.sort_key, f.sort_key)
                ELSE row.identity_index = COALESCE(known.identity_index, f.identity_index) END, false) AS same_person
        FROM row LEFT JOIN etotu_known known USING (number) LEFT JOIN etotu_staged f ON f.pos = row.first_good
    ), met AS (
        SELECT *, COALESCE(etotu_version(stored, CASE WHEN good AND same_place AND same_person THEN version END) OVER (
            PARTITION BY number ORDER BY pos ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), stored) AS current
        FROM owned
    ), likened AS (
        SELECT *, CASE
            WHEN first THEN NULL
            WHEN NOT same_place THEN 'place'
            WHEN NOT same_person THEN 'person'
            WHEN version > current::bigint + %(step)s THEN 'version' END AS unlike
        FROM met
    ), told AS (
        SELECT pos, number, version, content_hash, unlike, CASE
            WHEN unlike IS NOT NULL THEN 'quarantined'
            WHEN version = current THEN 'duplicate'
            WHEN version < current THEN 'stale'
            WHEN NOT good THEN 'quarantined'
            WHEN current IS NULL THEN 'accepted'
            ELSE 'updated' END AS outcome
        FROM likened
    )
    SELECT pos, number, version, content_hash, unlike, outcome, applied,
        CASE WHEN applied THEN count(*) FILTER (WHERE applied) OVER (
            PARTITION BY number ORDER BY pos ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) END::int AS round,
        applied AND pos = max(pos) FILTER (WHERE applied) OVER (PARTITION BY number) AS last,
        false AS differs
    FROM told, LATERAL (SELECT outcome IN ('accepted', 'updated')) AS a (applied)
    UNION ALL
    SELECT pos, number, version, content_hash, NULL, 'quarantined', false, NULL, false, false
    FROM etotu_staged WHERE number = '' OR of_others
"""
DIFFERS = """
    UPDATE etotu_handled h SET differs = true
    FROM etotu_handled d
        LEFT JOIN etotu_handled a ON a.number = d.number AND a.version = d.version AND a.applied
        LEFT JOIN etotu_known k ON k.number = d.number AND k.version = d.version
    WHERE h.pos = d.pos AND d.outcome = 'duplicate' AND d.content_hash <> COALESCE(a.content_hash, k.content_hash)
"""


def classify() -> None:
    make_or_empty({"etotu_handled": OUTCOMES})
    with connection.cursor() as cursor:
        cursor.execute(HANDLED, {"step": VERSION_STEP})
        cursor.execute("ANALYZE etotu_handled")
        cursor.execute(DIFFERS)
