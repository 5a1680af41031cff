"""The filters of the municipality's pages: period, unit and age, as the address of every page and link has them."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Self
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from core.periods import Period, PeriodError, choices, months
from municipalities.models import Unit
from municipalities.requests import MunicipalRequest
from reports.flows.ages import AgeGroup
from reports.flows.among import EVERYBODY, WITHOUT_UNIT, Among

PERIOD, FIRST, LAST, UNIT, AGE = "jakso", "alku", "loppu", "yksikko", "ika"
NO_UNIT: Final = "ei"


@dataclass(frozen=True, slots=True)
class Chosen:
    """`errors` are by the name of their field; what was wrong chooses nothing, and the period is then this month.

    `months` is what was typed of them, `units` all of the municipality.
    """

    period: Period
    among: Among = EVERYBODY
    errors: Mapping[str, str] = field(default_factory=dict)
    months: tuple[str, str] = ("", "")
    units: tuple[Unit, ...] = ()

    @classmethod
    def of(cls, request: MunicipalRequest) -> Self:
        query, errors = request.GET, dict[str, str]()
        units = tuple(Unit.objects.filter(municipality=request.municipality).order_by("name", "pk"))
        typed = (query.get(FIRST, ""), query.get(LAST, ""))
        period = _of_months(*typed, errors) if any(typed) else _of_key(query.get(PERIOD, ""), errors)
        period = period or Period.containing(timezone.localdate())
        return cls(period, _among(query, units), errors, typed, units)

    @property
    def error_of_each(self) -> dict[str, str]:
        """Of each field that may be wrong, "" where it is not."""
        return {name: self.errors.get(name, "") for name in (PERIOD, FIRST, LAST)}

    @property
    def query(self) -> str:
        return urlencode({PERIOD: self.period.key} | self.people)

    @property
    def people(self) -> dict[str, str]:
        """Unit and age as they stand in an address."""
        found = {}
        if self.among.unit is not None:
            found[UNIT] = str(self.among.unit or NO_UNIT)
        if self.among.age is not None:
            found[AGE] = self.among.age.value
        return found

    @property
    def people_words(self) -> str:
        """ "Eteläinen tiimi, 25–39"; nothing of everybody."""
        words = [unit.name for unit in self.units if unit.pk == self.among.unit]
        words += [_("Without a unit")] if self.among.unit == WITHOUT_UNIT else []
        words += [str(self.among.age.label)] if self.among.age else []
        return ", ".join(words)


@dataclass(frozen=True, slots=True)
class Offered:
    """What the form of the filters offers: only periods of which there is data, and the chosen one."""

    chosen: Chosen
    since: datetime.date | None

    @property
    def periods(self) -> list[tuple[str, list[Period]]]:
        today = timezone.localdate()
        found = choices(min(self.since or today, today), today)
        groups = [(_("Months"), found["month"]), (_("Quarters"), found["quarter"]), (_("Years"), found["year"])]
        if any(self.chosen.period in of_kind for _words, of_kind in groups):
            return groups
        return [(_("Chosen in the address"), [self.chosen.period]), *groups]

    @property
    def months(self) -> list[Period]:
        today = timezone.localdate()
        return months(min(self.since or today, today), today)

    @property
    def start(self) -> str:
        return self.chosen.months[0] or f"{self.chosen.period.first:%Y-%m}"

    @property
    def end(self) -> str:
        return self.chosen.months[1] or f"{self.chosen.period.last:%Y-%m}"

    @property
    def unit(self) -> str:
        return self.chosen.people.get(UNIT, "")

    @property
    def age(self) -> str:
        return self.chosen.people.get(AGE, "")

    @property
    def ages(self) -> list[tuple[str, str]]:
        return [(str(value), str(label)) for value, label in AgeGroup.choices]


def _of_key(text: str, errors: dict[str, str]) -> Period | None:
    try:
        return Period.read(text) if text else None
    except PeriodError as error:
        errors[PERIOD] = str(error)
        return None


def _of_months(start: str, end: str, errors: dict[str, str]) -> Period | None:
    """The error stands at the month that it is about."""
    for name, text in ((FIRST, start), (LAST, end)):
        try:
            Period.parse(text, text)
        except PeriodError:
            errors[name] = _("Choose a month, such as 2018-11.")
    if errors:
        return None
    try:
        return Period.of_months(start, end)
    except PeriodError as error:
        errors[LAST] = str(error)
        return None


def _among(query: QueryDict, units: Iterable[Unit]) -> Among:
    unit, age = query.get(UNIT, ""), query.get(AGE, "")
    known = {str(one.pk): one.pk for one in units} | {NO_UNIT: WITHOUT_UNIT}
    return Among(known.get(unit), AgeGroup(age) if age in AgeGroup.values else None)
