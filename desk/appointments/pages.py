"""Tapaamiset: offering a time to a client, and marking what became of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.access.reads import access, record
from cases.acts.verbs import record_act
from cases.appointments import verbs as service
from cases.matters import rules
from cases.models import Appointment, Client
from cases.models.access_log import Looked
from cases.models.appointment import AppointmentState
from cases.models.contact import Channel
from core.saving import ChangedMeanwhile, attempt, posted_version, save, tell
from desk.acts.forms import kind_of
from desk.appointments.forms import MOVED_BY_CLIENT, MOVES, AppointmentForm, ClientOfferForm
from desk.appointments.shown import time_of
from desk.matter.addresses import HEADING, queue_link
from desk.matter.lists import matters_of
from desk.matter.words import returns_words
from municipalities.models.membership import CASEWORK
from municipalities.requests import MunicipalRequest, roles

FIELDS = {"at": "time", "state": "what"}
"""Where a form has another name for what a verb refuses."""
QUICK = (AppointmentState.MET, AppointmentState.MISSED, AppointmentState.CANCELLED_BY_CLIENT)


@roles(*CASEWORK)
def appointment_new(request: MunicipalRequest, pk: int) -> HttpResponse:
    """A time for a client: about one of the open matters, or about none."""
    client = access(Client, request, pk)
    matters = list(matters_of(request, client).filter(closed_at=None))
    form = ClientOfferForm(request.POST or None, matters=matters, municipality=request.municipality, user=request.user)
    if (
        request.method == "POST"
        and form.is_valid()
        and save(request, form, lambda: offer(request, client, form), fields=FIELDS).done
    ):
        messages.success(request, _("The time was offered."))
        return redirect("client", code=request.municipality.code, pk=pk)
    record(request, Looked.OPENED, [pk])
    return render(request, "desk/appointments/new.html", {"client": client, "form": form})


def offer(request: MunicipalRequest, client: Client, form: ClientOfferForm) -> None:
    values = form.cleaned_data
    names = ("at", "worker", "place", "note")
    service.offer(request.user, client, matter=values.get("about"), **{name: values[name] for name in names})


@roles(*CASEWORK)
def appointment(request: MunicipalRequest, pk: int) -> HttpResponse:
    """What became of the time; of a settled one, a wrong mark put right."""
    row = access(Appointment, request, pk)
    form = AppointmentForm(request.POST or None, appointment=row, user=request.user)
    if request.method == "POST" and form.is_valid():
        outcome = save(request, form, lambda: settle(request, row, form.cleaned_data), fields=FIELDS)
        if outcome.done:
            messages.success(request, saved_words(row))
            return back(request, row)
        row = access(Appointment, request, pk)
        if isinstance(outcome.refusal, ChangedMeanwhile):
            tell(form, outcome.refusal)
            form.renew_version(row.version)
    record(request, Looked.OPENED, [row.client_id])
    context = {
        "client": row.client,
        "time": time_of(row),
        "form": form,
        "not_mine": rules.settles(request.user, row),
        "back_url": back_url(request, row),
    }
    return render(request, "desk/appointments/appointment.html", context, status=422 if form.errors else 200)


@roles(*CASEWORK)
@require_POST
def appointment_mark(request: MunicipalRequest, pk: int) -> HttpResponse:
    """One press: came, did not come, cancelled. Put right on the page of the appointment."""
    row = access(Appointment, request, pk)
    state = request.POST.get("state", "")
    if state not in QUICK:
        messages.error(request, _("Choose what happened."))
    elif refusal := attempt(lambda: service.mark(request.user, row, state, version=posted_version(request))).refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, saved_words(row))
    return back(request, row)


def saved_words(row: Appointment) -> str:
    saved = _("What became of the time was saved.")
    return " ".join(filter(None, [saved, returns_words(row.matter) if row.matter else ""]))


def settle(request: MunicipalRequest, row: Appointment, values: dict[str, Any]) -> None:
    what, version = values["what"], values["version"]
    if row.state != AppointmentState.OFFERED:
        service.correct(request.user, row, what, version=version)
    elif what in MOVES:
        names = ("at", "worker", "place")
        by_client = what == MOVED_BY_CLIENT
        service.move(request.user, row, by_client=by_client, version=version, **{name: values[name] for name in names})
    else:
        texts = {name: values[name] for name in ("text", "client_words")}
        service.mark(request.user, row, what, version=version, **texts)
        if row.matter is not None and (kind := kind_of(values)):
            day = timezone.localdate(row.at)
            record_act(request.user, row.matter, kind, day, how=Channel.MEETING, return_on=values.get("return_on"))


def back(request: MunicipalRequest, row: Appointment) -> HttpResponse:
    return redirect(back_url(request, row))


def back_url(request: MunicipalRequest, row: Appointment) -> str:
    """The page one came from: Tänään, the matter, or the client."""
    came = request.POST.get("sivulta") or request.GET.get("sivulta", "")
    if came == "tanaan":
        return reverse("today", kwargs={"code": request.municipality.code})
    if came == "asia" and row.matter_id:
        return queue_link(request, avoin=str(row.matter_id)) + HEADING
    return reverse("client", kwargs={"code": request.municipality.code, "pk": row.client_id})
