"""What waits for a role's holder outside one's own work, said on the page after signing in.

Each app adds its own when it is ready, and nothing here knows the pages of the apps above.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from municipalities.access import Access
from municipalities.models import Municipality


@dataclass(frozen=True)
class Call:
    """`name` is the URL name of the page, `count` how much waits there, `words` say it of that many."""

    name: str
    roles: frozenset[str]
    count: Callable[[Municipality], int]
    words: Callable[[int], str]


_calls: list[Call] = []


def add(call: Call) -> None:
    _calls.append(call)


def waiting(municipality: Municipality, access: Access) -> list[tuple[str, str]]:
    """Words and address of what waits for these roles; what is empty is not said."""
    own = [(call, call.count(municipality)) for call in _calls if call.roles & access.roles]
    return [(call.words(n), reverse(call.name, kwargs={"code": municipality.code})) for call, n in own if n]
