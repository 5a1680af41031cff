from django import template

from avain.models import Goal, GoalFactor

register = template.Library()


@register.filter
def ordinal(number: int | str) -> int | str:
    """Goals are counted from one; the copy that a script numbers has none."""
    return number + 1 if isinstance(number, int) else ""


@register.filter
def factors_that(goal: Goal, effect: str) -> list[GoalFactor]:
    """The factors of a goal that support it, or hinder it, as `MeasurementQuerySet.for_page` has read them."""
    return [factor for factor in goal.factors.all() if factor.effect == effect]
