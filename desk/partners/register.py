"""The register of partners: read by those who do casework, kept by the admins."""

from copy import copy
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from cases.models import Partner
from cases.models.partner import OPEN_HANDOVER
from cases.partners.register import add_partner, edit_partner, end_partner, take_back_partner
from core.names import sort_key
from core.saving import posted_version, save
from municipalities.models import Role
from municipalities.models.membership import CASEWORK
from municipalities.requests import MunicipalRequest, roles
from municipalities.rows import own_row
from municipalities.tabs import municipal_tabs

FIELDS = ("kind", "name", "contact_person", "phone", "email", "note")

if TYPE_CHECKING:
    PartnerModelForm = forms.ModelForm[Partner]
else:
    PartnerModelForm = forms.ModelForm


class PartnerForm(PartnerModelForm):
    class Meta:
        model = Partner
        fields = FIELDS
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FIELDS}


@roles(Role.ADMIN, *CASEWORK)
@require_safe
def partners(request: MunicipalRequest) -> HttpResponse:
    waiting = Count("handovers", filter=Q(handovers__state__in=OPEN_HANDOVER))
    found = sorted(
        Partner.objects.filter(municipality=request.municipality).annotate(waiting=waiting),
        key=lambda partner: (sort_key(partner.name), partner.pk),
    )
    context = {
        "partners": [partner for partner in found if not partner.ended],
        "ended": [partner for partner in found if partner.ended],
        "keeps": Role.ADMIN in request.access.roles,
        "casework": request.access.casework,
        "tabs": municipal_tabs(request.municipality.code, "partners"),
    }
    return render(request, "desk/partners/register.html", context)


@roles(Role.ADMIN)
def partner_new(request: MunicipalRequest) -> HttpResponse:
    form = PartnerForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, form, None)
    if save(request, form, lambda: add_partner(request.user, request.municipality, form.values())).done:
        messages.success(request, _("The partner was added."))
        return redirect("partners", code=request.municipality.code)
    return _page(request, form, None)


@roles(Role.ADMIN)
def partner_edit(request: MunicipalRequest, pk: int) -> HttpResponse:
    partner = own_row(Partner, request, pk=pk)
    if request.method != "POST":
        return _page(request, PartnerForm(instance=partner), partner)
    # the form writes into its instance: another one than that which is shown
    form = PartnerForm(request.POST, instance=copy(partner))
    if not form.is_valid():
        return _page(request, form, partner)
    outcome = save(request, form, lambda: edit_partner(request.user, partner, posted_version(request), form.values()))
    if not outcome.done:
        changed = _differences(form, partner) if outcome.changed_meanwhile else None
        return _page(request, form, partner, changed=changed)
    messages.success(request, _("Nothing was changed.") if outcome.value is False else _("The changes were saved."))
    return redirect("partners", code=request.municipality.code)


@roles(Role.ADMIN)
@require_POST
def partner_end(request: MunicipalRequest, pk: int) -> HttpResponse:
    end_partner(request.user, own_row(Partner, request, pk=pk))
    messages.success(request, _("The partner is no longer in use. The hand-overs that wait go on."))
    return redirect("partners", code=request.municipality.code)


@roles(Role.ADMIN)
@require_POST
def partner_take_back(request: MunicipalRequest, pk: int) -> HttpResponse:
    take_back_partner(request.user, own_row(Partner, request, pk=pk))
    messages.success(request, _("The partner is in use again."))
    return redirect("partners", code=request.municipality.code)


def _differences(form: PartnerForm, stored: Partner) -> list[tuple[str, Any]]:
    """Label and present value of what differs from what was typed."""
    shown = {name: getattr(stored, name) for name in FIELDS} | {"kind": stored.get_kind_display()}
    return [
        (str(form.fields[name].label), shown[name])
        for name in FIELDS
        if getattr(stored, name) != form.cleaned_data[name]
    ]


def _page(
    request: MunicipalRequest, form: PartnerForm, partner: Partner | None, changed: list[tuple[str, Any]] | None = None
) -> HttpResponse:
    version = partner.version if partner else 0
    context = {
        "form": form,
        "partner": partner,
        "changed": changed,
        "version": posted_version(request) if form.is_bound and changed is None else version,
        "title": gettext_lazy("Edit the partner") if partner else gettext_lazy("New partner"),
    }
    return render(request, "desk/partners/partner.html", context)
