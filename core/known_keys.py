"""The keys of the environment against those that the database was written with.

With a wrong INDEX_KEY every person of a batch would be made a second time, with a wrong FIELD_KEYS nothing would open;
neither says so by itself.
"""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connections

from core.encryption import fingerprints

WRONG = (
    "{name} is not the key that the data of this database was written with. Nothing was changed. Give the right one: "
    "it is kept for the life of the data (docs/operations.md, Keys)."
)
RECORD = "INSERT INTO core_keyfingerprint (name, fingerprint) VALUES (%s, %s) ON CONFLICT (name) DO NOTHING"


class WrongKeyError(ImproperlyConfigured):
    """Says which setting."""


def wrong_keys(using: str) -> list[str]:
    """Names of settings; empty before the first migration."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT to_regclass('public.core_keyfingerprint') IS NOT NULL")
        if not (cursor.fetchone() or (False,))[0]:
            return []
    known, ours = known_keys(using), _ours()
    return [name for name, fingerprint in ours.items() if known.get(name, fingerprint) != fingerprint]


def known_keys(using: str) -> dict[str, str]:
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT name, fingerprint FROM public.core_keyfingerprint")
        return dict(cursor.fetchall())


def refuse_wrong_keys(using: str) -> None:
    """Raises WrongKeyError."""
    wrong = wrong_keys(using)
    if wrong:
        raise WrongKeyError(WRONG.format(name=wrong[0]))


def record_keys(using: str) -> None:
    """Those that are new: all at the first migration, later a key that was put in front. Raises WrongKeyError."""
    known = known_keys(using)
    with connections[using].cursor() as cursor:
        for name, fingerprint in _ours().items():
            if name not in known:
                cursor.execute(RECORD, [name, fingerprint])
    refuse_wrong_keys(using)


def missing_keys(using: str) -> list[str]:
    """Ids of FIELD_KEYS that were in use once and are not given."""
    prefix = "FIELD_KEYS, key "
    ours = _ours()
    return [name.removeprefix(prefix) for name in known_keys(using) if name.startswith(prefix) and name not in ours]


def forget_key(using: str, key_id: str) -> None:
    """As the owner, when nothing is written with it any more."""
    with connections[using].cursor() as cursor:
        cursor.execute("DELETE FROM core_keyfingerprint WHERE name = %s", [f"FIELD_KEYS, key {key_id}"])


def _ours() -> dict[str, str]:
    return fingerprints(settings.FIELD_KEYS, settings.INDEX_KEY)
