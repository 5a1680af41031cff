"""What a reader of the municipality's pages asks for, and may open."""

import datetime
from dataclasses import replace
from typing import Any, Final, TypeVar

from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.figures import Figure
from municipalities.models.membership import CASEWORK, Role
from municipalities.requests import MunicipalRequest
from reports.dashboard.addresses import csv_address, rows_address, tab_address
from reports.dashboard.chosen import Chosen, Offered
from reports.dashboard.published import published_address
from reports.figures.definition import FigureDefinition, Listing
from reports.figures.keys import RowKey
from reports.figures.question import Question
from reports.figures.registry import LISTINGS
from reports.figures.since import first_day

K = TypeVar("K", bound=RowKey)

READERS: Final = sorted(CASEWORK | {Role.COORDINATOR})
"""Those who work in the municipality under the duty of secrecy: nobody else sees a live number."""
TABS: Final[dict[str, Promise]] = {
    "dashboard": _("Situation and notices"),
    "dashboard_pace": _("Pace"),
    "dashboard_reach": _("Reach and attendance"),
    "dashboard_deadlines": _("Deadlines"),
    "dashboard_goals": _("Goals"),
}


def may_open(request: MunicipalRequest, listing: Listing[Any]) -> bool:
    """Rows of figures by clients' traits open for the supervisor, who sees all units; the others for every reader."""
    return not listing.by_traits or request.access.all_units


def may_leave(listing: Listing[Any], chosen: Chosen) -> bool:
    """Counts of work may be taken along as they are; those of clients' traits, which the age is, as published only."""
    return not listing.by_traits and chosen.among.age is None


def question_of(request: MunicipalRequest, chosen: Chosen) -> Question:
    def link(name: str, key: RowKey) -> str | None:
        opens = may_open(request, LISTINGS[name])
        return rows_address(request.municipality, name, key, chosen) if opens else None

    return Question(request.municipality, chosen.period, among=chosen.among, link=link)


class Asked:
    """A request for one of the tabs: its question, and what every tab shows."""

    def __init__(self, request: MunicipalRequest, tab: str) -> None:
        self.request = request
        self.tab = tab
        self.chosen = Chosen.of(request)
        self.period = self.chosen.period
        self.since = first_day(request.municipality)
        # where there is nothing yet, no day has data
        self.question = replace(question_of(request, self.chosen), since=self.since or datetime.date.max)
        self._figures: dict[str, Figure[Any]] = {}

    @cached_property
    def has_data(self) -> bool:
        """Whether the period has begun and there was data by its end: else its zeros would be no numbers."""
        return self.since is not None and self.since <= self.period.last and not self.not_begun

    @property
    def not_begun(self) -> bool:
        return self.period.first > timezone.localdate()

    def figure(self, definition: FigureDefinition[K]) -> Figure[K]:
        """Beside that of the period before; worked out once for a page."""
        if definition.name not in self._figures:
            self._figures[definition.name] = definition.compared(self.question)
        return self._figures[definition.name]

    def csv(self, definition: FigureDefinition[Any]) -> str:
        """Nothing where the numbers may leave as published ones only."""
        leaves = may_leave(definition, self.chosen)
        return csv_address(self.request.municipality, definition.name, self.chosen) if leaves else ""

    def context(self, **own: Any) -> dict[str, Any]:
        municipality = self.request.municipality
        offered = Offered(self.chosen, self.since)
        today = timezone.localdate()
        return {
            "asked": self,
            "tab_title": TABS[self.tab],
            "period": self.period,
            "before": self.period.previous(),
            "errors": self.chosen.error_of_each,
            "offered": offered,
            "people": self.chosen.people_words,
            "since": self.since,
            "advice": _advice(self.chosen),
            "partial": self.since is not None and self.period.previous().first < self.since <= self.period.last,
            "now": timezone.localtime(),
            "running": self.period.first <= today <= self.period.last,
            "published_url": published_address(municipality.code),
            "figure_tabs": [
                {"label": label, "url": tab_address(municipality, name, self.chosen), "current": name == self.tab}
                for name, label in TABS.items()
            ],
            **own,
        }


def _advice(chosen: Chosen) -> str:
    """What to do where a section has nothing to show."""
    if not chosen.among:
        return gettext("Choose another period.")
    return gettext("Only this is shown: %(people)s. Choose another period, unit or age.") % {
        "people": chosen.people_words
    }
