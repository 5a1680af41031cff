"""Kunta → Published numbers: the editions, one of them to read and to download, its preview and its correction."""

import datetime
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Min
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.confirmed import confirmed_again
from core.periods import PeriodError
from core.saving import NotPossible, save
from municipalities.models import Municipality
from municipalities.models.membership import CASEWORK, Role
from municipalities.requests import MunicipalRequest, roles
from municipalities.rows import own_row
from reports.models import DailyFlow, Edition, StaleDay
from reports.publishing import verbs
from reports.publishing.draft import Draft, draft_of
from reports.publishing.files import edition_csv
from reports.publishing.forms import CorrectForm, PublishForm
from reports.publishing.periods import EditionPeriod, Sort, closed_periods, read_key
from reports.publishing.shown import of_draft, of_edition

MAKERS: Final = (Role.COORDINATOR, Role.SUPERVISOR)
READERS: Final = sorted(CASEWORK | {Role.COORDINATOR, Role.RESEARCHER})
PAGE_SIZE: Final = 40


@roles(*READERS)
def editions(request: MunicipalRequest) -> HttpResponse:
    """Newest period first; for those who publish, the closed periods that have no edition yet."""
    found = Edition.objects.of(request.municipality).defer("tables", "definitions", "audit")
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("sivu"))
    context = {
        "page": page,
        "editions": [line_of(edition) for edition in page.object_list],
        "makes": makes(request),
        "offered": offered(request.municipality) if makes(request) else [],
        "period_error": "",
    }
    return render(request, "reports/editions/editions.html", context)


@roles(*READERS)
def edition(request: MunicipalRequest, pk: int) -> HttpResponse:
    found = own_row(Edition.objects.of(request.municipality), request, pk=pk)
    context = line_of(found) | {"tables": of_edition(found), "makes": makes(request)}
    return render(request, "reports/editions/edition.html", context)


@roles(*READERS)
def edition_file(request: MunicipalRequest, pk: int) -> HttpResponse:
    found = own_row(Edition.objects.of(request.municipality), request, pk=pk)
    response = HttpResponse(edition_csv(found), content_type="text/csv; charset=utf-8")
    name = f"{request.municipality.code}-{found.period}-{found.version}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@roles(*MAKERS)
@confirmed_again()
def edition_new(request: MunicipalRequest) -> HttpResponse:
    """The preview of a period that has no edition, and the confirmation that publishes it."""
    try:
        period = read_key(request.GET.get("jakso", ""), request.municipality)
        verbs.refuse_open(period)
    except (PeriodError, NotPossible) as error:
        messages.error(request, str(error))
        return redirect("editions", code=request.municipality.code)
    there = Edition.objects.published(request.municipality, period.key)
    if there is not None:
        return redirect("edition", code=request.municipality.code, pk=there.pk)
    form = PublishForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        result = save(
            request, form, lambda: verbs.publish(request.user, request.municipality, period, form.cleaned_data["seen"])
        )
        if result.done:
            messages.success(request, _("The numbers were published."))
            return redirect("editions", code=request.municipality.code)
        _show_refusal(form, result.changed_meanwhile)
    return _preview(request, form, draft_of(request.municipality, period), reverse_of("editions", request))


@roles(*MAKERS)
@confirmed_again()
def edition_correct(request: MunicipalRequest, pk: int) -> HttpResponse:
    """The same of an edition that was wrong: its correction is a new edition beside it."""
    wrong = own_row(Edition.objects.of(request.municipality), request, pk=pk)
    form = CorrectForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        seen, reason = form.cleaned_data["seen"], form.cleaned_data["reason"]
        result = save(request, form, lambda: verbs.correct(request.user, wrong, reason, seen))
        if result.done:
            messages.success(request, _("The correction was published."))
            return redirect("editions", code=request.municipality.code)
        _show_refusal(form, result.changed_meanwhile)
    draft = draft_of(request.municipality, EditionPeriod(wrong.first, wrong.last), corrects=wrong)
    return _preview(request, form, draft, reverse_of("edition", request, pk=pk))


def _preview(request: MunicipalRequest, form: PublishForm, draft: Draft, back: str) -> HttpResponse:
    traits, work = of_draft(draft)
    refusal = ""
    try:
        if draft.corrects:
            verbs.refuse_corrected(hasattr(draft.corrects, "corrected_by"))
        verbs.refuse_telling(draft.audit)
    except NotPossible as error:
        refusal = str(error)
    # what is confirmed is what this page shows
    form.initial["seen"] = draft.digest
    form.data = {**form.data, "seen": draft.digest} if form.is_bound else form.data
    context = {
        "draft": draft,
        "period": draft.period,
        "traits": traits,
        "work": work,
        "form": form,
        "refusal": refusal,
        "corrects": draft.corrects,
        "back_url": back,
        "now": timezone.localtime(),
    }
    return render(request, "reports/editions/preview.html", context)


def _show_refusal(form: PublishForm, changed: bool) -> None:
    if changed:
        form.add_error(None, _("The numbers have changed since the preview was opened. Look at them once more."))


def line_of(edition: Edition) -> dict[str, Any]:
    """An edition with its period, and the edition that has corrected it, if one has."""
    return {
        "edition": edition,
        "period": EditionPeriod(edition.first, edition.last),
        "corrected_by": getattr(edition, "corrected_by", None),
    }


def makes(request: MunicipalRequest) -> bool:
    return bool(request.access.roles & set(MAKERS))


def offered(municipality: Municipality) -> list[dict[str, Any]]:
    """The closed periods since there are data that have no edition, newest first, by their sort."""
    since = first_day(municipality)
    if since is None:
        return []
    there = set(Edition.objects.filter(municipality=municipality).order_by().values_list("period", flat=True))
    missing = [one for one in closed_periods(municipality, since, timezone.localdate()) if one.key not in there]
    by_sort = [(sort, [one for one in reversed(missing) if one.sort == sort]) for sort in Sort]
    return [{"label": sort.label, "periods": periods} for sort, periods in by_sort if periods]


def first_day(municipality: Municipality) -> datetime.date | None:
    """The first day of which something was counted, or is to be."""
    days = [
        model.objects.filter(municipality=municipality).aggregate(day=Min("day"))["day"]
        for model in (DailyFlow, StaleDay)
    ]
    return min((day for day in days if day), default=None)


def reverse_of(name: str, request: MunicipalRequest, **which: int) -> str:
    return reverse(name, kwargs={"code": request.municipality.code, **which})
