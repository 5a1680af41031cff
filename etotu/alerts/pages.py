"""Marking alerts as seen: for all the admins of the municipality at once, since one of them sees to it."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from core.asked_numbers import numbers
from etotu.alerts.verbs import mark_seen, standing
from etotu.models import Alert
from municipalities.models import Role
from municipalities.requests import MunicipalRequest, roles


@roles(Role.ADMIN)
@require_POST
def alerts_seen(request: MunicipalRequest) -> HttpResponse:
    see(request, standing(request.municipality))
    return redirect("batches", code=request.municipality.code)


def see(request: Any, found: QuerySet[Alert]) -> None:
    """One alert, or all that the page showed (`alert` may come several times)."""
    ids = numbers(request.POST.getlist("alert"))
    count = mark_seen(
        request.user, Alert.objects.filter(pk__in=list(found.filter(pk__in=ids).values_list("pk", flat=True)))
    )
    if count:
        words = ngettext("It is marked as seen.", "%(n)s are marked as seen.", count)
        messages.success(request, words % {"n": count})
    else:
        messages.info(request, _("They had been marked as seen already."))
