"""The municipality's page: figures, the rows behind their numbers, and CSV."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import Client
from cases.models.access_log import Looked
from cases.reads import record
from core.figures import Figure
from core.periods import Period, PeriodError, choices
from municipalities.models.membership import CASEWORK, Role
from municipalities.requests import MunicipalRequest, roles
from reports.counts import AGES
from reports.figures import FIGURES, SUPPRESSED, Question, age_label, build, kept_figure, kept_rows
from reports.rows import rows_of
from reports.web.tables import kept_table, open_rows, open_totals

READERS = sorted(CASEWORK | {Role.COORDINATOR})
PAGE_SIZE = 50
OLDEST = date(2018, 1, 1)
PARTS = {
    "ended": gettext_lazy("ended"),
    "kept": gettext_lazy("in time"),
    "within": gettext_lazy("within the outer limit"),
    "late": gettext_lazy("late"),
}


def asked_period(request: MunicipalRequest) -> tuple[Period, str]:
    """The period of the address, this month without one; and what to say when the address holds none we know."""
    text = request.GET.get("jakso", "")
    try:
        return (Period.parse_key(text), "") if text else (Period.containing(timezone.localdate()), "")
    except PeriodError as error:
        return Period.containing(timezone.localdate()), str(error)


def may_open(request: MunicipalRequest, name: str) -> bool:
    """Rows of figures by clients' traits open for the supervisor, who sees all units; the others for every reader."""
    return name not in SUPPRESSED or request.access.all_units


def question_of(request: MunicipalRequest, period: Period) -> Question:
    def link(name: str, key: str) -> str | None:
        if not may_open(request, name):
            return None
        path = reverse("figure_rows", kwargs={"code": request.municipality.code, "name": name, "key": key})
        return f"{path}?jakso={period.key}"

    return Question(request.municipality, period, restricted=False, link=link)


def without_zeros(figure: Figure) -> Figure:
    """For the page: goals that nobody has are named in a note instead of twenty empty bars."""
    zeros = [row.label for row in figure.rows if row.count == 0]
    rows = tuple(row for row in figure.rows if row.count != 0)
    if not rows or not zeros:
        return replace(figure, rows=rows)
    note = _("Nobody has: %(goals)s.") % {"goals": ", ".join(zeros)}
    return replace(figure, rows=rows, notes=(*figure.notes, note))


@roles(*READERS)
def dashboard(request: MunicipalRequest) -> HttpResponse:
    period, period_error = asked_period(request)
    question = question_of(request, period)
    kept = kept_rows(question)
    counted = [name for name in FIGURES if name != "deadlines_kept"]
    figures = {name: build(name, question, opens_rows=may_open(request, name)) for name in counted}
    today = timezone.localdate()
    states = open_rows(figures["open_matters"])
    duties, all_duties = kept_table(kept, question)
    context = {
        "period": period,
        "period_error": period_error,
        "offered": choices(min(OLDEST, period.first), max(today, period.last)),
        "now": timezone.localtime(),
        "notices": figures["notices_by_type"],
        "open": figures["open_matters"],
        "open_rows": states,
        "open_totals": open_totals(states, question),
        "kept": kept_figure(question, kept),
        "kept_rows": duties,
        "kept_total": all_duties,
        "goals": without_zeros(figures["goals"]),
        "all_goals": without_zeros(figures["all_goals"]),
    }
    return render(request, "reports/dashboard.html", context)


@roles(*READERS)
def figure_rows(request: MunicipalRequest, name: str, key: str) -> HttpResponse:
    """The rows that a number counts; names only of the clients that this person may see."""
    if name not in FIGURES or not may_open(request, name) or not key.isprintable():
        raise Http404(_("There is no such page."))
    period, period_error = asked_period(request)
    question = question_of(request, period)
    try:
        rows = rows_of(name, key, question)
    except KeyError as error:
        raise Http404(_("There is no such page.")) from error
    figure = FIGURES[name](question)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("sivu"))
    named = named_clients(request, list(page.object_list))
    context: dict[str, Any] = {
        "figure": figure,
        "about": _("now") if figure.period is None else period.label,
        "period": period,
        "period_error": period_error,
        "page": page,
        "label": row_label(figure, key),
    }
    if rows.model is Client:
        context["clients"] = list(named.values())
    else:
        context["matters"] = [(row, named.get(client_id(row))) for row in page.object_list]
    record(request, Looked.LISTED, named)
    return render(request, "reports/rows.html", context)


def client_id(row: Any) -> int:
    return int(row.pk if isinstance(row, Client) else row.client_id)


def named_clients(request: MunicipalRequest, rows: list[Any]) -> dict[int, Client]:
    """Of the rows of a page, the clients whose names this person may see; none for a coordinator."""
    ids = [client_id(row) for row in rows]
    visible = Client.objects.visible_to(request.user, request.municipality).filter(pk__in=ids)
    return {client.pk: client for client in visible}


def row_label(figure: Figure, key: str) -> str:
    """What the rows are, in the words of the table: the row's label, and for deadlines the part."""
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
    figure = build(name, Question(request.municipality, period, restricted=False), opens_rows=False)
    response = HttpResponse(figure.as_csv(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}-{request.municipality.code}-{period.key}.csv"'
    return response
