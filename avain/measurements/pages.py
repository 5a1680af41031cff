"""A measurement: recording, reading and printing, correcting."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from avain.addresses import MEASUREMENTS
from avain.measurements.earlier import earlier_versions
from avain.measurements.forms import CorrectionForm, codes
from avain.measurements.reads import corrections, latest_measurement
from avain.measurements.sheet import Sheet, goals_as_values, sheet_sent, sheet_with_more, values_of
from avain.measurements.verbs import correct_measurement, record_measurement
from avain.models import Measurement
from avain.models.measurement import MeasurementKind
from cases.access.reads import access, record
from cases.models import Client
from cases.models.access_log import Looked
from core import drafts
from core.saving import DraftOf, offered_draft, posted_version, save
from municipalities.draft_forms import DraftForm, register
from municipalities.models.membership import CASEWORK
from municipalities.requests import MunicipalRequest, roles

NEW = register(
    DraftForm(
        "measurement",
        "client",
        gettext_lazy("AVAIN measurement"),
        partial(access, Client),
        lambda code, pk: reverse("measurement_new", kwargs={"code": code, "pk": pk}),
    )
)


@roles(*CASEWORK)
def measurement_new(request: MunicipalRequest, pk: int) -> HttpResponse:
    client = access(Client, request, pk)
    earlier = latest_measurement(client)
    if request.method != "POST":
        sheet = first_sheet(earlier, take_goals="goals" in request.GET)
        return new_page(request, client, sheet, earlier)
    if "more" in request.POST:
        return new_page(request, client, sheet_with_more(request.POST), earlier)
    sheet = sheet_sent(request.POST)
    if not sheet.is_valid():
        return new_page(request, client, sheet, earlier)
    draft = NEW.draft(request, pk)
    outcome = save(request, sheet.form, lambda: record_measurement(request.user, client, sheet.entry()), draft=draft)
    if not outcome.done:
        return new_page(request, client, sheet, earlier)
    if outcome.value is None:
        return redirect(MEASUREMENTS.url(request.municipality.code, pk))
    messages.success(request, _("The measurement was saved."))
    return redirect("measurement", code=request.municipality.code, pk=pk, measurement=outcome.value.pk)


def first_sheet(earlier: Measurement | None, *, take_goals: bool) -> Sheet:
    """Today's date, and if asked the goals of the latest measurement with the codes that are still in force."""
    today = timezone.localdate()
    values: dict[str, Any] = {
        "day": today,
        "kind": (MeasurementKind.INTERIM if earlier else MeasurementKind.INITIAL).value,
    }
    if earlier and take_goals:
        in_force = {code.pk for name in ("goals", "factors", "methods") for code in codes(name, today)}
        values |= goals_as_values(earlier, in_force)
        values["methods"] = [str(row.code_id) for row in earlier.methods.all() if row.code_id in in_force]
    return Sheet(today, values)


def new_page(request: MunicipalRequest, client: Client, sheet: Sheet, earlier: Measurement | None) -> HttpResponse:
    record(request, Looked.OPENED, [client.pk])
    draft = NEW.draft(request, client.pk)
    context = {
        "client": client,
        "sheet": sheet,
        "earlier": None if "goals" in request.GET or request.method == "POST" else earlier,
        "draft_object": draft.object,
        "draft": offered(request, draft),
    }
    return render(request, "avain/measurement_new.html", context)


def offered(request: MunicipalRequest, draft: DraftOf) -> drafts.SavedDraft | None:
    return offered_draft(request, draft, sent=request.method == "POST")


@roles(*CASEWORK)
@require_safe
def measurement(request: MunicipalRequest, pk: int, measurement: int) -> HttpResponse:
    client = access(Client, request, pk)
    row = access(Measurement, request, measurement, client=client)
    record(request, Looked.OPENED, [pk])
    corrected = corrections(row)
    context = {
        "client": client,
        "measurement": row,
        "corrections": corrected,
        "earlier": earlier_versions(row) if corrected else [],
        "may_correct": may_correct(request, row),
        "all_url": MEASUREMENTS.url(request.municipality.code, pk),
    }
    return render(request, "avain/measurement.html", context)


@roles(*CASEWORK)
def measurement_edit(request: MunicipalRequest, pk: int, measurement: int) -> HttpResponse:
    """Correct a measurement: its author or the supervisor, with the reason; the old one is kept."""
    client, row = correctable(request, pk, measurement)
    if request.method != "POST":
        return edit_page(request, client, row, Sheet(row.day, values_of(row)), CorrectionForm())
    if "more" in request.POST:
        return edit_page(
            request, client, row, sheet_with_more(request.POST), CorrectionForm(initial=request.POST.dict())
        )
    sheet, correction = sheet_sent(request.POST), CorrectionForm(request.POST)
    if not all([sheet.is_valid(), correction.is_valid()]):
        return edit_page(request, client, row, sheet, correction)
    version, why = posted_version(request), correction.cleaned_data["why"]
    outcome = save(
        request,
        correction,
        lambda: correct_measurement(request.user, row, version, sheet.entry(), why),
        draft=CORRECTED.draft(request, pk, row.pk),
    )
    if outcome.changed_meanwhile:
        now = access(Measurement, request, row.pk, client=client)
        return edit_page(request, client, now, sheet, correction, conflict=True)
    if not outcome.done:
        return edit_page(request, client, row, sheet, correction)
    messages.success(request, _("The correction was saved."))
    return redirect("measurement", code=request.municipality.code, pk=pk, measurement=row.pk)


def correctable(request: MunicipalRequest, pk: int, measurement: int) -> tuple[Client, Measurement]:
    client = access(Client, request, pk)
    row = access(Measurement, request, measurement, client=client)
    if not may_correct(request, row):
        raise PermissionDenied
    return client, row


CORRECTED = register(
    DraftForm(
        "measurement",
        "client:measurement",
        gettext_lazy("AVAIN measurement"),
        correctable,
        lambda code, pk, measurement: reverse(
            "measurement_edit", kwargs={"code": code, "pk": pk, "measurement": measurement}
        ),
    )
)


def edit_page(
    request: MunicipalRequest,
    client: Client,
    row: Measurement,
    sheet: Sheet,
    correction: CorrectionForm,
    *,
    conflict: bool = False,
) -> HttpResponse:
    """After a conflict the page shows what is recorded now, and the next save is made on top of it."""
    record(request, Looked.OPENED, [client.pk])
    draft = CORRECTED.draft(request, client.pk, row.pk)
    context = {
        "client": client,
        "measurement": row,
        "sheet": sheet,
        "correction": correction,
        "conflict": conflict,
        "version": posted_version(request) if request.method == "POST" and not conflict else row.version,
        "draft_object": draft.object,
        "draft": offered(request, draft),
    }
    return render(request, "avain/measurement_edit.html", context)


def may_correct(request: MunicipalRequest, row: Measurement) -> bool:
    return row.by_id == request.user.pk or request.access.all_units
