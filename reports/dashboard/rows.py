"""The rows behind the numbers, on a page and as a table to take along."""

from typing import Any, Final

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.confirmed import confirmed_again
from cases.access.reads import record
from cases.models.access_log import Looked
from core.csv_export import Value, csv_bytes
from core.dates import long_day
from municipalities.requests import MunicipalRequest, roles
from reports.dashboard.addresses import SHOWN_ON, ask_address, asked_rows, rows_csv_address, tab_address
from reports.dashboard.asked import READERS, TABS, may_leave, may_open, question_of
from reports.dashboard.chosen import Chosen
from reports.dashboard.lists.found import FoundRows, clients_of
from reports.dashboard.published import published_address
from reports.figures.definition import Listing
from reports.figures.keys import RowKey

PAGE_SIZE: Final = 50


class AskedRows:
    """A request for the rows of a number: 404 when the address names none, or none that this reader may open."""

    def __init__(self, request: MunicipalRequest, name: str, key: str) -> None:
        self.listing: Listing[Any]
        self.key: RowKey
        self.listing, self.key = asked_rows(name, key)
        if not may_open(request, self.listing):
            raise Http404(_("There is no such page."))
        self.chosen = Chosen.of(request)
        self.found = FoundRows(request, self.listing, self.key, question_of(request, self.chosen))

    @property
    def heading(self) -> str:
        """What the number is."""
        label = self.listing.label(self.key)
        return f"{self.listing.title}: {label}" if label else str(self.listing.title)

    @property
    def about(self) -> str:
        """Of when and of whom."""
        when = _("now") if self.listing.of_now else self.chosen.period.label
        return " · ".join(filter(None, [when, self.chosen.people_words]))


@roles(*READERS)
@require_safe
def figure_rows(request: MunicipalRequest, name: str, key: str) -> HttpResponse:
    """The rows that a number counts; names only of the clients that this person may see."""
    asked = AskedRows(request, name, key)
    found, code = asked.found, request.municipality
    page = Paginator(found.rows, PAGE_SIZE).get_page(request.GET.get("sivu"))
    lines = found.lines(list(page.object_list))
    tab = SHOWN_ON[name]
    leaves = may_leave(asked.listing, asked.chosen)
    context = {
        "asked": asked,
        "total": found.total,
        "restricted": found.total - page.paginator.count,
        "page": page,
        "heads": [column.head for column in found.shape.columns],
        "rows": found.shape.table(lines),
        "errors": asked.chosen.errors,
        "tab_title": TABS[tab],
        "back_url": f"{tab_address(code, tab, asked.chosen)}#{name}",
        "csv_url": rows_csv_address(code, name, asked.key, asked.chosen) if leaves else "",
        "published_url": published_address(code.code),
        "may_ask": not asked.listing.by_traits and not request.access.all_units,
        "ask_url": ask_address(code, name, asked.key, asked.chosen),
    }
    record(request, Looked.LISTED, clients_of(lines))
    return render(request, "reports/rows.html", context)


@roles(*READERS)
@require_safe
@confirmed_again()
def figure_rows_csv(request: MunicipalRequest, name: str, key: str) -> HttpResponse:
    """The same list to work from: what the page says, under the name of the number."""
    asked = AskedRows(request, name, key)
    if not may_leave(asked.listing, asked.chosen):
        raise Http404(_("These numbers leave only as published ones."))
    lines, table = asked.found.file()
    record(request, Looked.EXPORTED, clients_of(lines))
    name_of_file = f"{name}-{key}-{request.municipality.code}-{asked.chosen.period.key}.csv"
    response = HttpResponse(csv_bytes([*_head(request, asked), *table]), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name_of_file}"'
    return response


def _head(request: MunicipalRequest, asked: AskedRows) -> list[list[Value]]:
    total, restricted = asked.found.total, asked.found.total - asked.found.rows.count()
    rows = ngettext("%(n)s row", "%(n)s rows", total) % {"n": total}
    lines = [f"{asked.heading} ({rows})", request.municipality.name, asked.about]
    lines.append(_("For internal use. Made %(day)s.") % {"day": long_day(timezone.localdate())})
    if restricted:
        lines.append(restricted_words(restricted))
    head: list[list[Value]] = [[line] for line in lines]
    return [*head, []]


def restricted_words(n: int) -> str:
    words = ngettext(
        "%(n)s of them is of a restricted client and is not opened here.",
        "%(n)s of them are of restricted clients and are not opened here.",
        n,
    )
    return words % {"n": n}
