"""Which rule a matter meets, read literally, rule by rule: what `etotu.routing.route` is held against."""

from collections.abc import Iterable
from dataclasses import dataclass

from etotu.models import RoutingRule


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules may ask of a matter.

    `age` in full years on the day of arrival. `postal_code` is "" under turvakielto, so that no rule of an area holds.
    `can_wait`: neither urgent nor under a deadline of the law, so that it may be held for capacity.
    """

    kind: str
    urgent: bool = False
    age: int | None = None
    language: str = ""
    postal_code: str = ""
    has_own_worker: bool = False
    employment_trial: bool = False
    can_wait: bool = False


def first_match(rules: Iterable[RoutingRule], facts: Facts) -> RoutingRule | None:
    """Of the rules that can be applied, in their order, the first that holds."""
    return next((rule for rule in sorted(rules, key=in_order) if matches(rule, facts)), None)


def in_order(rule: RoutingRule) -> tuple[int, int]:
    return rule.position, rule.pk or 0


def matches(rule: RoutingRule, facts: Facts) -> bool:
    """Whether every condition holds; one that is empty does. What cannot wait meets no rule that holds."""
    return (
        (not rule.kinds or facts.kind in rule.kinds)
        and rule.urgent in (None, facts.urgent)
        and in_years(rule.age_from, rule.age_to, facts.age)
        and (not rule.languages or facts.language in rule.languages)
        and (rule.area is None or facts.postal_code in rule.area.postal_codes)
        and rule.has_own_worker in (None, facts.has_own_worker)
        and rule.employment_trial in (None, facts.employment_trial)
        and (rule.target != RoutingRule.Target.HOLD or facts.can_wait)
    )


def in_years(low: int | None, high: int | None, age: int | None) -> bool:
    """An unknown age is within no bounds."""
    if low is None and high is None:
        return True
    return age is not None and (low is None or age >= low) and (high is None or age <= high)
