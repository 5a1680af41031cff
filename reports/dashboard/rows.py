"""The rows behind the numbers, and the figures as CSV."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.access.reads import record
from cases.models import Appointment, Client
from cases.models.access_log import Looked
from core.figures import Figure
from municipalities.requests import MunicipalRequest, roles
from reports.dashboard.asked import READERS, asked_period, may_open, question_of
from reports.figures.counts import AGES
from reports.figures.question import Question
from reports.figures.registry import FIGURES, compared
from reports.figures.rows import rows_of
from reports.figures.standing import age_label
from reports.figures.waiting import TITLES

PAGE_SIZE = 50
PARTS = {
    "ended": gettext_lazy("ended"),
    "kept": gettext_lazy("in time"),
    "within": gettext_lazy("within the outer limit"),
    "late": gettext_lazy("late"),
    "none": gettext_lazy("not yet"),
    "missed": gettext_lazy("the client did not come"),
    "cancelled": gettext_lazy("cancelled by the client"),
    "unrecorded": gettext_lazy("not recorded"),
    "law": gettext_lazy("by law"),
    "own": gettext_lazy("by a target of our own"),
}


@roles(*READERS)
def figure_rows(request: MunicipalRequest, name: str, key: str) -> HttpResponse:
    """The rows that a number counts; names only of the clients that this person may see."""
    if name not in FIGURES.keys() | TITLES.keys() or not may_open(request, name) or not key.isprintable():
        raise Http404(_("There is no such page."))
    period, period_error = asked_period(request)
    question = question_of(request, period)
    try:
        rows = rows_of(name, key, question)
    except KeyError as error:
        raise Http404(_("There is no such page.")) from error
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("sivu"))
    named = named_clients(request, list(page.object_list))
    context: dict[str, Any] = {
        **about(name, key, question),
        "period": period,
        "period_error": period_error,
        "page": page,
        what_they_are(rows): [shown(row, named) for row in page.object_list],
    }
    record(request, Looked.LISTED, named)
    return render(request, "reports/rows.html", context)


def about(name: str, key: str, question: Question) -> dict[str, str]:
    """Title, label and time of the rows."""
    if name in TITLES:
        return {"title": str(TITLES[name]), "label": str(PARTS.get(key, "")), "about": _("now")}
    figure = FIGURES[name](question)
    when = _("now") if figure.period is None else figure.period.label
    return {"title": figure.title, "label": row_label(figure, key), "about": when}


def what_they_are(rows: QuerySet[Any]) -> str:
    if rows.model is Client:
        return "clients"
    return "appointments" if rows.model is Appointment else "matters"


def shown(row: Any, named: dict[int, Client]) -> tuple[Any, Client | None] | tuple[Any, Client | None, Any]:
    """The row and its client, if this person may see who it is; of a client also since when."""
    client = named.get(client_id(row))
    return (row, client, getattr(row, "since", None)) if isinstance(row, Client) else (row, client)


def client_id(row: Any) -> int:
    return int(row.pk if isinstance(row, Client) else row.client_id)


def named_clients(request: MunicipalRequest, rows: list[Any]) -> dict[int, Client]:
    """Of the rows of a page, the clients whose names this person may see; none for a coordinator."""
    ids = [client_id(row) for row in rows]
    visible = Client.objects.visible_to(request.user, request.municipality).filter(pk__in=ids)
    return {client.pk: client for client in visible}


def row_label(figure: Figure, key: str) -> str:
    """What the rows are, in the words of the table: the row's label, and for a part of it the part."""
    bare, _dot, part = key.partition(".")
    labels = {row.key: row.label for row in figure.rows}
    base = labels.get(key) or labels.get(bare) or (age_label(part) if part in AGES else _("all"))
    words = PARTS.get(part)
    return f"{base}, {words}" if words else base


@roles(*READERS)
def figure_csv(request: MunicipalRequest, name: str) -> HttpResponse:
    """The figure as it may leave the casework: always suppressed where it is by clients' traits."""
    if name not in FIGURES:
        raise Http404(_("There is no such figure."))
    period, _error = asked_period(request)
    figure = compared(name, Question(request.municipality, period, restricted=False), opens_rows=False)
    told = figure.period or period
    response = HttpResponse(figure.as_csv(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}-{request.municipality.code}-{told.key}.csv"'
    return response
