"""The figures of work as CSV: exact, because a count of work is no client's trait."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.confirmed import confirmed_again
from municipalities.requests import MunicipalRequest, roles
from reports.dashboard.asked import READERS, Asked, may_leave
from reports.dashboard.published import published_address
from reports.figures.registry import FIGURES


@roles(*READERS)
@require_safe
@confirmed_again()
def figure_csv(request: MunicipalRequest, name: str) -> HttpResponse:
    """What tells of clients' traits leaves as published numbers only: an address of it leads there."""
    if name not in FIGURES:
        raise Http404(_("There is no such figure."))
    asked, definition = Asked(request, name), FIGURES[name]
    if not may_leave(definition, asked.chosen):
        return redirect(published_address(request.municipality.code))
    figure = asked.figure(definition)
    words = asked.chosen.people_words
    response = HttpResponse(figure.as_csv(words), content_type="text/csv; charset=utf-8")
    file_name = f"{name}-{request.municipality.code}-{asked.period.key}.csv"
    response["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response
