"""The rules that can be applied: in use on the day, with a target that still takes matters."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from etotu.models import RoutingRule
from municipalities.models import Membership
from municipalities.models.membership import CASEWORK

Target = RoutingRule.Target


@dataclass(frozen=True, slots=True)
class Applicable:
    """`rules` in order; `units`: by a rule that names a person, the unit in which the matter then lies."""

    rules: tuple[RoutingRule, ...]
    units: dict[int, int | None]

    @property
    def ids(self) -> list[int]:
        return [rule.pk for rule in self.rules]

    @property
    def by_area(self) -> bool:
        return any(rule.area_id for rule in self.rules)


def in_force(day: datetime.date) -> QuerySet[RoutingRule]:
    """The rules of the scope that are switched on and valid on the day."""
    return RoutingRule.objects.filter(Q(ends=None) | Q(ends__gte=day), active=True, starts__lte=day)


def applicable(rules: QuerySet[RoutingRule]) -> Applicable:
    """Without the broken ones; two queries, one when no rule names a person."""
    found = list(rules.select_related("to_unit", "to_user", "to_partner", "area").order_by("position", "pk"))
    desks = desks_of(found)
    usable = tuple(rule for rule in found if not broken(rule, desks))
    return Applicable(
        usable, {rule.pk: desks[rule.municipality_id, rule.to_user_id] for rule in usable if rule.to_user_id}
    )


def broken(rule: RoutingRule, desks: dict[tuple[int, int], int | None]) -> bool:
    """Whether the rule leads nowhere any more. `desks` as `desks_of` gives them."""
    if rule.area is not None and (rule.area.ended or not rule.area.postal_codes):
        return True
    match rule.target:
        case Target.UNIT:
            return rule.to_unit is None or rule.to_unit.ended is not None
        case Target.PERSON:
            return (rule.municipality_id, rule.to_user_id or 0) not in desks
        case Target.PARTNER:
            return rule.to_partner is None or rule.to_partner.ended is not None
    return False


def desks_of(rules: Iterable[RoutingRule]) -> dict[tuple[int, int], int | None]:
    """(municipality, person) of those whom the rules name and who do casework there today, with a unit of theirs."""
    people = {rule.to_user_id for rule in rules if rule.to_user_id}
    if not people:
        return {}
    members = (
        Membership.objects.in_force(timezone.localdate())
        .filter(user__in=people, user__is_active=True, role__in=CASEWORK)
        .select_related("unit")
        .order_by("unit__pk")
    )
    desks: dict[tuple[int, int], int | None] = {}
    for member in members:
        unit = member.unit_id if member.unit is not None and member.unit.ended is None else None
        key = (member.municipality_id or 0, member.user_id)
        desks[key] = desks.get(key) or unit
    return desks
