"""The figures as CSV."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from municipalities.requests import MunicipalRequest, roles
from reports.dashboard.asked import READERS, asked_period
from reports.figures.question import Question
from reports.figures.registry import FIGURES


@roles(*READERS)
def figure_csv(request: MunicipalRequest, name: str) -> HttpResponse:
    """The figure as it may leave the casework: always suppressed where it is by clients' traits."""
    if name not in FIGURES:
        raise Http404(_("There is no such figure."))
    period, _error = asked_period(request)
    question = Question(request.municipality, period, restricted=False)
    figure = FIGURES[name].compared(question, opens_rows=False)
    told = figure.period or period
    response = HttpResponse(figure.as_csv(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}-{request.municipality.code}-{told.key}.csv"'
    return response
