"""Jäi kesken: this person's drafts, each with a name and the page where it goes on, its text in the fields."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.models import Client, Matter
from municipalities.draft_forms import found
from municipalities.requests import MunicipalRequest

Draft = tuple[str, str, datetime.datetime]
# js/drafts.js gives the text back at once where an address ends so; a fragment is never sent to the server
GO_ON = "#jatka"
SHOWN = 20
"""So many stand open in the list; the others under a line that opens."""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """`form` and `object` are what it is thrown away by. Without `url` it cannot go on: its record is out of sight."""

    form: str
    object: str
    name: Promise
    of: str
    saved_at: datetime.datetime
    url: str = ""
    client_id: int | None = None


def drafted_matters(request: MunicipalRequest, rows: list[Draft]) -> QuerySet[Matter]:
    """The matters that the drafts are about, if the person may still see them."""
    visible = Matter.objects.visible_to(request.user, request.municipality)
    return visible.filter(pk__in=_numbers("matter", rows)).order_by("pk")


def unfinished(request: MunicipalRequest, rows: list[Draft], about: Iterable[Matter]) -> list[Unfinished]:
    """All of them, since each takes room; those whose client is out of sight without a name. `about`: their matters."""
    clients = Client.objects.visible_to(request.user, request.municipality)
    keys = _numbers("client", rows)
    seen: dict[str, Mapping[int, Matter | Client]] = {
        "matter": {matter.pk: matter for matter in about},
        "client": clients.in_bulk(keys) if keys else {},
    }
    return [_told(request, row, seen) for row in rows]


def _told(request: MunicipalRequest, row: Draft, seen: Mapping[str, Mapping[int, Matter | Client]]) -> Unfinished:
    name, what, saved_at = row
    known = found(name, what)
    if known is None:
        # of a form that is no more
        return Unfinished(name, what, _("Form"), "", saved_at)
    form, numbers = known
    about = seen.get(form.of.partition(":")[0], {}).get(numbers[0]) if numbers else None
    if numbers and about is None:
        return Unfinished(name, what, _("Form") if callable(form.words) else form.words, "", saved_at)
    words = form.words(request, about) if callable(form.words) else form.words
    url = form.page(request.municipality.code, *numbers) + GO_ON
    client = about.client if isinstance(about, Matter) else about
    return Unfinished(name, what, words, client.name if client else "", saved_at, url, client.pk if client else None)


def _numbers(kind: str, rows: list[Draft]) -> list[int]:
    """Of the records of this kind that the drafts are about."""
    known = [found(form, what) for form, what, _at in rows]
    return [one[1][0] for one in known if one and one[1] and one[0].of.partition(":")[0] == kind]
