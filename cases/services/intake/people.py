"""Clients by henkilötunnus within their municipality: found, else made."""

import datetime
from collections.abc import Iterator
from functools import lru_cache

from django.db import connection

from cases.services.intake.tables import analyse, forget_plans
from core.names import sort_key, sounds, tokens

CHUNK = 5000
LONGEST_TOKEN = 200
LONGEST_SORT_KEY = 400

FIND = """
    UPDATE intake_person p SET client_id = c.id FROM cases_client c
    WHERE p.client_id IS NULL AND c.municipality_id = p.municipality_id AND c.identity_code_index = p.identity_index
"""
# Somebody may be registering the same person by hand: then that one stands, and is found in the next step.
# In one order, so that two who make the same people wait for each other instead of blocking each other.
MAKE = """
    WITH made AS (
        INSERT INTO cases_client (municipality_id, identity_code_cipher, identity_code_index, identity_code_mask,
            birth_date, family_name, given_names, sort_key, language, non_disclosure, restricted, created_at, version)
        SELECT p.municipality_id, p.identity_cipher, p.identity_index, p.identity_mask, p.birth_date, p.family_name,
            p.given_names, s.sort_key, p.language, p.non_disclosure, false, %s, 1
        FROM intake_person p JOIN intake_name s USING (n)
        WHERE p.client_id IS NULL ORDER BY p.municipality_id, p.identity_index
        ON CONFLICT (municipality_id, identity_code_index) DO NOTHING
        RETURNING id, municipality_id, identity_code_index
    )
    UPDATE intake_person p SET client_id = made.id, is_new = true FROM made
    WHERE made.municipality_id = p.municipality_id AND made.identity_code_index = p.identity_index
"""
TOKENS = """
    INSERT INTO cases_nametoken (municipality_id, client_id, token, phonetic)
    SELECT p.municipality_id, p.client_id, t.token, t.phonetic FROM intake_token t JOIN intake_person p USING (n)
    WHERE p.is_new
"""
# turvakielto once set stays; a language that nobody knew is filled in, a known one is left
FILL_IN = """
    UPDATE cases_client c SET
        non_disclosure = c.non_disclosure OR p.non_disclosure,
        language = CASE WHEN c.language = '' THEN p.language ELSE c.language END,
        version = c.version + 1
    FROM intake_person p
    WHERE c.id = p.client_id AND NOT p.is_new
        AND (p.non_disclosure AND NOT c.non_disclosure OR c.language = '' AND p.language <> '')
"""


def find_or_make_people(at: datetime.datetime) -> None:
    analyse("intake_person")
    with connection.cursor() as cursor:
        cursor.execute(FIND)
        spell_names()
        cursor.execute(MAKE, [at])
        cursor.execute(FIND)
        cursor.execute(TOKENS)
        forget_plans()
        cursor.execute(FILL_IN)


def spell_names() -> None:
    """Sort keys and search tokens of the people who are not found, in chunks."""
    for people in _unknown_people():
        with connection.cursor() as cursor, cursor.copy("COPY intake_name (n, sort_key) FROM STDIN") as copy:
            for n, family, given in people:
                copy.write_row((n, sort_key(family, given)[:LONGEST_SORT_KEY]))
        with connection.cursor() as cursor, cursor.copy("COPY intake_token (n, token, phonetic) FROM STDIN") as copy:
            for n, family, given in people:
                for word, phonetic in dict.fromkeys(search_words(family) + search_words(given)):
                    copy.write_row((n, word, phonetic))
    analyse("intake_name", "intake_token")


# the same names come again and again, also within a batch
@lru_cache(maxsize=16_384)
def search_words(name: str) -> tuple[tuple[str, bool], ...]:
    """The folded words of a name (False) and their sounds (True)."""
    written = ((word[:LONGEST_TOKEN], False) for word in tokens(name))
    return (*written, *((word[:LONGEST_TOKEN], True) for word in sounds(name)))


def _unknown_people() -> Iterator[list[tuple[int, str, str]]]:
    last = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT n, family_name, given_names FROM intake_person WHERE client_id IS NULL AND n > %s "
                "ORDER BY n LIMIT %s",
                [last, CHUNK],
            )
            people = cursor.fetchall()
        if not people:
            return
        yield people
        last = people[-1][0]
