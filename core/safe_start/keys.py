"""FIELD_KEYS and INDEX_KEY against those of the data (`core.known_keys`)."""

from collections.abc import Iterator

from django.db import DEFAULT_DB_ALIAS

from core.known_keys import WRONG, missing_keys, record_keys, wrong_keys
from core.reencrypting import is_in_use
from core.safe_start.finding import Finding

MISSING = (
    "FIELD_KEYS lacks the key {key_id}, with which data of this database was written: it could not be read. Add it "
    "after the others, or run manage.py reencrypt with both until nothing is written with it "
    "(docs/operations.md, Keys)."
)


def findings() -> Iterator[Finding]:
    wrong = wrong_keys(DEFAULT_DB_ALIAS)
    for name in wrong:
        yield Finding("keys", WRONG.format(name=name))
    if wrong:
        return
    for key_id in missing_keys(DEFAULT_DB_ALIAS):
        if is_in_use(DEFAULT_DB_ALIAS, key_id):
            yield Finding("keys", MISSING.format(key_id=key_id))


def record() -> None:
    record_keys(DEFAULT_DB_ALIAS)
