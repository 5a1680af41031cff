"""The units of a municipality."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.names import sort_key
from core.saving import attempt, save
from municipalities.models import Role, Unit
from municipalities.requests import MunicipalRequest, roles
from municipalities.rows import own_row
from municipalities.tabs import municipal_tabs
from municipalities.units import verbs as service
from municipalities.units.forms import UnitEditForm, UnitForm


@roles(Role.ADMIN)
def units(request: MunicipalRequest) -> HttpResponse:
    """The list, and a form that adds one."""
    form = UnitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        if save(request, form, lambda: service.add_unit(request.user, request.municipality, name)).done:
            messages.success(request, _("The unit was added."))
            return redirect("units", code=request.municipality.code)
    today = timezone.localdate()
    people = Count(
        "memberships__user",
        distinct=True,
        filter=Q(memberships__ends=None) | Q(memberships__ends__gte=today),
    )
    found = sorted(
        Unit.objects.filter(municipality=request.municipality).annotate(people=people),
        key=lambda unit: (sort_key(unit.name), unit.pk),
    )
    context = {
        "form": form,
        "units": [unit for unit in found if not unit.ended],
        "ended_units": [unit for unit in found if unit.ended],
        "tabs": municipal_tabs(request.municipality.code, "units"),
    }
    return render(request, "municipalities/units.html", context)


@roles(Role.ADMIN)
def edit_unit(request: MunicipalRequest, pk: int) -> HttpResponse:
    """The name, and the postal codes of the area."""
    unit = own_row(Unit, request, pk=pk)
    initial = {"name": unit.name, "postal_codes": unit.postal_codes}
    form = UnitEditForm(request.POST or None, initial=initial)
    if (
        request.method == "POST"
        and form.is_valid()
        and save(request, form, lambda: save_unit(request, unit, form)).done
    ):
        messages.success(request, _("The unit was saved."))
        for other in service.sharing_area(unit):
            words = _("The unit %(unit)s has some of the same postal codes. The order of the rules decides.")
            messages.warning(request, words % {"unit": other.name})
        return redirect("units", code=request.municipality.code)
    context = {"form": form, "unit": unit, "tabs": municipal_tabs(request.municipality.code, "units")}
    return render(request, "municipalities/unit.html", context)


def save_unit(request: MunicipalRequest, unit: Unit, form: UnitEditForm) -> None:
    """Both or neither; raises NotPossible when the name is taken."""
    with transaction.atomic():
        if form.cleaned_data["name"].strip() != unit.name:
            service.rename_unit(request.user, unit, form.cleaned_data["name"])
        service.set_area(request.user, unit, form.cleaned_data["postal_codes"])


@roles(Role.ADMIN)
@require_POST
def end_unit(request: MunicipalRequest, pk: int) -> HttpResponse:
    unit = own_row(Unit, request, pk=pk)
    if refusal := attempt(lambda: service.end_unit(request.user, unit)).refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The unit has ended. What was done in it stays."))
    return redirect("units", code=request.municipality.code)


@roles(Role.ADMIN)
@require_POST
def reopen_unit(request: MunicipalRequest, pk: int) -> HttpResponse:
    service.reopen_unit(request.user, own_row(Unit, request, pk=pk))
    messages.success(request, _("The unit is in use again."))
    return redirect("units", code=request.municipality.code)
