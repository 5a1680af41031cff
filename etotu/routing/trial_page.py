"""A rule tried on a month before it is switched on: counts only, no names of clients.

The admin sees no clients. Where any of the rules asks of their traits only the size of a number is told, and of fewer
than five not even whether there are any: else two rules that differ by one person would tell of that one.
"""

import calendar
import datetime
from typing import Any, Final

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from core.suppression import smallest_cell
from core.time_limits import allow_statements
from etotu.models import RoutingRule
from etotu.routing.pages import rules_of
from etotu.routing.trial import AT_MOST, try_rule
from etotu.routing.words import rules_shown, where
from municipalities.models import Role
from municipalities.requests import MunicipalRequest, roles
from municipalities.rows import own_row

MONTHS = 12
SIZES: Final = (1, 2, 5)
# with many rules a month of the largest municipality is counted in one long statement
SECONDS: Final = 60


class MonthForm(forms.Form):
    kuukausi = forms.ChoiceField(label=_("Month"), required=False)

    def __init__(self, data: Any, today: datetime.date) -> None:
        super().__init__(data)
        self.months = months_until(today)
        choices = [(f"{day:%Y-%m}", date_format(day, "F Y")) for day in self.months]
        self.fields["kuukausi"].choices = choices  # type: ignore[attr-defined]
        self.chosen = next((day for day in self.months if f"{day:%Y-%m}" == data.get("kuukausi")), self.months[1])
        self.initial["kuukausi"] = f"{self.chosen:%Y-%m}"
        self.is_bound = False


@roles(Role.ADMIN)
@require_safe
def routing_rule_try(request: MunicipalRequest, pk: int) -> HttpResponse:
    rule = own_row(rules_of(request), request, pk=pk)
    today = timezone.localdate()
    form = MonthForm(request.GET, today)
    first = form.chosen
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    allow_statements(SECONDS)
    trial = try_rule(rule, first, last)
    coarse = any(asks_traits(one) for one in trial.rules)
    least = smallest_cell()
    context = {
        "shown": rules_shown([rule], today)[0],
        "form": form,
        "month": date_format(first, "F Y"),
        "trial": trial,
        "coarse": coarse,
        "least": least,
        "rows": [
            (where(flow.from_rule), where(flow.to_rule), size_words(flow.n) if coarse else flow.n)
            for flow in trial.flows
            if not coarse or flow.n >= least
        ],
        "at_most": AT_MOST,
        "apart": trial.apart if trial.apart >= least else 0,
    }
    return render(request, "etotu/routing/trial.html", context)


def asks_traits(rule: RoutingRule) -> bool:
    """Whether the rule asks more than what came: its type and urgency are counts of work."""
    asked = (rule.age_from, rule.age_to, rule.area_id, rule.has_own_worker, rule.employment_trial)
    return bool(rule.languages) or any(value is not None for value in asked)


def size_words(n: int) -> str:
    """From the steps 1, 2, 5, 10, 20 … those that `n` lies between: "20–49"."""
    power = 10 ** (len(str(n)) - 1)
    low = max(size for size in SIZES if size * power <= n) * power
    high = low * 5 // 2 if low == 2 * power else low * 2
    return f"{low}–{high - 1}"


def months_until(today: datetime.date) -> list[datetime.date]:
    """The first days of this month and those before it, the latest first."""
    first = today.year * 12 + today.month - 1
    return [datetime.date((first - n) // 12, (first - n) % 12 + 1, 1) for n in range(MONTHS + 1)]
