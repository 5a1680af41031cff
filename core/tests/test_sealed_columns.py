"""Everything encrypted opens in its own row alone, is known to those who go through it, and gets under a new key."""

import base64
import io
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings

from accounts.models import User
from cases.models import Client
from core import drafts
from core.encryption import DecryptionError, place
from core.models import Draft, KeyFingerprint
from core.reencrypting import bind, counted, reencrypt
from core.row_security import scope
from core.sealed_columns import sealed_columns
from municipalities.models import Municipality
from testing.factories import make_client

NOT_ENCRYPTED = {
    "cases_client.identity_code_index": "a keyed hash",
    "cases_clienthistory.identity_code_index": "a keyed hash",
    "etotu_batch.sha256": "the hash of a file",
    "etotu_notice.content_hash": "a keyed hash",
    "etotu_noticehistory.content_hash": "a keyed hash",
    "etotu_quarantinerow.content_hash": "a keyed hash",
    "etotu_quarantinerow.person": "a keyed hash",
    "etotu_quarantinerow.names": "a keyed hash",
}
as_the_owner = pytest.mark.django_db(databases=["default", "owner"], transaction=True)
NEW = f"new:{base64.b64encode(b'n' * 32).decode()}"


def query(sql: str, *params: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def test_every_column_of_bytes_is_known_as_encrypted_or_as_not(db: None) -> None:
    found = query(
        "SELECT table_name || '.' || column_name FROM information_schema.columns "
        "WHERE table_schema = 'public' AND data_type = 'bytea'"
    )
    known = {column.name for column in sealed_columns() if not column.value}
    assert {str(name) for (name,) in found} == known | set(NOT_ENCRYPTED)


def test_no_two_places_read_alike() -> None:
    assert place("t", "c", "a:b", "c") != place("t", "c", "a", "b:c")
    assert place("t", "c", "1", 23) != place("t", "c", "12", 3)


def test_an_identity_code_moved_to_another_row_does_not_open(kuopio: Municipality) -> None:
    one, other = make_client(kuopio), make_client(kuopio)
    Client.objects.filter(pk=other.pk).update(identity_code_cipher=one.identity_code_cipher)
    other.refresh_from_db()
    with pytest.raises(DecryptionError):
        other.identity_code()
    assert one.identity_code()


def test_a_draft_moved_between_forms_that_read_alike_does_not_open(aino: User, kuopio: Municipality) -> None:
    drafts.save(aino.pk, kuopio.pk, "a:b", "c", {"text": "x"})
    Draft.objects.update(form="a", object="b:c")
    assert drafts.load(aino.pk, kuopio.pk, "a", "b:c") is None


def test_a_second_factor_s_secret_moved_to_another_person_does_not_open(aino: User, eetu: User) -> None:
    secret = generate_totp_secret()
    TOTP.activate(aino, secret)
    TOTP.activate(eetu, generate_totp_secret())
    mine, theirs = Authenticator.objects.get(user=aino), Authenticator.objects.get(user=eetu)
    assert TOTP(mine).validate_code("000000") is False
    query(
        "UPDATE mfa_authenticator SET data = %s WHERE id = %s RETURNING id",
        f'{{"secret": "{mine.data["secret"]}"}}',
        theirs.pk,
    )
    with pytest.raises(DecryptionError):
        TOTP(Authenticator.objects.get(user=eetu)).validate_code("000000")


def test_a_secret_moved_to_another_kind_of_factor_does_not_open(aino: User) -> None:
    codes = RecoveryCodes.activate(aino)
    TOTP.activate(aino, generate_totp_secret())
    query(
        "UPDATE mfa_authenticator SET data = jsonb_build_object('secret', %s::text) WHERE type = 'totp' RETURNING id",
        str(codes.instance.data["seed"]),
    )
    with pytest.raises(DecryptionError):
        TOTP(Authenticator.objects.get(user=aino, type="totp")).validate_code("000000")


@pytest.fixture
def stored(aino: User, kuopio: Municipality) -> Callable[[], None]:
    """One value of each kind that this app and those below `etotu` encrypt; the answer looks whether they open."""
    secret = generate_totp_secret()
    with scope([kuopio.pk]):
        client = make_client(kuopio)
        code = client.identity_code()
        Client.objects.filter(pk=client.pk).update(language="sv")
        drafts.save(aino.pk, kuopio.pk, "contact", "", {"text": "x"})
        TOTP.activate(aino, secret)
        seen = RecoveryCodes.activate(aino).generate_codes()

    def open_all() -> None:
        with scope([kuopio.pk]):
            assert Client.objects.get(pk=client.pk).identity_code() == code
            assert drafts.load(aino.pk, kuopio.pk, "contact")
            assert RecoveryCodes(Authenticator.objects.get(user=aino, type="recovery_codes")).generate_codes() == seen
            assert TOTP(Authenticator.objects.get(user=aino, type="totp")).validate_code("000000") is False
            assert query("SELECT count(*) FROM cases_clienthistory WHERE id = %s", client.pk) == [(1,)]

    return open_all


@as_the_owner
def test_everything_is_written_anew_under_the_first_key_and_the_old_one_may_go(stored: Callable[[], None]) -> None:
    said = io.StringIO()
    with override_settings(FIELD_KEYS=f"{NEW},{settings.FIELD_KEYS}"):
        call_command("reencrypt", "--count", stdout=said)
        assert "cases_client.identity_code_cipher: 1 under key 1\n" in said.getvalue()
        call_command("reencrypt", stdout=said)
        assert not any(written.rows for _column, written in reencrypt("owner"))
        assert {tuple(keys) for keys in counted("owner").values() if keys} == {("new",)}
    assert "cases_clienthistory.identity_code_cipher: 1 under key new (the first)" in said.getvalue()
    assert KeyFingerprint.objects.filter(name="FIELD_KEYS, key new").exists()
    with override_settings(FIELD_KEYS=NEW):
        stored()
        call_command("reencrypt", stdout=said)
        assert [row.name for row in KeyFingerprint.objects.all()] == ["FIELD_KEYS, key new", "INDEX_KEY"]


@as_the_owner
def test_it_goes_on_where_it_was_stopped(stored: Callable[[], None]) -> None:
    with override_settings(FIELD_KEYS=f"{NEW},{settings.FIELD_KEYS}"):
        for _ in zip(range(2), reencrypt("owner"), strict=False):
            pass
        assert len({key for keys in counted("owner").values() for key in keys}) == 2
        call_command("reencrypt", stdout=io.StringIO())
        assert {tuple(keys) for keys in counted("owner").values() if keys} == {("new",)}
        stored()


@as_the_owner
def test_what_cannot_be_read_is_left_and_told(stored: Callable[[], None]) -> None:
    with override_settings(FIELD_KEYS=NEW), pytest.raises(CommandError, match="keep every old key"):
        call_command("reencrypt", stdout=io.StringIO())
    stored()


@as_the_owner
def test_values_of_before_are_bound_to_their_rows(stored: Callable[[], None], kuopio: Municipality) -> None:
    """As the migration does, which finds those that are bound already as well."""
    from core.encryption import encrypt_text

    [column] = [one for one in sealed_columns() if one.name == "cases_client.identity_code_cipher"]
    with scope([kuopio.pk]):
        other = make_client(kuopio)
        code = other.identity_code()
        old = encrypt_text(code, b"client.identity_code:%d" % kuopio.pk)
        Client.objects.filter(pk=other.pk).update(identity_code_cipher=old)
    written = bind("owner", column, lambda row: b"client.identity_code:%d" % row[0])
    assert written.rows == 1
    with scope([kuopio.pk]):
        assert Client.objects.get(pk=other.pk).identity_code() == code
    stored()


@as_the_owner
def test_a_migration_that_cannot_read_a_value_says_so(stored: Callable[[], None]) -> None:
    [column] = [one for one in sealed_columns() if one.name == "cases_client.identity_code_cipher"]
    with override_settings(FIELD_KEYS=NEW), pytest.raises(DecryptionError, match="FIELD_KEYS"):
        bind("owner", column, lambda _row: b"elsewhere")
    stored()


def test_a_secret_that_was_never_encrypted_is_not_stored(aino: User) -> None:
    with pytest.raises(DecryptionError):
        Authenticator.objects.create(user=aino, type="totp", data={"secret": "x"})
