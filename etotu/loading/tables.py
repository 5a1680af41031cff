"""The tables in which the rows of a file wait to be handled. They live as long as the transaction."""

from typing import Final

from django.db import connection

from core.temporary_tables import make_or_empty

STAGED: Final = {
    "pos": "int4",
    "line": "int4",
    "number": "text",
    "version": "int4",
    "municipality_id": "int2",
    "kind": "text",
    "content_hash": "bytea",
    "of_others": "bool",
    "person": "bytea",
    "names": "bytea",
    "faults": "jsonb",
    "flags": "jsonb",
    "original": "bytea",
    "identity_index": "bytea",
    "identity_cipher": "bytea",
    "identity_mask": "text",
    "birth_date": "date",
    "family_name": "text",
    "given_names": "text",
    "sort_key": "text",
    "words": "text",
    "sounds": "text",
    "language": "text",
    "non_disclosure": "bool",
    "phone": "text",
    "street": "text",
    "postal_code": "text",
    "post_office": "text",
    "home_municipality": "text",
    "matter_kind": "text",
    "urgent": "bool",
    "over_75": "bool",
    "wants_discussion": "bool",
    "requested_on": "date",
    "created_on": "date",
    "sent_at": "timestamptz",
    "content": "jsonb",
}
ATTACHMENT: Final = {
    "pos": "int4",
    "ordinal": "int4",
    "name": "text",
    "mime": "text",
    "size": "int4",
    "data": "bytea",
}
# what the planner must know of; the rest is only carried along
JOINED_BY: Final = ("pos", "number", "version", "municipality_id", "content_hash", "faults", "identity_index")
TABLES: Final = {"etotu_staged": STAGED, "etotu_staged_file": ATTACHMENT}


def make_staged_tables() -> None:
    """Empty ones: a batch fills them chunk by chunk."""
    make_or_empty({name: _listed(columns) for name, columns in TABLES.items()})


def analyse_staged_tables() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE etotu_staged ({', '.join(JOINED_BY)})")
        cursor.execute("ANALYZE etotu_staged_file")


def _listed(columns: dict[str, str]) -> str:
    return ", ".join(f"{column} {kind}" for column, kind in columns.items())
