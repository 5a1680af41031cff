"""How a client is reached: editing it, and choosing between what was entered here and what Kela knows."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.access.reads import access, record
from cases.clients.contact_details import keep_own_detail, save_contact_details, take_kela_detail
from cases.models import Client, ContactDetail
from cases.models.access_log import Looked
from cases.models.contact_detail import DetailKind, DetailSource
from core.saving import posted_version, save
from desk.client.person_forms import ContactDetailsForm
from municipalities.models.membership import CASEWORK
from municipalities.requests import MunicipalRequest, roles


@roles(*CASEWORK)
def client_details(request: MunicipalRequest, pk: int) -> HttpResponse:
    """Phone, e-mail and address. Under turvakielto the fields are empty, and an empty one leaves what is stored."""
    client = access(Client, request, pk)
    if request.method != "POST":
        initial = {} if client.non_disclosure else entered_here(client)
        return _page(request, client, ContactDetailsForm(initial=initial))
    form = ContactDetailsForm(request.POST)
    if not form.is_valid():
        return _page(request, client, form)
    details = form.details()
    if client.non_disclosure:
        details = {kind: detail for kind, detail in details.items() if any(detail.values())}
    if not save(
        request, form, lambda: save_contact_details(request.user, client, posted_version(request), details)
    ).done:
        client.refresh_from_db()
        now = {} if client.non_disclosure else entered_here(client)
        return _page(request, client, form, now=_labelled(form, now))
    messages.success(request, _("The contact details were saved."))
    return redirect("client", code=request.municipality.code, pk=pk)


def entered_here(client: Client) -> dict[str, str]:
    """What was entered here, as the form's fields."""
    found: dict[str, str] = {}
    for row in ContactDetail.objects.filter(client=client, source=DetailSource.HERE):
        found[row.kind] = row.value
        if row.kind == DetailKind.ADDRESS:
            found |= {"postal_code": row.postal_code, "post_office": row.post_office}
    return found


def _labelled(form: ContactDetailsForm, now: dict[str, str]) -> list[tuple[str, str]]:
    return [
        (str(field.label), now.get(name, ""))
        for name, field in form.fields.items()
        if now.get(name, "") != form.cleaned_data.get(name, "")
    ]


def _page(
    request: MunicipalRequest, client: Client, form: ContactDetailsForm, now: list[tuple[str, str]] | None = None
) -> HttpResponse:
    """`now` is what is stored, when somebody else has saved in the meantime."""
    record(request, Looked.OPENED, [client.pk])
    version = posted_version(request) if form.is_bound and now is None else client.version
    context = {"client": client, "form": form, "version": version, "changed": now}
    return render(request, "desk/client/contact_details.html", context)


@roles(*CASEWORK)
@require_POST
def client_kela_detail(request: MunicipalRequest, pk: int) -> HttpResponse:
    """Kela knows something newer: take it into use, or keep what was entered here."""
    client = access(Client, request, pk)
    kind = request.POST.get("kind", "")
    if kind not in DetailKind.values:
        raise BadRequest
    if "take" in request.POST:
        take_kela_detail(request.user, client, kind)
        messages.success(request, _("Kela's information is now in use."))
    else:
        keep_own_detail(request.user, client, kind)
        messages.success(request, _("The present information stays in use."))
    return redirect("client", code=request.municipality.code, pk=pk)
