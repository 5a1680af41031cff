"""The same verb for several matters: each by itself, so that one that cannot does not stop the others."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db import transaction

from cases.models import Matter
from core.saving import NotPossible


@dataclass(slots=True)
class Several:
    """What was done, and what was not with the words why."""

    done: list[Matter] = field(default_factory=list)
    refused: list[tuple[Matter, str]] = field(default_factory=list)

    def reasons(self) -> dict[str, int]:
        """Why, and how many times."""
        found: dict[str, int] = {}
        for _matter, words in self.refused:
            found[words] = found.get(words, 0) + 1
        return found


def for_each(matters: Iterable[Matter], verb: Callable[[Matter], None]) -> Several:
    found = Several()
    for matter in matters:
        try:
            with transaction.atomic():
                verb(matter)
        except NotPossible as refusal:
            found.refused.append((matter, str(refusal)))
        else:
            found.done.append(matter)
    return found
