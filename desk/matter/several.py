"""Several matters at once: which were chosen, and what is told of them."""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.http import QueryDict
from django.utils.translation import ngettext

from cases.access.reads import chosen_rows
from cases.matters.several import Several
from cases.models import Matter
from core.asked_numbers import numbers
from desk.matter.words import for_lists
from municipalities.requests import MunicipalRequest

MOST = 100
"""At once; a page of the queue holds half of it."""


def asked_ids(data: QueryDict) -> list[int]:
    """The keys of the chosen matters."""
    return numbers(data.getlist("matter"))[:MOST]


def chosen(request: MunicipalRequest, data: QueryDict) -> list[Matter]:
    """Those of the chosen that this person may see, by deadline."""
    return list(for_lists(chosen_rows(Matter, request, pk__in=asked_ids(data)).order_by("due", "pk")))


def tell(request: MunicipalRequest, found: Several, words: Callable[[int], str], **names: str) -> None:
    """How many it was done to, and for the others why not."""
    if found.done:
        n = len(found.done)
        messages.success(request, words(n) % {"n": n, **names})
    tell_left(request, found.reasons())


def tell_left(request: MunicipalRequest, reasons: Mapping[str, int]) -> None:
    """Why, and how many times."""
    for reason, n in reasons.items():
        left = ngettext("%(n)s was left as it was: %(reason)s", "%(n)s were left as they were: %(reason)s", n)
        messages.warning(request, left % {"n": n, "reason": reason})
