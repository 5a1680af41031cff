"""Goes through what is stored encrypted: counts it by key, writes it anew under the first key, binds it to its row.

As the owner of the tables: a value that is written anew is no change of the person, so the triggers of the history rest
for as long as one chunk takes (and with them, for a moment, everybody else who writes into the table).
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.db.backends.utils import CursorWrapper

from core.encryption import DecryptionError, current_header, decrypt, encrypt, header_of
from core.row_security import across_municipalities
from core.sealed_columns import SealedColumn, sealed_columns

REASON = "what is encrypted is written anew in every municipality"
COUNT = """
    SELECT substring({read} FROM 3 FOR get_byte({read}, 1)), count(*) FROM {table} one
    WHERE length({read}) > 2 GROUP BY 1
"""
NEXT = """
    SELECT one.{key}, {read}, {row} FROM {table} one {joined}
    WHERE {read} IS NOT NULL {other_key} AND one.{key} > %(after)s ORDER BY one.{key} LIMIT {limit} FOR UPDATE OF one
"""
IN_USE = "SELECT EXISTS (SELECT FROM {table} one WHERE substring({read} FROM 1 FOR {length}) = %s)"
OF_ANOTHER_KEY = "AND substring({read} FROM 1 FOR {length}) <> %(header)s"
WRITE = """
    UPDATE {table} one SET {written} FROM unnest(%s::bigint[], %s::bytea[]) new (key, value) WHERE one.{key} = new.key
"""
TRIGGERS = "SELECT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal)"
Bound = Callable[[tuple[Any, ...]], bytes]


@dataclass
class Written:
    """`unread`: keys of rows whose value does not open; they are left as they are."""

    rows: int
    unread: list[int]


def counted(using: str) -> dict[str, Counter[str]]:
    """How many values each key has written, by column: ids of keys, never a key."""
    found: dict[str, Counter[str]] = {}
    with across_municipalities(REASON, using=using), connections[using].cursor() as cursor:
        for one in sealed_columns():
            cursor.execute(COUNT.format(read=one.read, table=one.table))
            found[one.name] = Counter(
                {bytes(key).decode("ascii", "replace"): number for key, number in cursor.fetchall()}
            )
    return found


def is_in_use(using: str, key_id: str) -> bool:
    """Whether anything is written with this key."""
    with across_municipalities(REASON, using=using), connections[using].cursor() as cursor:
        for one in sealed_columns():
            cursor.execute(IN_USE.format(read=one.read, table=one.table, length=2 + len(key_id)), [header_of(key_id)])
            if (cursor.fetchone() or (False,))[0]:
                return True
    return False


def reencrypt(using: str) -> Iterator[tuple[SealedColumn, Written]]:
    """Each chunk is a transaction of its own; what is under the first key already is not looked at again."""
    for column in sealed_columns():
        for written in _chunks(using, column, None):
            yield column, written


def bind(using: str, column: SealedColumn, before: Bound) -> Written:
    """Bind values to their rows that were bound to less: `before` is the old place. Bound ones are left alone.

    Raises DecryptionError: a migration that leaves some behind would only seem to have run.
    """
    total = Written(0, [])
    for written in _chunks(using, column, before):
        if written.unread:
            raise DecryptionError(
                f"{column.name}: {len(written.unread)} values cannot be read with FIELD_KEYS, the first in row "
                f"{written.unread[0]}. Give the keys that wrote them and migrate again."
            )
        total.rows += written.rows
    return total


def _chunks(using: str, column: SealedColumn, before: Bound | None) -> Iterator[Written]:
    after: int | None = 0
    while after is not None:
        with across_municipalities(REASON, using=using), connections[using].cursor() as cursor:
            after, written = _chunk(cursor, column, after, before)
        yield written


def _chunk(cursor: CursorWrapper, column: SealedColumn, after: int, before: Bound | None) -> tuple[int | None, Written]:
    rows = _next(cursor, column, after, all_of_them=before is not None)
    keys: list[int] = []
    values: list[bytes] = []
    unread: list[int] = []
    for key, value, *bound in rows:
        try:
            new = _anew(column, bytes(value), tuple(bound), before)
        except DecryptionError:
            unread.append(key)
            continue
        if new is not None:
            keys.append(key)
            values.append(new)
    if keys:
        _write(cursor, column, keys, values)
    return (rows[-1][0] if len(rows) == column.at_once else None), Written(len(keys), unread)


def _anew(column: SealedColumn, value: bytes, row: tuple[Any, ...], before: Bound | None) -> bytes | None:
    """None: it stands as it should."""
    context = column.place_of(row)
    if before is None:
        return encrypt(decrypt(value, context), context)
    try:
        plain = decrypt(value, before(row))
    except DecryptionError:
        decrypt(value, context)
        return None
    return encrypt(plain, context)


def _next(cursor: CursorWrapper, column: SealedColumn, after: int, *, all_of_them: bool) -> list[tuple[Any, ...]]:
    header = current_header()
    other_key = "" if all_of_them else OF_ANOTHER_KEY.format(read=column.read, length=len(header))
    cursor.execute(
        NEXT.format(
            key=column.key,
            read=column.read,
            row=", ".join(column.row),
            table=column.table,
            joined=column.joined,
            other_key=other_key,
            limit=column.at_once,
        ),
        {"after": after, "header": header},
    )
    return list(cursor.fetchall())


def _write(cursor: CursorWrapper, column: SealedColumn, keys: list[int], values: list[bytes]) -> None:
    cursor.execute(TRIGGERS, [column.table])
    [has_triggers] = cursor.fetchone() or (False,)
    if has_triggers:
        cursor.execute(f"ALTER TABLE {column.table} DISABLE TRIGGER USER")
    cursor.execute(WRITE.format(table=column.table, written=column.written, key=column.key), [keys, values])
    if has_triggers:
        cursor.execute(f"ALTER TABLE {column.table} ENABLE TRIGGER USER")
