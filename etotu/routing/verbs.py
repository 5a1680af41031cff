"""Making, ordering and switching the routing rules of a municipality. The history of the table keeps what was."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.saving import NotPossible, claim
from etotu.models import RoutingRule
from municipalities.models import Municipality


@transaction.atomic
def add_rule(municipality: Municipality, values: dict[str, Any]) -> RoutingRule:
    """Last in the order, and not in use until somebody switches it on."""
    rules = _locked(municipality.pk)
    return RoutingRule.objects.create(
        municipality=municipality, position=max((r.position for r in rules), default=0) + 1, active=False, **values
    )


@transaction.atomic
def edit_rule(rule: RoutingRule, version: int, values: dict[str, Any]) -> RoutingRule:
    """Raises ChangedMeanwhile when somebody saved in between."""
    row = claim(RoutingRule.objects.filter(municipality=rule.municipality_id), rule.pk, version)
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return row


@transaction.atomic
def switch_rule(rule: RoutingRule, *, on: bool) -> None:
    row = RoutingRule.objects.select_for_update(of=("self",)).get(pk=rule.pk)
    if row.active != on:
        row.active = on
        row.version += 1
        row.save(update_fields=["active", "version"])


@transaction.atomic
def copy_rule(rule: RoutingRule) -> RoutingRule:
    """A copy that is not in use, right after its model."""
    rules = _locked(rule.municipality_id)
    place = _place(rules, rule)
    copy = RoutingRule.objects.get(pk=rule.pk)
    copy.pk, copy.active, copy.version = None, False, 1
    copy.save(force_insert=True)
    _number([*rules[: place + 1], copy, *rules[place + 1 :]])
    return copy


@transaction.atomic
def move_rule(rule: RoutingRule, *, up: bool) -> bool:
    """One place up or down; whether there was a place to go to."""
    rules = _locked(rule.municipality_id)
    place = _place(rules, rule)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(rules):
        return False
    rules[place], rules[other] = rules[other], rules[place]
    _number(rules)
    return True


@transaction.atomic
def delete_rule(rule: RoutingRule) -> None:
    row = RoutingRule.objects.select_for_update(of=("self",)).get(pk=rule.pk)
    if row.active:
        raise NotPossible(_("The rule is in use. Switch it off first."))
    row.delete()


def _place(rules: list[RoutingRule], rule: RoutingRule) -> int:
    """Raises NotPossible for a rule that somebody has deleted meanwhile."""
    for place, one in enumerate(rules):
        if one.pk == rule.pk:
            return place
    raise NotPossible(_("Somebody has deleted the rule meanwhile."))


def _locked(municipality_id: int) -> list[RoutingRule]:
    """All rules in order; who changes the order holds them all."""
    rules = RoutingRule.objects.filter(municipality=municipality_id).select_for_update(of=("self",))
    return sorted(rules.order_by("pk"), key=lambda rule: (rule.position, rule.pk))


def _number(rules: list[RoutingRule]) -> None:
    """The order does not belong to what an editor of a rule has on the page: no new version."""
    for position, rule in enumerate(rules, 1):
        if rule.position != position:
            rule.position = position
            rule.save(update_fields=["position"])
