"""Personal data at rest: AES-GCM under a ring of keys, and a keyed index that finds an equal text without reading it.

An encrypted value is: version (1 byte), length of the key's id (1), key id, nonce (12), ciphertext with its tag.
It is bound to its place: table, column and row. Moved to another one it does not open.
"""

import base64
import binascii
import hmac
import os
from functools import lru_cache
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

VERSION: Final = 1
KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12


class DecryptionError(Exception):
    """The value cannot be read."""


class UnknownKeyError(DecryptionError):
    """The value was written with a key that FIELD_KEYS does not hold (any more)."""


class TamperedError(DecryptionError):
    """The value was changed, cut, or moved here from another place."""


class KeyRing:
    """The keys by id. New values use the first; the others only read."""

    def __init__(self, keys: dict[bytes, bytes]) -> None:
        self.ids = tuple(key_id.decode() for key_id in keys)
        self._ciphers = {key_id: AESGCM(key) for key_id, key in keys.items()}
        current = next(iter(keys))
        self._cipher = self._ciphers[current]
        self.header = header_of(current.decode())

    def encrypt(self, plain: bytes, context: bytes) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        return self.header + nonce + self._cipher.encrypt(nonce, plain, self.header + context)

    def decrypt(self, value: bytes, context: bytes) -> bytes:
        if len(value) < 2 or value[0] != VERSION:
            raise TamperedError("not a value of this encryption")
        end = 2 + value[1]
        cipher = self._ciphers.get(value[2:end])
        if cipher is None:
            raise UnknownKeyError(f"FIELD_KEYS has no key {value[2:end].decode('ascii', 'replace')!r}")
        nonce, rest = value[end : end + NONCE_BYTES], value[end + NONCE_BYTES :]
        if len(nonce) < NONCE_BYTES:
            raise TamperedError("the value is cut short")
        try:
            return cipher.decrypt(nonce, rest, value[:end] + context)
        except InvalidTag:
            raise TamperedError("the value was changed or belongs to another place") from None


def place(table: str, column: str, *row: int | str | bytes) -> bytes:
    """The place of a value. `row` is what a row is known by before it is stored: what is unique in it, not its id.

    Each part is led by its length, so that no two places read alike.
    """
    return _head(table, column) + b"".join([_part(value) for value in row])


@lru_cache(maxsize=64)
def _head(table: str, column: str) -> bytes:
    return _part(table) + _part(column)


def _part(value: int | str | bytes) -> bytes:
    part = str(value).encode() if isinstance(value, int | str) else bytes(value)
    return b"%d:%b" % (len(part), part)


def header_of(key_id: str) -> bytes:
    """How every value begins that the key with this id wrote."""
    return bytes([VERSION, len(key_id)]) + key_id.encode()


def current_header() -> bytes:
    """How every value begins that the first of FIELD_KEYS wrote."""
    return key_ring(settings.FIELD_KEYS).header


def encrypt(plain: bytes, context: bytes) -> bytes:
    """`context` is the place of the value, as `place` names it: it opens in no other one."""
    return key_ring(settings.FIELD_KEYS).encrypt(plain, context)


def decrypt(value: bytes | memoryview, context: bytes) -> bytes:
    """Raises UnknownKeyError or TamperedError."""
    return key_ring(settings.FIELD_KEYS).decrypt(bytes(value), context)


def encrypt_text(plain: str, context: bytes) -> bytes:
    return encrypt(plain.encode(), context)


def decrypt_text(value: bytes | memoryview, context: bytes) -> str:
    return decrypt(value, context).decode()


def blind_index(text: str, municipality_id: int) -> bytes:
    """32 bytes, equal for equal texts within one municipality and telling nothing across two."""
    keyed = _indexer(settings.INDEX_KEY).copy()
    keyed.update(b"%d\0%s" % (municipality_id, text.encode()))
    return keyed.digest()


def actor_key(index_key: str) -> bytes:
    """The key of the seals that the database checks: it tells nothing of INDEX_KEY, from which it comes."""
    return _derived(index_key, b"osallistava: who makes a change")


def seal_of_actor(text: str) -> str:
    return hmac.digest(actor_key(settings.INDEX_KEY), text.encode(), "sha256").hex()


def fingerprints(field_keys: str, index_key: str) -> dict[str, str]:
    """By the name of the setting, and the id of the key where there are several; they tell nothing of the keys."""
    keys = {f"FIELD_KEYS, key {key_id}": key for key_id, key in _pairs(field_keys).items()}
    keys["INDEX_KEY"] = _key(index_key, "INDEX_KEY")
    return {
        name: hmac.digest(key, b"osallistava: which key this is", "sha256").hex()[:32] for name, key in keys.items()
    }


def check_keys(field_keys: str, index_key: str) -> None:
    """ImproperlyConfigured when they cannot be used: at the start, not at the first client."""
    key_ring(field_keys)
    _indexer(index_key)


# Cached by the setting's own text, so that a changed setting makes a new ring.
@lru_cache(maxsize=8)
def key_ring(field_keys: str) -> KeyRing:
    """The ring of `id:base64,…`; ImproperlyConfigured names what is wrong, never a key."""
    return KeyRing({key_id.encode(): key for key_id, key in _pairs(field_keys).items()})


def _pairs(field_keys: str) -> dict[str, bytes]:
    keys: dict[str, bytes] = {}
    for pair in field_keys.split(","):
        key_id, _, encoded = pair.strip().partition(":")
        if not (key_id.isascii() and 0 < len(key_id) <= 32) or key_id in keys:
            raise ImproperlyConfigured("FIELD_KEYS: give id:base64 pairs, each id once, 1–32 plain characters.")
        keys[key_id] = _key(encoded, f"FIELD_KEYS, key {key_id!r}")
    return keys


@lru_cache(maxsize=8)
def _indexer(index_key: str) -> hmac.HMAC:
    """To be copied: what the key alone costs is paid once."""
    return hmac.new(_key(index_key, "INDEX_KEY"), digestmod="sha256")


@lru_cache(maxsize=8)
def _derived(index_key: str, purpose: bytes) -> bytes:
    return hmac.digest(_key(index_key, "INDEX_KEY"), purpose, "sha256")


def _key(encoded: str, name: str) -> bytes:
    try:
        key = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise ImproperlyConfigured(f"{name}: give {KEY_BYTES} random bytes in base64.")
    return key
