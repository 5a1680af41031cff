"""What a reader of the municipality's pages asks for, and may open."""

from datetime import date
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.figures import Figure
from core.periods import Period, PeriodError, choices
from municipalities.models.membership import CASEWORK, Role
from municipalities.requests import MunicipalRequest
from reports.figures.question import Question
from reports.figures.registry import SUPPRESSED, compared

READERS: Final = sorted(CASEWORK | {Role.COORDINATOR})
OLDEST: Final = date(2018, 1, 1)
TABS: Final = {
    "dashboard": _("Situation and notices"),
    "dashboard_pace": _("Pace"),
    "dashboard_reach": _("Reach and attendance"),
    "dashboard_deadlines": _("Deadlines"),
    "dashboard_goals": _("Goals"),
}


def asked_period(request: MunicipalRequest) -> tuple[Period, str]:
    """The period of the address, this month without one; and what to say when the address holds none we know."""
    text = request.GET.get("jakso", "")
    try:
        return (Period.parse_key(text), "") if text else (Period.containing(timezone.localdate()), "")
    except PeriodError as error:
        return Period.containing(timezone.localdate()), str(error)


def may_open(request: MunicipalRequest, name: str) -> bool:
    """Rows of figures by clients' traits open for the supervisor, who sees all units; the others for every reader."""
    return name not in SUPPRESSED or request.access.all_units


def question_of(request: MunicipalRequest, period: Period) -> Question:
    def link(name: str, key: str) -> str | None:
        if not may_open(request, name):
            return None
        path = reverse("figure_rows", kwargs={"code": request.municipality.code, "name": name, "key": key})
        return f"{path}?jakso={period.key}"

    return Question(request.municipality, period, restricted=False, link=link)


class Asked:
    """A request for one of the tabs: its question, and what every tab shows."""

    def __init__(self, request: MunicipalRequest, tab: str) -> None:
        self.request = request
        self.tab = tab
        self.period, self.error = asked_period(request)
        self.question = question_of(request, self.period)

    def figure(self, name: str) -> Figure:
        return compared(name, self.question, opens_rows=may_open(self.request, name))

    def context(self, **own: Any) -> dict[str, Any]:
        code = self.request.municipality.code
        today = timezone.localdate()
        return {
            "period": self.period,
            "period_error": self.error,
            "offered": choices(min(OLDEST, self.period.first), max(today, self.period.last)),
            "now": timezone.localtime(),
            "running": self.period.first <= today <= self.period.last,
            "figure_tabs": [
                {
                    "label": label,
                    "url": f"{reverse(name, kwargs={'code': code})}?jakso={self.period.key}",
                    "current": name == self.tab,
                }
                for name, label in TABS.items()
            ],
            **own,
        }
