"""What goes along with a matter to another municipality: an app that keeps more of a matter registers a carrier."""

from typing import Protocol

from cases.models import Matter


class Carrier(Protocol):
    """Called in a scope that holds both municipalities. `sent` is the sender's matter, `arrived` the receiver's."""

    def prepare(self, matter: Matter) -> None:
        """Before any row is locked: the locks of the carrier's own that come first. May raise NotPossible."""

    def go(self, sent: Matter, arrived: Matter) -> None:
        """The transfer was asked for."""

    def come_back(self, sent: Matter, arrived: Matter) -> None:
        """It was returned or revoked. Both matters are locked, and saved by the caller afterwards."""


_carriers: list[Carrier] = []


def carry_along(carrier: Carrier) -> None:
    _carriers.append(carrier)


def carriers() -> tuple[Carrier, ...]:
    return tuple(_carriers)
