import base64

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from core.encryption import (
    TamperedError,
    UnknownKeyError,
    blind_index,
    decrypt,
    decrypt_text,
    encrypt,
    encrypt_text,
)

PLACE = b"cases.client.identity_code"


def key(letter: str) -> str:
    return base64.b64encode(letter.encode() * 32).decode()


OLD, NEW = f"old:{key('o')}", f"new:{key('n')}"


@given(st.binary(max_size=300), st.binary(max_size=20))
def test_what_is_encrypted_comes_back(plain: bytes, context: bytes) -> None:
    assert decrypt(encrypt(plain, context), context) == plain


@given(st.text(max_size=50))
def test_text_comes_back(plain: str) -> None:
    assert decrypt_text(memoryview(encrypt_text(plain, PLACE)), PLACE) == plain


def test_the_same_text_never_looks_the_same() -> None:
    assert encrypt_text("150680-9871", PLACE) != encrypt_text("150680-9871", PLACE)


def test_a_value_opens_only_in_its_own_place() -> None:
    with pytest.raises(TamperedError):
        decrypt(encrypt(b"text", PLACE), b"cases.client.phone")


def test_any_changed_byte_is_noticed() -> None:
    value = encrypt(b"text", PLACE)
    for place in range(len(value)):
        changed = value[:place] + bytes([value[place] ^ 1]) + value[place + 1 :]
        with pytest.raises((TamperedError, UnknownKeyError)):
            decrypt(changed, PLACE)


def test_any_shortened_value_is_noticed() -> None:
    value = encrypt(b"text", PLACE)
    for length in range(len(value)):
        with pytest.raises((TamperedError, UnknownKeyError)):
            decrypt(value[:length], PLACE)


def test_a_new_first_key_writes_while_the_old_one_still_reads() -> None:
    with override_settings(FIELD_KEYS=OLD):
        before = encrypt(b"text", PLACE)
    with override_settings(FIELD_KEYS=f"{NEW},{OLD}"):
        assert decrypt(before, PLACE) == b"text"
        after = encrypt(b"text", PLACE)
    with override_settings(FIELD_KEYS=NEW):
        assert decrypt(after, PLACE) == b"text"


def test_a_value_of_a_missing_key_names_the_key() -> None:
    with override_settings(FIELD_KEYS=OLD):
        before = encrypt(b"text", PLACE)
    with override_settings(FIELD_KEYS=NEW), pytest.raises(UnknownKeyError, match="old"):
        decrypt(before, PLACE)


@pytest.mark.parametrize(
    "keys", ["", "k1", "k1:", "k1:####", f"k1:{base64.b64encode(b'short').decode()}", f"{OLD},{OLD}", f":{key('a')}"]
)
def test_unusable_keys_are_refused_without_being_shown(keys: str) -> None:
    with override_settings(FIELD_KEYS=keys), pytest.raises(ImproperlyConfigured, match="FIELD_KEYS") as caught:
        encrypt(b"text", PLACE)
    assert key("o") not in str(caught.value)


def test_an_unusable_index_key_is_refused() -> None:
    with override_settings(INDEX_KEY="c2hvcnQ="), pytest.raises(ImproperlyConfigured, match="INDEX_KEY"):
        blind_index("150680-9871", 297)


def test_the_index_is_equal_only_for_the_same_text_in_the_same_municipality_under_the_same_key() -> None:
    index = blind_index("150680-9871", 297)
    assert index == blind_index("150680-9871", 297)
    assert index != blind_index("150680-9871", 837)
    assert index != blind_index("150680Y9871", 297)
    with override_settings(INDEX_KEY=key("i")):
        assert index != blind_index("150680-9871", 297)
