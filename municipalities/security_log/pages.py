"""The security log, for admins and supervisors to read."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.filter_form import is_unread
from municipalities.models import Role
from municipalities.requests import MunicipalRequest, roles
from municipalities.security_log.shown import SecurityLogFilter, events_of
from municipalities.security_log.words import event_words, facts_in_words, names_in
from municipalities.tabs import municipal_tabs

ROWS = 100


@roles(Role.ADMIN, Role.SUPERVISOR)
@require_safe
def security_log(request: MunicipalRequest) -> HttpResponse:
    filters = SecurityLogFilter(request.municipality, request.GET)
    page = Paginator(filters.of(events_of(request.municipality)), ROWS).get_page(request.GET.get("sivu"))
    names = names_in(page.object_list)
    context = {
        "filters": filters,
        "page": page,
        "rows": [(event, event_words(event), facts_in_words(event, names)) for event in page],
        "unread": is_unread(filters),
        "filtered": any(filters.cleaned_data.values()),
        "tabs": municipal_tabs(request.municipality.code, "security_log")
        if Role.ADMIN in request.access.roles
        else None,
    }
    return render(request, "municipalities/security_log.html", context)
