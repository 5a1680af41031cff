"""Tänään: the page after signing in."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cases.access.reads import record
from cases.models import Matter
from cases.models.access_log import Looked
from core.saving import offered_draft
from desk.appointments.shown import time_of
from desk.matter.addresses import asked_matter, contact_from_today, queue_link
from desk.matter.deeds import deed, new_form
from desk.matter.forms import MatterForm
from desk.matter.words import state_words, what
from desk.partners.shown import handed
from desk.queue.filter import EVERYTHING, FREE, LATE, MINE, TODAY
from desk.today import read
from desk.today.agenda import agenda
from desk.today.mine import read_mine
from desk.today.silent import silent_clients
from desk.today.unfinished import SHOWN, unfinished
from municipalities.models import LocalSettings
from municipalities.models.membership import CASEWORK, WORKERS
from municipalities.requests import MunicipalRequest, roles


@roles(*CASEWORK)
@require_safe
def today(request: MunicipalRequest) -> HttpResponse:
    return today_page(request, logging=asked_matter(request, "kirjaa"))


def today_page(
    request: MunicipalRequest, *, logging: Matter | None = None, form: MatterForm | None = None
) -> HttpResponse:
    """The page; with `logging`, the form of a contact stands open under that matter."""
    chosen, mine = LocalSettings.objects.as_read(request.municipality), read_mine(request)
    lists = read.matters(request, mine.drafts)
    days, free = agenda(lists["due"]), agenda(lists["free"])
    given, waiting, changed, ran_out = (lists[name] for name in ("given", "waiting", "changed", "ran_out"))
    silent, silent_count = silent_clients(request, chosen.silent_days)
    drafted = unfinished(request, mine.drafts, lists["drafted"])
    beside = read.Beside(request, lists["ended"], chosen.partner_silent_days)
    times_ahead, times_passed = ([time_of(row) for row in beside.times[name]] for name in ("ahead", "passed"))
    quiet, left = handed(request.user, beside.handovers["silent"], chosen.partner_silent_days), beside.left
    found = numbers(request)
    context: dict[str, Any] = {
        "today": timezone.localdate(),
        "numbers": found,
        "days": days,
        "free": free,
        "given": [(matter, what(matter)) for matter in given],
        "changed": [(matter, what(matter)) for matter in changed],
        "waiting": [(matter, what(matter), state_words(matter)) for matter in waiting],
        "ran_out": [(matter, what(matter)) for matter in ran_out],
        "silent_partners": quiet,
        "silent": silent,
        "silent_count": silent_count,
        "silent_days": chosen.silent_days,
        "unfinished": drafted[:SHOWN],
        "more_unfinished": drafted[SHOWN:],
        "unfinished_count": len(drafted) + len(mine.written),
        "draft_days": settings.DRAFT_DAYS,
        "written": mine.written,
        "to_do": mine.to_do,
        "asked": [one for one in mine.asked if not one.answer],
        "answers": [one for one in mine.asked if one.answer],
        "left": left,
        "times_ahead": times_ahead,
        "times_passed": times_passed,
        "transfers_waiting": found["everybody"]["coming"],
        "worker": bool(request.access.roles & WORKERS),
        "logging": None,
        "logging_in_list": False,
    }
    if logging is not None:
        context |= log_context(request, logging, form)
        context["logging_in_list"] = any(i.matter.pk == logging.pk for day in [*days, *free] for i in day.items)
    shown = [i.matter.client_id for day in [*days, *free] for i in day.items]
    shown += [m.client_id for m in [*given, *waiting, *changed, *ran_out]] + [s.client_id for s in silent]
    shown += [one.handover.client_id for one in quiet]
    shown += [matter.client_id for matter, _things in left]
    shown += [time.row.client_id for time in [*times_ahead, *times_passed]]
    shown += mine.client_ids
    record(request, Looked.LISTED, [*shown, *(row.client_id for row in drafted if row.client_id)])
    if logging is not None:
        record(request, Looked.OPENED, [logging.client_id])
    return render(request, "desk/today/today.html", context, status=422 if form is not None else 200)


def log_context(request: MunicipalRequest, matter: Matter, form: MatterForm | None) -> dict[str, Any]:
    draft = deed("contact").drafts.draft(request, matter.pk)
    return {
        "logging": matter,
        "form": form or new_form(request, matter, "contact"),
        "fields": deed("contact").template,
        "leaves": [],
        "draft": offered_draft(request, draft, sent=form is not None),
        "draft_object": draft.object,
        "form_title": _("Record a contact: %(name)s") % {"name": matter.client.name},
        "form_save": _("Save the contact"),
        "form_url": contact_from_today(request, matter.pk),
        "close_url": reverse("today", kwargs={"code": request.municipality.code}),
        "page_address": reverse("today", kwargs={"code": request.municipality.code}) + f"?kirjaa={matter.pk}",
    }


def numbers(request: MunicipalRequest) -> dict[str, Any]:
    """For the opening sentence: own matters, and for a supervisor those of everybody."""
    counted = read.numbers(request)
    return {
        "mine": counted["mine"],
        "everybody": counted["everybody"],
        "restricted": counted["hidden"]["due"] if "hidden" in counted else 0,
        "mine_url": queue_link(request, nakyma=MINE),
        "mine_late_url": queue_link(request, nakyma=MINE, aika=LATE),
        "mine_today_url": queue_link(request, nakyma=MINE, aika=TODAY),
        "free_url": queue_link(request, nakyma=FREE),
        "late_url": queue_link(request, nakyma=EVERYTHING, aika=LATE),
        "today_url": queue_link(request, nakyma=EVERYTHING, aika=TODAY),
    }
