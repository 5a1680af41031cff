"""The secrets of second factors, encrypted and bound to the person and the kind of factor they belong to.

The package encrypts a text before there is a row and decrypts it without saying whose it is. So what it encrypted waits
unbound in memory and is bound when its row is stored; what is read from the database knows its place from there on, and
opens nowhere else.
"""

import base64
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models.signals import post_init, pre_save
from django.dispatch import receiver

from core.encryption import TamperedError, decrypt_text, encrypt_text, place
from core.sealed_columns import SealedColumn, register

SECRETS = ("secret", "seed")
WRITE = "data = jsonb_set(data, '{{{name}}}', to_jsonb(translate(encode(new.value, 'base64'), E'\n', '')))"
IN_MEMORY = place("mfa_authenticator", "")
TABLE = "mfa_authenticator"

register(
    *(
        SealedColumn(
            TABLE,
            name,
            ("one.user_id", "one.type"),
            value=f"decode(one.data->>'{name}', 'base64')",
            assign=WRITE.format(name=name),
        )
        for name in SECRETS
    )
)


class Placed(str):
    """An encrypted text as it stands in its row."""

    place: bytes


def seal(text: str, context: bytes = IN_MEMORY) -> str:
    return base64.b64encode(encrypt_text(text, context)).decode()


def opened(sealed: str) -> str:
    """Raises core.encryption.DecryptionError."""
    context = sealed.place if isinstance(sealed, Placed) else IN_MEMORY
    try:
        value = base64.b64decode(sealed, validate=True)
    except ValueError:
        raise TamperedError("not a value of this encryption") from None
    return decrypt_text(value, context)


def _placed(sealed: str, row: Authenticator, name: str) -> Placed:
    text = Placed(sealed)
    text.place = place(TABLE, name, row.user_id, str(row.type))
    return text


def _secrets(row: Authenticator) -> list[str]:
    return [name for name in SECRETS if isinstance(row.data, dict) and isinstance(row.data.get(name), str)]


@receiver(post_init, sender=Authenticator)
def say_the_place(instance: Authenticator, **kwargs: Any) -> None:
    """Of a row that is read; a part of one that is read without its person opens nowhere."""
    if instance.__dict__.get("id") is None or not {"data", "user_id", "type"} <= instance.__dict__.keys():
        return
    for name in _secrets(instance):
        instance.data[name] = _placed(instance.data[name], instance, name)


@receiver(pre_save, sender=Authenticator)
def bind(instance: Authenticator, **kwargs: Any) -> None:
    for name in _secrets(instance):
        if not isinstance(instance.data[name], Placed):
            text = _placed("", instance, name)
            sealed = seal(opened(instance.data[name]), text.place)
            instance.data[name] = _placed(sealed, instance, name)
