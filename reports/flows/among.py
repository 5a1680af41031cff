"""Of whom numbers are counted: of all, or of one unit, of one age group, or of both."""

from dataclasses import dataclass
from typing import Any, Final, TypeVar

from django.db.models import F, Func, IntegerField, QuerySet
from django.db.models.expressions import Combinable

from reports.flows.ages import AgeGroup

R = TypeVar("R", bound=QuerySet[Any])

WITHOUT_UNIT: Final = 0
"""In place of a unit's key."""


@dataclass(frozen=True, slots=True)
class Among:
    """The same rule in SQL and for querysets. The age is that of the day on which something is counted."""

    unit: int | None = None
    age: AgeGroup | None = None

    def __bool__(self) -> bool:
        """Whether anything is left out."""
        return self.unit is not None or self.age is not None

    def conditions(self, unit: str, age: str) -> str:
        """What follows an AND; the expressions are those of the row's unit and age group."""
        found = []
        if self.unit is not None:
            found.append(f"{unit} IS NULL" if self.unit == WITHOUT_UNIT else f"{unit} = %(unit)s")
        if self.age is not None:
            found.append(f"{age} = %(age)s")
        return " AND ".join(found) or "true"

    @property
    def parameters(self) -> dict[str, Any]:
        return {"unit": self.unit, "age": self.age and self.age.value}

    def of_unit(self, found: R, unit: str) -> R:
        """`unit` leads to the unit."""
        if self.unit is None:
            return found
        return found.filter(**{f"{unit}__isnull": True} if self.unit == WITHOUT_UNIT else {unit: self.unit})

    def of_age(self, found: R, on: Combinable, client: str) -> R:
        """`client` leads to the client: "" or "client__"; `on` is the day that counts."""
        return found if self.age is None else of_age_group(found, self.age, on, client)


EVERYBODY: Final = Among()


class Age(Func):
    """Full years on a day, from the day of birth."""

    template = "date_part('year', age(%(expressions)s))::int"
    output_field = IntegerField()


def of_age_group(found: R, group: AgeGroup, on: Combinable, client: str = "client__") -> R:
    if group.years is None:
        return found.filter(**{f"{client}birth_date": None})
    least, above = group.years
    # of one without a day of birth the age is null, which is in no group; one born after the day is the youngest
    aged: R = found.annotate(years=Age(on, F(f"{client}birth_date")))
    found = aged.filter(years__gte=least) if least else aged
    return found.filter(years__isnull=False) if above is None else found.filter(years__lt=above)
