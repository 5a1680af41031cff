"""Secrets of one data folder: made once, kept in files that only their owner can read."""

import base64
import secrets
from dataclasses import dataclass, fields
from pathlib import Path

from .errors import CannotStart
from .place import Place


def _random_key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


@dataclass(frozen=True)
class Keys:
    secret_key: str
    field_keys: str  # id:base64
    index_key: str
    admin_password: str
    owner_password: str
    app_password: str

    @classmethod
    def new(cls) -> "Keys":
        return cls(
            secret_key=secrets.token_urlsafe(64),
            field_keys=f"1:{_random_key()}",
            index_key=_random_key(),
            admin_password=secrets.token_urlsafe(32),
            owner_password=secrets.token_urlsafe(32),
            app_password=secrets.token_urlsafe(32),
        )


def keys_of(place: Place) -> Keys:
    """The keys of the data folder. Made when there are neither keys nor data; lost keys are never replaced."""
    if not place.keys.exists():
        if place.database.exists():
            raise CannotStart(
                f"{place.database} holds data but its keys, {place.keys}, are gone. Put the keys back from a copy, "
                "or start empty with another DATA_DIR."
            )
        _write(Keys.new(), place.keys)
    return _read(place.keys)


def _write(keys: Keys, folder: Path) -> None:
    unfinished = folder.with_name("keys.new")
    unfinished.mkdir(mode=0o700, exist_ok=True)
    for field in fields(keys):
        file = unfinished / field.name
        file.touch(mode=0o600)
        file.write_text(getattr(keys, field.name))
    unfinished.rename(folder)


def _read(folder: Path) -> Keys:
    try:
        return Keys(**{field.name: (folder / field.name).read_text().strip() for field in fields(Keys)})
    except FileNotFoundError as error:
        raise CannotStart(
            f"The key file {error.filename} is gone. Put it back from a copy, or start empty with another DATA_DIR."
        ) from error
    except PermissionError as error:
        raise CannotStart(
            f"{error.filename} may be read only by the user who made it. Start as that user, or set another DATA_DIR."
        ) from error
