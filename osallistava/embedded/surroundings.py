"""The environment of the program when it runs on the servers of its own."""

from collections.abc import Mapping
from urllib.parse import quote

from .errors import CannotStart
from .keys import keys_of
from .locks import locked
from .place import Place

DATABASE = "osallistava"
OWNER = "osallistava_owner"
APPLICATION = "osallistava_app"


def servers_are_given(environ: Mapping[str, str]) -> bool:
    """Whether the environment names servers. Naming only one of the two is a mistake, never half a demo."""
    database, broker = (
        bool(environ.get("DATABASE_URL")),
        bool(environ.get("BROKER_URL")),
    )
    if database and broker:
        return True
    if database or broker:
        given, missing = ("DATABASE_URL", "BROKER_URL") if database else ("BROKER_URL", "DATABASE_URL")
        raise CannotStart(
            f"{given} is set but {missing} is not. Set both to run on your own servers, "
            "or neither to try the program out on servers that it starts itself."
        )
    if environ.get("DATABASE_OWNER_URL"):
        raise CannotStart("DATABASE_OWNER_URL is set but DATABASE_URL is not. Set both, and BROKER_URL, or none.")
    return False


def surroundings(place: Place) -> dict[str, str]:
    with locked(place.root / "start.lock"):
        keys = keys_of(place)
    return {
        "DATABASE_URL": _database_url(place, APPLICATION, keys.app_password),
        "DATABASE_OWNER_URL": _database_url(place, OWNER, keys.owner_password),
        "BROKER_URL": f"redis+socket://{quote(str(place.broker_socket))}?virtual_host=0",
        "CACHE_URL": f"unix://{quote(str(place.broker_socket))}?db=1",
        "SECRET_KEY": keys.secret_key,
        "FIELD_KEYS": keys.field_keys,
        "INDEX_KEY": keys.index_key,
        "DATA_DIR": str(place.root),
        "DEMO": "1",
    }


def _database_url(place: Place, role: str, password: str) -> str:
    return f"postgres://{role}:{quote(password, safe='')}@{quote(str(place.sockets), safe='')}/{DATABASE}"
