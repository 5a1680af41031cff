"""The plan for the week: when what is due, an even pace, and for supervisors the sharing out of what has nobody."""

import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from accounts.models import User
from cases.matters.life import assign
from cases.matters.several import for_each
from cases.models import Matter
from cases.relations.verbs import caseworkers
from core.saving import first_press
from desk.matter.addresses import queue_link
from desk.matter.lists import own_matters
from desk.matter.several import tell
from desk.queue.filter import EVERYTHING, FREE, LATE, MINE, TODAY
from desk.week.plan import WeekPlan, load_of, share_out, week_plan
from municipalities.models.membership import CASEWORK
from municipalities.requests import MunicipalRequest, roles

MOST = 200
"""Shared out at once."""


class ShareForm(forms.Form):
    people = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Among whom?"),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one person.")},
    )
    how_many = forms.IntegerField(
        label=gettext_lazy("How many?"),
        help_text=gettext_lazy("Those whose deadlines come first, at most 200 at once."),
        min_value=1,
        max_value=MOST,
    )

    def __init__(self, data: Any, request: MunicipalRequest, free: int) -> None:
        super().__init__(data, initial={"how_many": min(free, MOST)})
        self.fields["people"].queryset = caseworkers(request.municipality).order_by("name")  # type: ignore[attr-defined]


@roles(*CASEWORK)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_of_week(request: MunicipalRequest) -> HttpResponse:
    """Counts only, no client: nothing for the access log. A supervisor's POST shares out, after a confirmation."""
    desks = Matter.objects.on_desks_of(request.user, request.municipality)
    everybody = week_plan(desks, timezone.localdate())
    form = None
    if request.access.all_units:
        form = ShareForm(request.POST if request.method == "POST" else None, request, everybody.free)
        if request.method == "POST" and form.is_valid():
            return shared(request, desks, everybody, form)
    context: dict[str, Any] = {
        "plans": plans(request, everybody),
        "form": form if everybody.free else None,
        "loads": loads(request, desks, everybody) if form else [],
        "everybody": everybody,
    }
    return render(request, "desk/week/plan.html", context, status=422 if form and form.is_bound else 200)


def plans(request: MunicipalRequest, everybody: WeekPlan) -> list[dict[str, Any]]:
    """Own matters for whoever does casework with them, and those of all desks of this person."""
    today = timezone.localdate()

    def day_of(day: datetime.date) -> str:
        return TODAY if day == today else day.isoformat()

    mine = week_plan(own_matters(request), today)
    shown = [(_("Mine"), mine, MINE), (_("All"), everybody, EVERYTHING)]
    return [
        {
            "id": view,
            "title": title,
            "plan": plan,
            "late_url": queue_link(request, nakyma=view, aika=LATE),
            "days": [
                {
                    "day": day,
                    "url": queue_link(request, nakyma=view, aika=day_of(day.day)),
                    "free_url": queue_link(request, nakyma=FREE, aika=day_of(day.day)),
                }
                for day in plan.days
            ],
            "late_free_url": queue_link(request, nakyma=FREE, aika=LATE),
            "heaviest": max(day.pace for day in plan.days),
        }
        for title, plan, view in shown
        if plan.total or view == EVERYTHING
    ]


def loads(request: MunicipalRequest, desks: QuerySet[Matter], plan: WeekPlan) -> list[dict[str, Any]]:
    """How many of the matters of these days each person has, in the order of names."""
    found = load_of(desks, plan.last)
    return [
        {
            "name": person.name,
            "n": found.get(person.pk, 0),
            "url": queue_link(request, nakyma=EVERYTHING, tekija=str(person.pk), aika=f"-{plan.last.isoformat()}"),
        }
        for person in caseworkers(request.municipality).order_by("name")
    ]


def shared(request: MunicipalRequest, desks: QuerySet[Matter], plan: WeekPlan, form: ShareForm) -> HttpResponse:
    """First what would come of it, then, confirmed, the doing."""
    people = list(form.cleaned_data["people"])
    # whom a restricted client is named to is the supervisor's own decision, one by one
    free = desks.filter(closed_at=None, assignee=None, held_since=None, client__restricted=False)
    first = free.filter(next_on__lte=plan.last).order_by("next_on", "pk")
    chosen = list(first.select_related("client", "municipality")[: form.cleaned_data["how_many"]])
    pairs = share_out(chosen, people, load_of(desks, plan.last))
    if "vahvista" not in request.POST:
        shares = [(person.name, sum(to.pk == person.pk for _matter, to in pairs)) for person in people]
        context = {"shares": shares, "form": form, "n": len(pairs)}
        return render(request, "desk/week/share.html", context)
    if first_press(request):
        to_of = {matter.pk: to for matter, to in pairs}
        found = for_each(chosen, lambda matter: assign(request.user, matter, to_of[matter.pk]))
        tell(request, found, lambda n: ngettext("%(n)s matter was shared out.", "%(n)s matters were shared out.", n))
        if not chosen:
            messages.info(request, _("Nothing was left to share out."))
    return redirect("week_plan", code=request.municipality.code)
