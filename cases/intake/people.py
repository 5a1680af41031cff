"""Clients by henkilötunnus within their municipality: found, else made."""

import datetime
from functools import lru_cache

from django.db import connection

from cases.intake.tables import analyse, forget_plans
from core.names import sort_key, sounds, tokens

LONGEST_TOKEN = 200
LONGEST_SORT_KEY = 400

# Looked up person by person, as all that is stored: of a table that has grown in this transaction the planner knows
# nothing, and would read all of it for each chunk of a batch.
FIND_OR_NUMBER = """
    UPDATE intake_person p SET (client_id, is_new) = (
        SELECT COALESCE(c.id, nextval((SELECT pg_get_serial_sequence('cases_client', 'id')::regclass))), c.id IS NULL
        FROM (VALUES (p.municipality_id, p.identity_index)) v (municipality_id, identity_code_index)
            LEFT JOIN cases_client c USING (municipality_id, identity_code_index))
    WHERE p.client_id IS NULL
"""
NEW = "SELECT count(*) FROM intake_person WHERE is_new"
# Somebody may be registering the same person by hand: then that one stands, and is found afterwards.
# In one order, so that two who make the same people wait for each other instead of blocking each other.
MAKE = """
    INSERT INTO cases_client (id, municipality_id, identity_code_cipher, identity_code_index, identity_code_mask,
        birth_date, family_name, given_names, sort_key, language, non_disclosure, restricted, created_at, version)
    SELECT p.client_id, p.municipality_id, p.identity_cipher, p.identity_index, p.identity_mask, p.birth_date,
        p.family_name, p.given_names, p.sort_key, p.language, p.non_disclosure, false, %s, 1
    FROM intake_person p WHERE p.is_new ORDER BY p.municipality_id, p.identity_index
    ON CONFLICT (municipality_id, identity_code_index) DO NOTHING
"""
FORGET_UNMADE = """
    UPDATE intake_person p SET client_id = NULL, is_new = false
    WHERE p.is_new AND NOT EXISTS (SELECT FROM cases_client c WHERE c.id = p.client_id)
"""
TOKENS = """
    INSERT INTO cases_nametoken (municipality_id, client_id, phonetic, token)
    SELECT p.municipality_id, p.client_id, t.phonetic, t.token
    FROM intake_person p, LATERAL (
        SELECT false, word FROM string_to_table(p.words, ' ') word
        UNION ALL SELECT true, sound FROM string_to_table(p.sounds, ' ') sound
    ) AS t (phonetic, token)
    WHERE p.is_new
"""
# turvakielto once set stays; a language that nobody knew is filled in, a known one is left
FILL_IN = """
    UPDATE cases_client c SET
        non_disclosure = c.non_disclosure OR p.non_disclosure,
        language = CASE WHEN c.language = '' THEN p.language ELSE c.language END,
        version = c.version + 1
    FROM intake_person p
    WHERE c.id = ANY (ARRAY(SELECT client_id FROM intake_person WHERE NOT is_new))
        AND c.id = p.client_id AND NOT p.is_new
        AND (p.non_disclosure AND NOT c.non_disclosure OR c.language = '' AND p.language <> '')
"""
SOME_KNOWN = "SELECT EXISTS (SELECT FROM intake_person WHERE NOT is_new)"


def find_or_make_people(at: datetime.datetime) -> None:
    analyse("intake_person")
    with connection.cursor() as cursor:
        cursor.execute(FIND_OR_NUMBER)
        cursor.execute(NEW)
        new = (cursor.fetchone() or (0,))[0]
        cursor.execute(MAKE, [at])
        if cursor.rowcount < new:
            cursor.execute(FORGET_UNMADE)
            cursor.execute(FIND_OR_NUMBER)
        cursor.execute(TOKENS)
    if some_known():
        forget_plans()
        with connection.cursor() as cursor:
            cursor.execute(FILL_IN)


def some_known() -> bool:
    """Whether anybody in `intake_person` was a client before."""
    with connection.cursor() as cursor:
        cursor.execute(SOME_KNOWN)
        return bool((cursor.fetchone() or (False,))[0])


# the same names come again and again, also within a batch
@lru_cache(maxsize=16_384)
def spelled(family: str, given: str) -> tuple[str, str, str]:
    """`sort_key`, `words` and `sounds` of a row of `intake_person`: the folded words of a name, parted by blanks."""
    return sort_key(family, given)[:LONGEST_SORT_KEY], _cut(tokens(family, given)), _cut(sounds(family, given))


def _cut(words: tuple[str, ...]) -> str:
    return " ".join(dict.fromkeys(word[:LONGEST_TOKEN] for word in words))
