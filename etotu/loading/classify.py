"""What becomes of each row, as if the rows were handled one by one in file order (rule 4 of the exchange format).

The version that a row meets is the highest of what was stored and of the good rows before it: that is all that the
order of a file can do, so a window function tells it. Fills `etotu_known` (notices that are stored) and
`etotu_handled` (each row's outcome; `round` numbers the applied versions of one notice within the file).
"""

from django.db import connection

from core.temporary_tables import make_or_empty

# OFFSET 0 keeps each look-up an index look-up: what is stored may be a hundred times what comes in.
# A notice is in force in one municipality, its `place`; `municipality_id` is the one to which it was addressed.
KNOWN = """
    number text PRIMARY KEY, version int, content_hash bytea, matter_id bigint, municipality_id smallint,
    identity_index bytea, place smallint
"""
LOOK_UP = """
    INSERT INTO etotu_known
    SELECT n.number, n.version, n.content_hash, n.matter_id, COALESCE(n.sent_to, n.municipality_id),
        c.identity_code_index, n.municipality_id
    FROM (SELECT DISTINCT number FROM etotu_staged WHERE number <> '') s,
        LATERAL (SELECT * FROM etotu_notice WHERE sender = %s AND number = s.number AND past_hop IS NULL OFFSET 0) n,
        LATERAL (SELECT client_id FROM cases_matter WHERE id = n.matter_id OFFSET 0) m,
        LATERAL (SELECT identity_code_index FROM cases_client WHERE id = m.client_id OFFSET 0) c
"""
# A notice belongs to the person and municipality of its first good row; a later one of another is not applied.
OUTCOMES = """
    pos int, number text, version int, content_hash bytea, same_place boolean, same_person boolean, outcome text,
    applied boolean, round int, last boolean, differs boolean
"""
HANDLED = """
    INSERT INTO etotu_handled
    WITH row AS (
        SELECT pos, number, version, content_hash, municipality_id, identity_index, faults IS NULL AS good,
            min(pos) FILTER (WHERE faults IS NULL) OVER (PARTITION BY number) AS first_good
        FROM etotu_staged WHERE number <> ''
    ), owned AS (
        SELECT row.pos, row.number, row.version, row.content_hash, row.good, known.version AS stored,
            row.good AND row.municipality_id = COALESCE(known.municipality_id, f.municipality_id) AS same_place,
            row.good AND row.identity_index = COALESCE(known.identity_index, f.identity_index) AS same_person
        FROM row LEFT JOIN etotu_known known USING (number) LEFT JOIN etotu_staged f ON f.pos = row.first_good
    ), met AS (
        SELECT *, GREATEST(stored, max(version) FILTER (WHERE same_place AND same_person) OVER (
            PARTITION BY number ORDER BY pos ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)) AS current
        FROM owned
    ), told AS (
        SELECT pos, number, version, content_hash, same_place, same_person, CASE
            WHEN version = current THEN 'duplicate'
            WHEN version < current THEN 'stale'
            WHEN NOT good OR NOT same_place OR NOT same_person THEN 'quarantined'
            WHEN current IS NULL THEN 'accepted'
            ELSE 'updated' END AS outcome
        FROM met
    )
    SELECT pos, number, version, content_hash, same_place, same_person, outcome, applied,
        CASE WHEN applied THEN count(*) FILTER (WHERE applied) OVER (
            PARTITION BY number ORDER BY pos ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) END::int AS round,
        applied AND pos = max(pos) FILTER (WHERE applied) OVER (PARTITION BY number) AS last,
        false AS differs
    FROM told, LATERAL (SELECT outcome IN ('accepted', 'updated')) AS a (applied)
    UNION ALL
    SELECT pos, number, version, content_hash, false, false, 'quarantined', false, NULL, false, false
    FROM etotu_staged WHERE number = ''
"""
DIFFERS = """
    UPDATE etotu_handled h SET differs = true
    FROM etotu_handled d
        LEFT JOIN etotu_handled a ON a.number = d.number AND a.version = d.version AND a.applied
        LEFT JOIN etotu_known k ON k.number = d.number AND k.version = d.version
    WHERE h.pos = d.pos AND d.outcome = 'duplicate' AND d.content_hash <> COALESCE(a.content_hash, k.content_hash)
"""


def look_up_stored(sender: str) -> None:
    """Fill `etotu_known`, in the whole scope: a notice may be stored in another municipality than a row names."""
    make_or_empty({"etotu_known": KNOWN})
    with connection.cursor() as cursor:
        cursor.execute(LOOK_UP, [sender])
        cursor.execute("ANALYZE etotu_known")


def classify() -> None:
    make_or_empty({"etotu_handled": OUTCOMES})
    with connection.cursor() as cursor:
        cursor.execute(HANDLED)
        cursor.execute("ANALYZE etotu_handled")
        cursor.execute(DIFFERS)
