"""A contact with a client, recorded on the client's page: about one of the open matters, or about none."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.access.reads import access, record
from cases.contacts.verbs import record_contact
from cases.models import Client, Contact, Matter
from cases.models.access_log import Looked
from cases.models.contact import Channel
from core.saving import Result, offered_draft, save
from desk.life.forms import ContactForm
from desk.matter.fields import OpenMatter
from desk.matter.lists import matters_of
from desk.matter.words import returns_words
from municipalities.draft_forms import DraftForm, register
from municipalities.models.membership import CASEWORK
from municipalities.requests import MunicipalRequest, roles

DRAFTS = register(
    DraftForm(
        "contact",
        "client",
        gettext_lazy("Record a contact"),
        partial(access, Client),
        lambda code, pk: reverse("contact_new", kwargs={"code": code, "pk": pk}),
    )
)


class ClientContactForm(ContactForm):
    """Without the version of a matter: a contact is always added, never written over."""

    version = None  # type: ignore[assignment]
    about = OpenMatter(
        queryset=Matter.objects.none(),
        label=gettext_lazy("About which matter?"),
        empty_label=gettext_lazy("About none of them"),
        required=False,
    )

    def __init__(self, data: Any = None, *, matters: list[Matter], user_id: int) -> None:
        """Begins with one's own matter, else with the most pressing: a contact about none meets no deadline."""
        now = timezone.localtime()
        initial = {"channel": Channel.CALL, "day": now.date(), "time": now.time()}
        if matters:
            first = min(matters, key=lambda m: (m.assignee_id != user_id, m.due is None, m.due or m.arrived))
            initial["about"] = first.pk
        forms.Form.__init__(self, data, initial=initial, auto_id="contact_%s")
        # which act a matter waits for is offered where the matter is open
        del self.fields["act"], self.fields["return_on"]
        about = self.fields["about"]
        about.queryset = Matter.objects.filter(pk__in=[m.pk for m in matters])  # type: ignore[attr-defined]


@roles(*CASEWORK)
def contact_new(request: MunicipalRequest, pk: int) -> HttpResponse:
    client = access(Client, request, pk)
    matters = list(matters_of(request, client).filter(closed_at=None))
    form = ClientContactForm(request.POST or None, matters=matters, user_id=request.user.pk)
    if request.method == "POST" and form.is_valid() and _save(request, client, form).done:
        about = form.cleaned_data["about"]
        words = [_("The contact was saved."), returns_words(about) if about else ""]
        messages.success(request, " ".join(filter(None, words)))
        return redirect("client", code=request.municipality.code, pk=pk)
    record(request, Looked.OPENED, [pk])
    mine = DRAFTS.draft(request, pk)
    draft = offered_draft(request, mine, sent=form.is_bound)
    context = {"client": client, "form": form, "draft": draft, "draft_object": mine.object, "matters": matters}
    return render(request, "desk/client/contact.html", context)


def _save(request: MunicipalRequest, client: Client, form: ClientContactForm) -> Result[Contact]:
    names = ("channel", "outcome", "at", "text", "client_words")
    values = {name: form.cleaned_data[name] for name in names}
    return save(
        request,
        form,
        lambda: record_contact(request.user, client, matter=form.cleaned_data["about"], **values),
        draft=DRAFTS.draft(request, client.pk),
        fields={"at": form.at_field},
    )
