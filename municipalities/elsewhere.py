"""Pages that an app leads to and an app above serves: the one says what it wants, the other where that is."""

from collections.abc import Callable
from typing import Generic, ParamSpec

P = ParamSpec("P")


class Elsewhere(Generic[P]):
    """A page known by what it shows. Its address is made from the municipality's code and what P says.

    >>> CLIENT: Elsewhere[[str, int]] = Elsewhere("a client")
    >>> CLIENT.is_at(lambda code, pk: reverse("client", kwargs={"code": code, "pk": pk}))
    >>> CLIENT.url("297", 12)
    """

    known: "list[Elsewhere[...]]" = []

    def __init__(self, shows: str) -> None:
        self.shows = shows
        self.address: Callable[P, str] | None = None
        Elsewhere.known.append(self)

    def is_at(self, address: Callable[P, str]) -> None:
        """Said once, by the app that has the page, when the apps are ready."""
        if self.address:
            raise ValueError(f"The page of {self.shows} has an address already.")
        self.address = address

    def url(self, *args: P.args, **kwargs: P.kwargs) -> str:
        if self.address is None:
            raise LookupError(f"No app says where {self.shows} is shown.")
        return self.address(*args, **kwargs)


SETTINGS: Elsewhere[[str]] = Elsewhere("the municipality's settings")
