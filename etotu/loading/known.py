"""The stored notices that the staged rows name by their numbers, in `etotu_known`: at most one for each number.

A number that came by Kela's channel is Kela's. One that only an upload brought is no more than claimed, in the
municipality to which its row was addressed: it stands for itself there, and gives way to Kela's own (`claims`).
"""

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from core.temporary_tables import make_or_empty
from etotu.loading.rows import OF_OTHERS
from etotu.trust import Places

# OFFSET 0 keeps each look-up an index look-up: what is stored may be a hundred times what comes in.
# A notice is in force in one municipality, its `place`; `municipality_id` is the one to which it was addressed.
KNOWN = """
    number text, version int, content_hash bytea, matter_id bigint, municipality_id smallint, identity_index bytea,
    sort_key text, place smallint, claimed_in smallint
"""
LOOK_UP = """
    INSERT INTO etotu_known
    SELECT n.number, n.version, n.content_hash, n.matter_id, COALESCE(n.sent_to, n.municipality_id),
        c.identity_code_index, c.sort_key, n.municipality_id, n.claimed_in
    FROM (SELECT DISTINCT number FROM etotu_staged WHERE number <> '') s,
        LATERAL (SELECT * FROM etotu_notice WHERE sender = %s AND number = s.number AND past_hop IS NULL OFFSET 0) n,
        LATERAL (SELECT client_id FROM cases_matter WHERE id = n.matter_id OFFSET 0) m,
        LATERAL (SELECT identity_code_index, sort_key FROM cases_client WHERE id = m.client_id OFFSET 0) c
"""
ANY_CLAIMED = "SELECT EXISTS (SELECT FROM etotu_known WHERE claimed_in IS NOT NULL)"
# The row that says which notice its number means: the first good one.
FIRST = """
    WITH first AS (
        SELECT DISTINCT ON (number) *, (%(kelas)s OR pos = ANY (%(free)s)) AS kelas
        FROM etotu_staged WHERE number <> '' ORDER BY number, of_others, faults IS NOT NULL, pos
    )
"""
# What others claimed is nothing to it.
CHOOSE = f"""
    {FIRST}, best AS (
        SELECT DISTINCT ON (k.number) k.matter_id
        FROM etotu_known k JOIN first f USING (number)
        WHERE k.claimed_in IS NULL OR k.claimed_in = f.municipality_id
            OR NOT f.kelas AND k.claimed_in = ANY (%(places)s)
        ORDER BY k.number, k.claimed_in IS NOT NULL, k.claimed_in <> f.municipality_id
    )
    DELETE FROM etotu_known WHERE matter_id NOT IN (SELECT matter_id FROM best)
"""  # noqa: S608 - words of this module
# Kela's row of another person, or of nobody who can be told, has nothing to do with what was claimed.
GIVE_WAY = f"""
    {FIRST}
    DELETE FROM etotu_known k USING first f
    WHERE k.number = f.number AND k.claimed_in IS NOT NULL AND f.kelas AND CASE
        WHEN f.identity_index IS NULL THEN f.sort_key = k.sort_key
        ELSE f.identity_index = k.identity_index END IS NOT TRUE
"""  # noqa: S608 - words of this module
# The notice of a row that is addressed here may have been transferred to where the sender of the file has no role.
HOLD_BACK = """
    UPDATE etotu_staged s SET of_others = true, municipality_id = NULL,
        faults = COALESCE(s.faults, '[]'::jsonb) || %(fault)s::jsonb
    FROM etotu_known k
    WHERE k.number = s.number AND k.municipality_id = s.municipality_id AND NOT k.place = ANY (%(places)s)
        AND NOT s.pos = ANY (%(free)s)
"""


@dataclass(frozen=True, slots=True)
class Trust:
    """Which staged rows are Kela's word: all of them without `places`, else those at the positions `free`.

    The others change nothing outside `places`.
    """

    places: Places = None
    free: Collection[int] = field(default=())

    @property
    def values(self) -> dict[str, Any]:
        """Of the statements: "kelas", "free", "places"."""
        places = [] if self.places is None else sorted(self.places)
        return {"kelas": self.places is None, "free": sorted(self.free), "places": places}


def look_up_stored(sender: str, trust: Trust) -> bool:
    """Fill `etotu_known`, in the whole scope: a notice may be stored in another municipality than a row names.

    Gives whether some of the numbers were claimed by an upload.
    """
    make_or_empty({"etotu_known": KNOWN})
    with connection.cursor() as cursor:
        cursor.execute(LOOK_UP, [sender])
        cursor.execute(ANY_CLAIMED)
        claimed = bool((cursor.fetchone() or (False,))[0])
        if claimed:
            cursor.execute(CHOOSE, trust.values)
        cursor.execute("ANALYZE etotu_known")
    return claimed


def give_way(trust: Trust) -> None:
    """What was claimed of somebody else stays out of the way of Kela's rows. After `address_known`."""
    with connection.cursor() as cursor:
        cursor.execute(GIVE_WAY, trust.values)


def hold_back(trust: Trust) -> None:
    """Makes rows of others of those that would change a notice outside the places of whoever brought them."""
    if trust.places is not None:
        fault = json.dumps([OF_OTHERS.as_json()])
        with connection.cursor() as cursor:
            cursor.execute(HOLD_BACK, {"fault": fault, **trust.values})
