"""What a reader of the municipality's pages asks for, and may open."""

from datetime import date
from typing import Any, Final, TypeVar

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.figures import Figure
from core.periods import Period, PeriodError, choices
from municipalities.models.membership import CASEWORK, Role
from municipalities.requests import MunicipalRequest
from reports.dashboard.addresses import rows_address
from reports.figures.definition import FigureDefinition, Listing
from reports.figures.keys import RowKey
from reports.figures.question import Question
from reports.figures.registry import LISTINGS

K = TypeVar("K", bound=RowKey)

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


def may_open(request: MunicipalRequest, listing: Listing[Any]) -> bool:
    """Rows of figures by clients' traits open for the supervisor, who sees all units; the others for every reader."""
    return not listing.by_traits or request.access.all_units


def question_of(request: MunicipalRequest, period: Period) -> Question:
    def link(name: str, key: RowKey) -> str | None:
        opens = may_open(request, LISTINGS[name])
        return rows_address(request.municipality, name, key, period) if opens else None

    return Question(request.municipality, period, restricted=False, link=link)


class Asked:
    """A request for one of the tabs: its question, and what every tab shows."""

    def __init__(self, request: MunicipalRequest, tab: str) -> None:
        self.request = request
        self.tab = tab
        self.period, self.error = asked_period(request)
        self.question = question_of(request, self.period)
        self._figures: dict[str, Figure[Any]] = {}

    def figure(self, definition: FigureDefinition[K]) -> Figure[K]:
        """Beside that of the period before; worked out once for a page."""
        if definition.name not in self._figures:
            opens = may_open(self.request, definition)
            self._figures[definition.name] = definition.compared(self.question, opens_rows=opens)
        return self._figures[definition.name]

    def context(self, **own: Any) -> dict[str, Any]:
        code = self.request.municipality.code
        today = timezone.localdate()
        return {
            "asked": self,
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
