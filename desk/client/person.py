"""Making and editing a client."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.access.reads import access, record
from cases.clients.contact_details import set_contact_detail
from cases.clients.registering import (
    ExistingClientError,
    RestrictedClientError,
    edit_client,
    namesakes,
    register_client,
)
from cases.clients.search import as_identity_code
from cases.models import Client
from cases.models.access_log import Looked
from core.saving import drop_draft, first_press, offered_draft, posted_version, save
from desk.client.person_forms import NewPersonForm, PersonForm
from municipalities.draft_forms import DraftForm, register
from municipalities.models.membership import CASEWORK
from municipalities.requests import MunicipalRequest, roles

NEW = register(
    DraftForm(
        "person",
        "",
        gettext_lazy("New client"),
        lambda request: None,  # whoever does casework
        lambda code: reverse("client_new", kwargs={"code": code}),
    )
)
EDITED = register(
    DraftForm(
        "person",
        "client",
        gettext_lazy("Personal details"),
        partial(access, Client),
        lambda code, pk: reverse("client_edit", kwargs={"code": code, "pk": pk}),
    )
)
PERSON = ("family_name", "given_names", "language", "identity_code", "birth_date")


@roles(*CASEWORK)
def client_new(request: MunicipalRequest) -> HttpResponse:
    """A new client by hand. What was typed into the search comes as `q` in a POST: never in the address."""
    if request.method != "POST":
        return _new_page(request, NewPersonForm())
    if "q" in request.POST:
        return _new_page(request, NewPersonForm(initial=_typed(request.POST["q"])))
    form = NewPersonForm(request.POST)
    if not form.is_valid():
        return _new_page(request, form)
    if not first_press(request):
        return _made_already(request, form.cleaned_data)
    if not form.cleaned_data["identity_code"] and "another_person" not in request.POST:
        data = form.cleaned_data
        same = list(
            namesakes(request.user, request.municipality, data["birth_date"], data["family_name"], data["given_names"])[
                :5
            ]
        )
        if same:
            record(request, Looked.LISTED, [client.pk for client in same])
            return _new_page(request, form, same=same)
    return _register(request, form)


def _register(request: MunicipalRequest, form: NewPersonForm) -> HttpResponse:
    data = form.cleaned_data
    try:
        with transaction.atomic():
            person = {name: data[name] for name in PERSON}
            client = register_client(request.user, request.municipality, **person)
            for kind, detail in form.details().items():
                set_contact_detail(request.user, client, kind, **detail)
    except RestrictedClientError as error:
        record(request, Looked.REFUSED, [error.client_id])
        form.add_error(None, str(error))
        return _new_page(request, form)
    except ExistingClientError as error:
        return _led_to(request, form, error)
    drop_draft(request, NEW.draft(request))
    record(request, Looked.OPENED, [client.pk])
    messages.success(request, _("The client was saved."))
    return redirect("client", code=request.municipality.code, pk=client.pk)


def _led_to(request: MunicipalRequest, form: NewPersonForm, error: ExistingClientError) -> HttpResponse:
    """Somebody here has the code: to the page when one may open it, else only a new matter can be opened."""
    if not error.visible:
        record(request, Looked.REFUSED, [error.client.pk])
        return _new_page(request, form, existing=error.client)
    messages.info(request, _("This person is already a client here. Nothing was saved."))
    return redirect("client", code=request.municipality.code, pk=error.client.pk)


def _made_already(request: MunicipalRequest, data: dict[str, Any]) -> HttpResponse:
    """The second press of a double click: to the client that the first one made."""
    made = Client.objects.visible_to(request.user, request.municipality).filter(
        created_by=request.user, family_name=data["family_name"], given_names=data["given_names"]
    )
    client = made.order_by("-created_at", "-pk").first()
    if client is None:
        return redirect("client_search", code=request.municipality.code)
    return redirect("client", code=request.municipality.code, pk=client.pk)


def _typed(text: str) -> dict[str, str]:
    code = as_identity_code(text)
    if code:
        return {"identity_code": code.text}
    given, _blank, family = text.strip().rpartition(" ")
    return {"family_name": family[:200], "given_names": given[:200]}


def _new_page(request: MunicipalRequest, form: NewPersonForm, **more: Any) -> HttpResponse:
    draft = None if form.initial else offered_draft(request, NEW.draft(request), sent=form.is_bound)
    context = {"form": form, "draft": draft, "same": [], "existing": None, **more}
    return render(request, "desk/client/person_new.html", context)


@roles(*CASEWORK)
def client_edit(request: MunicipalRequest, pk: int) -> HttpResponse:
    """Names, language, and a henkilötunnus or birth date that was not known before."""
    client = access(Client, request, pk)
    if request.method != "POST":
        return _edit_page(request, client, PersonForm(client=client, initial=_person(client)))
    form = PersonForm(request.POST, client=client)
    if not form.is_valid():
        return _edit_page(request, client, form)
    outcome = save(
        request,
        form,
        lambda: edit_client(request.user, client, posted_version(request), **form.cleaned_data),
        draft=EDITED.draft(request, pk),
    )
    if outcome.changed_meanwhile:
        client.refresh_from_db()
        form = PersonForm(request.POST, client=client)
        return _edit_page(request, client, form, changed=_differences(form, client))
    if isinstance(outcome.refusal, ExistingClientError):
        record(request, Looked.REFUSED, [outcome.refusal.client.pk])
    if isinstance(outcome.refusal, RestrictedClientError):
        record(request, Looked.REFUSED, [outcome.refusal.client_id])
    if not outcome.done:
        return _edit_page(request, client, form)
    # the second press of a double click has no value
    messages.success(request, _("Nothing was changed.") if outcome.value is False else _("The changes were saved."))
    return redirect("client", code=request.municipality.code, pk=pk)


def _person(client: Client) -> dict[str, Any]:
    return {
        "family_name": client.family_name,
        "given_names": client.given_names,
        "language": client.language,
        "birth_date": client.birth_date,
    }


def _differences(form: PersonForm, client: Client) -> list[tuple[str, Any]]:
    """Label and present value of the fields in which the record now differs from what was typed."""
    form.is_valid()
    return [
        (str(form.fields[name].label), value)
        for name, value in _person(client).items()
        if name in form.fields and form.cleaned_data.get(name) != value
    ]


def _edit_page(
    request: MunicipalRequest, client: Client, form: PersonForm, changed: list[tuple[str, Any]] | None = None
) -> HttpResponse:
    record(request, Looked.OPENED, [client.pk])
    mine = EDITED.draft(request, client.pk)
    context = {
        "client": client,
        "form": form,
        "asks_code": "identity_code" in form.fields,
        "draft": offered_draft(request, mine, sent=form.is_bound),
        "draft_object": mine.object,
        "changed": changed,
        "version": posted_version(request) if form.is_bound and changed is None else client.version,
    }
    return render(request, "desk/client/person_edit.html", context)
