"""A routing rule in words: what it asks, where it leads, whether it is applied."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cases.clients.languages import language_name
from cases.models import MatterKind
from core.dates import short_day
from etotu.models import RoutingRule
from etotu.routing.in_force import broken, desks_of

Target = RoutingRule.Target


@dataclass(frozen=True, slots=True)
class RuleShown:
    """`state_kind` draws the state: "done" in use, "late" broken, "" neither."""

    rule: RoutingRule
    when: str
    where: str
    state: str
    state_kind: str
    days: str
    first: bool = False
    last: bool = False


def rules_shown(rules: list[RoutingRule], today: datetime.date) -> list[RuleShown]:
    desks = desks_of(rules)
    return [
        RuleShown(
            rule,
            when(rule),
            where(rule),
            *state(rule, today, leads_nowhere=broken(rule, desks)),
            days(rule),
            first=n == 0,
            last=n == len(rules) - 1,
        )
        for n, rule in enumerate(rules)
    ]


def when(rule: RoutingRule) -> str:
    """ "Kun tyyppi on nuori työtön, 4 kk, ja asiakas on enintään 24-vuotias"."""
    asked = conditions(rule)
    return _("When %(conditions)s") % {"conditions": both(asked)} if asked else _("Every matter")


def conditions(rule: RoutingRule) -> list[str]:
    found = []
    if rule.kinds:
        names = [str(MatterKind(kind).label) for kind in MatterKind.values if kind in rule.kinds]
        found.append(_("the type is %(kinds)s") % {"kinds": either(names)})
    if rule.urgent is not None:
        found.append(_("the matter is urgent") if rule.urgent else _("the matter is not urgent"))
    if age := age_words(rule.age_from, rule.age_to):
        found.append(age)
    if rule.languages:
        names = [language_name(code) for code in rule.languages]
        found.append(_("the service language is %(languages)s") % {"languages": either(names)})
    if rule.area is not None:
        found.append(_("the client lives in the area of %(unit)s") % {"unit": rule.area.name})
    if rule.has_own_worker is not None:
        found.append(
            _("the client's own worker no longer does casework here")
            if rule.has_own_worker
            else _("the client has no own worker")
        )
    if rule.employment_trial is not None:
        found.append(
            _("the client is in the employment trial")
            if rule.employment_trial
            else _("the client is not in the employment trial")
        )
    return found


def age_words(low: int | None, high: int | None) -> str:
    if low is not None and high is not None:
        if low == high:
            return _("the client is %(age)s years old") % {"age": low}
        return _("the client is %(low)s–%(high)s years old") % {"low": low, "high": high}
    if low is not None:
        return _("the client is at least %(age)s years old") % {"age": low}
    return _("the client is at most %(age)s years old") % {"age": high} if high is not None else ""


def where(rule: RoutingRule | None) -> str:
    """ "yksikköön Eteläinen tiimi"; without a rule the common queue."""
    match rule.target if rule else None:
        case Target.UNIT:
            return _("to the unit %(name)s") % {"name": rule.to_unit}  # type: ignore[union-attr]
        case Target.PERSON:
            return _("to the person %(name)s") % {"name": rule.to_user}  # type: ignore[union-attr]
        case Target.PARTNER:
            return _("to the queue, with a proposal to hand over to %(name)s") % {"name": rule.to_partner}  # type: ignore[union-attr]
        case Target.HOLD:
            return _("on hold until there is capacity")
    return _("to the common queue")


def state(rule: RoutingRule, today: datetime.date, *, leads_nowhere: bool) -> tuple[str, str]:
    if leads_nowhere:
        return pgettext("rule", "Broken, is passed by"), "late"
    if rule.ends and rule.ends < today:
        return pgettext("rule", "Over"), ""
    if not rule.active:
        return pgettext("rule", "Not in use"), ""
    if rule.starts > today:
        return pgettext("rule", "Begins %(day)s") % {"day": short_day(rule.starts)}, ""
    return pgettext("rule", "In use"), "done"


def days(rule: RoutingRule) -> str:
    if rule.ends is None:
        return pgettext("rule", "from %(day)s") % {"day": short_day(rule.starts)}
    return f"{short_day(rule.starts)} – {short_day(rule.ends)}"


def either(words: Iterable[str]) -> str:
    return joined(list(words), _("%(first)s or %(last)s"))


def both(words: Iterable[str]) -> str:
    return joined(list(words), _("%(first)s and %(last)s"))


def joined(words: list[str], last_two: str) -> str:
    if len(words) < 2:
        return "".join(words)
    return last_two % {"first": ", ".join(words[:-1]), "last": words[-1]}
