"""A matter by hand: a call, a visit, a paper, a colleague, own initiative."""

import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from cases.access.reads import access, record
from cases.matters.life import open_matter, take
from cases.models import AccessLog, Client, Matter, MatterKind
from cases.models.access_log import Looked
from cases.models.matter import MatterSource
from cases.models.owned import unrestricted
from cases.models.self_made_right import SelfMadeKind
from cases.oversight.verbs import record_self_made
from core.day_field import DayField
from core.day_limits import PAST
from core.saving import offered_draft, save
from desk.client.relation_forms import SelfMadeReason
from desk.matter.addresses import queue_link
from desk.matter.forms import day_input, set_choices, textarea
from municipalities.draft_forms import DraftForm, register
from municipalities.models.membership import CASEWORK
from municipalities.requests import MunicipalRequest, roles

FOUND_BY_CODE = ("client_search", "client_new")
FOUND_RECENTLY = datetime.timedelta(hours=1)
SENT_HERE = (MatterSource.KELA, MatterSource.TRANSFER)
"""What comes by itself: a matter that was opened by hand never came so."""


class NewMatterForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("Type"))
    source = forms.ChoiceField(label=gettext_lazy("How did it come?"), widget=forms.RadioSelect)
    arrived = DayField(label=gettext_lazy("Day of arrival"), widget=day_input(), span=PAST)
    urgent = forms.BooleanField(label=gettext_lazy("Urgent"), required=False)
    summary = forms.CharField(
        label=gettext_lazy("What it is about, in a few words"),
        help_text=gettext_lazy("Shown in the queue."),
        max_length=200,
        required=False,
    )
    description = forms.CharField(
        label=gettext_lazy("Description"), max_length=10_000, required=False, widget=textarea(4)
    )
    wants_discussion = forms.BooleanField(label=gettext_lazy("The client wishes for a discussion"), required=False)
    requested_on = DayField(
        label=gettext_lazy("Day of the request"),
        help_text=gettext_lazy("If it is another day than that of arrival."),
        required=False,
        widget=day_input(),
        span=PAST,
    )
    take = forms.BooleanField(label=gettext_lazy("I take the matter"), required=False, initial=True)

    def __init__(self, data: Any = None, *, asks_reason: bool = False) -> None:
        super().__init__(data, initial={"arrived": timezone.localdate(), "kind": MatterKind.CONTACT})
        if asks_reason:
            self.fields = {"reason": SelfMadeReason(required=True), **self.fields}
        set_choices(self, "kind", list(MatterKind.choices))
        by_hand: list[tuple[str, Any]] = [(value, value.label) for value in MatterSource if value not in SENT_HERE]
        set_choices(self, "source", by_hand)


@roles(*CASEWORK)
@require_http_methods(["GET", "HEAD", "POST"])
def matter_new(request: MunicipalRequest, pk: int) -> HttpResponse:
    client, known = client_for_matter(request, pk)
    form = NewMatterForm(request.POST if request.method == "POST" else None, asks_reason=not known)
    draft = DRAFTS.draft(request, pk)
    if request.method == "POST" and form.is_valid():
        outcome = save(request, form, lambda: open_by_form(request, client, form), draft=draft)
        if outcome.done:
            messages.success(request, _("The matter was opened."))
            # the second press of a double click does not know which
            where = {"avoin": str(outcome.value.pk)} if outcome.value else {"nakyma": "omat"}
            return redirect(queue_link(request, **where))
    context = {"form": form, "client": client, "known": known, "draft_object": draft.object}
    context["draft"] = offered_draft(request, draft, sent=form.is_bound)
    record(request, Looked.OPENED, [client.pk] if known else [])
    return render(request, "desk/client/new_matter.html", context, status=422 if form.is_bound else 200)


def open_by_form(request: MunicipalRequest, client: Client, form: NewMatterForm) -> Matter:
    values = {name: value for name, value in form.cleaned_data.items() if name not in ("take", "reason")}
    if "reason" in form.fields:
        record_self_made(request.user, SelfMadeKind.MATTER, client, form.cleaned_data["reason"])
    matter = open_matter(request.user, request.municipality, client, **values)
    if form.cleaned_data["take"]:
        take(request.user, matter)
    record(request, Looked.OPENED, [client.pk], "matter_opened")
    return matter


def client_for_matter(request: MunicipalRequest, pk: int) -> tuple[Client, bool]:
    """The client, and whether the person may see who it is.

    Somebody without a relation may open a matter only for a client whose henkilötunnus they have just given, which
    the access log knows; the matter then makes the relation (`domain.md`, Access).
    """
    try:
        return access(Client, request, pk), True
    except Http404:
        mine = Client.objects.filter(unrestricted(request.access, ""), municipality=request.municipality)
        hidden = mine.filter(pk=pk).first() if gave_the_code(request, pk) else None
        if hidden is None:
            raise
        return hidden, False


def gave_the_code(request: MunicipalRequest, pk: int) -> bool:
    """The refusal that the whole code led to. To have seen the client in a list, with a relation then, is not that."""
    return AccessLog.objects.filter(
        municipality=request.municipality,
        user=request.user,
        at__gte=timezone.now() - FOUND_RECENTLY,
        action=Looked.REFUSED,
        page__in=FOUND_BY_CODE,
        client_ids__contains=[pk],
    ).exists()


DRAFTS = register(
    DraftForm(
        "matter",
        "client",
        gettext_lazy("New matter"),
        client_for_matter,
        lambda code, pk: reverse("matter_new", kwargs={"code": code, "pk": pk}),
    )
)
