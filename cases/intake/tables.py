"""The tables through which sets of people and matters come in. They live as long as the transaction."""

from typing import Final

from django.db import connection

from core.temporary_tables import make_or_empty

# One row for each person. `sort_key`, `words` and `sounds` are what `spelled` gives.
PERSON: Final = """
    municipality_id smallint, identity_index bytea, identity_cipher bytea, identity_mask text, birth_date date,
    family_name text, given_names text, sort_key text, words text, sounds text, language text, non_disclosure boolean,
    client_id bigint, is_new boolean DEFAULT false
"""
# what the source knows of a person's ways to be reached; of several rows of a kind the latest counts
DETAIL: Final = """
    position integer, municipality_id smallint, identity_index bytea, kind text, value text, postal_code text,
    post_office text, known_on date
"""
# One row for each matter: a new one has no `matter_id` at first, and gets its key in the order of `position`.
# `stays_urgent`: every version that came was urgent. The last line says where a new one begins, and is filled by
# whoever routes.
MATTER: Final = """
    ref text, position integer, matter_id bigint, municipality_id smallint, identity_index bytea,
    client_id bigint, kind text, urgent boolean, stays_urgent boolean, over_75 boolean, wants_discussion boolean,
    requested_on date, created_on date, is_new boolean DEFAULT true, was_closed boolean DEFAULT false, arrived date,
    urgent_from date, plan bigint,
    unit_id bigint, assignee_id bigint, partner_id bigint, held boolean DEFAULT false, routed text DEFAULT ''
"""
PLAN: Final = """
    plan bigint, duty text, counted_from date, counted_from_what text, working_days smallint, due date,
    outer_limit date, local boolean
"""
TABLES: Final = {
    "intake_person": PERSON,
    "intake_detail": DETAIL,
    "intake_matter": MATTER,
    "intake_plan": PLAN,
}
JOINED_BY: Final = {
    "intake_person": "(municipality_id, identity_index, client_id)",
    "intake_matter": "(ref, matter_id, municipality_id, client_id, plan, is_new, was_closed)",
}


def make_tables() -> None:
    """Empty tables, also when an earlier intake in the same transaction filled them."""
    make_or_empty(TABLES)


def forget_plans() -> None:
    """Call before a large change of a table that keeps its history.

    The history trigger joins old and new rows with a plan made for the number of rows of the session's first change:
    after a change of none, ten thousand rows are compared with each other one by one (seen: 96 s instead of 0.3 s).
    """
    with connection.cursor() as cursor:
        cursor.execute("DISCARD PLANS")


def analyse(*tables: str) -> None:
    """The planner knows nothing of a temporary table until it is told. Of what is only carried along it need not."""
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ANALYZE {table} {JOINED_BY.get(table, '')}")
