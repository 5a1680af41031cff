"""Which servers may be trusted with the data, by their addresses: the first of what a start refuses."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
TLS = frozenset({"require", "verify-ca", "verify-full"})
EXCEPTION = "PRIVATE_NETWORK=true says that nobody else is on the network between."
OPEN_REDIS = (
    "{name} names a Redis at {host} without a password: whoever reaches it reads and writes what waits there. Give "
    "one, rediss://:password@host:6379/0. " + EXCEPTION
)
OPEN_DATABASE = (
    "{name} reaches the database at {host} without TLS: personal data would cross the network readable. Add "
    "?sslmode=verify-full. " + EXCEPTION
)
DEMO_ON_GIVEN = (
    "{name} is set together with DATABASE_URL. The demo and debugging are only for the servers that the program starts "
    "itself: remove {name}, or DATABASE_URL and BROKER_URL."
)


def refuse_open_redis(name: str, url: str) -> None:
    """Sockets are behind the rights of their file, and loopback is this machine."""
    # one address each where there are several (sentinels)
    for one in url.split(";"):
        address = urlsplit(one)
        if "socket" in address.scheme or address.scheme == "unix":
            continue
        if not address.password and (address.hostname or "localhost") not in LOOPBACK:
            raise ImproperlyConfigured(OPEN_REDIS.format(name=name, host=address.hostname))


def refuse_open_database(name: str, database: dict[str, Any]) -> None:
    host = str(database["HOST"])
    if host and not host.startswith("/") and host not in LOOPBACK and database["OPTIONS"].get("sslmode") not in TLS:
        raise ImproperlyConfigured(OPEN_DATABASE.format(name=name, host=host))


def refuse_demo_on_given_servers(database_url: str, data_dir: Path, **switches: bool) -> None:
    """The servers of our own are known by their sockets, which lie in the data folder (`embedded.place`)."""
    host = unquote(urlsplit(database_url).netloc.rpartition("@")[2].partition("?")[0])
    if host.startswith("/") and Path(host).resolve() == (data_dir / "run").resolve():
        return
    for name, on in switches.items():
        if on:
            raise ImproperlyConfigured(DEMO_ON_GIVEN.format(name=name))
