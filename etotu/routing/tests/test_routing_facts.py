"""The rules in the database against a literal reading of them, on random rules and people."""

import datetime
from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.models import Client, Matter, MatterKind
from cases.models.contact_detail import DetailKind, DetailSource
from core.identity_code import age
from core.row_security import set_scope
from etotu.models import RoutingRule
from etotu.routing.tests.rules_one_by_one import Facts, first_match, matches
from etotu.routing.trial import try_rule
from etotu.tests.making import RECEIVED, loaded, notice, xml
from municipalities.models import Municipality, Unit
from testing.factories import identity_code

pytestmark = pytest.mark.django_db
ARRIVED = RECEIVED.date()
CODES = ("70100", "70200", "")
KELA_KINDS = {
    "ALENNETTU_PERUSOSA": "reduced_amount",
    "SOSIAALITYON_TARVE": "social_work_need",
    "HAKEMUS": "application",
}
BORN = st.sampled_from(
    [
        datetime.date(1930, 1, 1),
        datetime.date(1988, 2, 29),
        datetime.date(1993, 10, 11),
        datetime.date(1993, 10, 12),
        datetime.date(1993, 10, 13),
        datetime.date(2000, 2, 29),
    ]
)


@st.composite
def rules(draw: st.DrawFn) -> dict[str, Any]:
    low = draw(st.none() | st.integers(17, 90))
    high = draw(st.none() | st.integers(low or 17, 90))
    return {
        "position": draw(st.integers(1, 3)),
        "kinds": draw(st.lists(st.sampled_from(list(KELA_KINDS.values())), unique=True, max_size=2)),
        "urgent": draw(st.none() | st.booleans()),
        "age_from": low,
        "age_to": high,
        "languages": draw(st.lists(st.sampled_from(["fi", "sv", "se"]), unique=True, max_size=2)),
        "by_area": draw(st.booleans()),
        "has_own_worker": draw(st.none() | st.booleans()),
        "employment_trial": draw(st.none() | st.booleans()),
        "target": draw(st.sampled_from(["hold", "unit"])),
    }


@st.composite
def people(draw: st.DrawFn) -> dict[str, Any]:
    return {
        "born": draw(BORN),
        "kind": draw(st.sampled_from(list(KELA_KINDS))),
        "urgent": draw(st.booleans()),
        "language": draw(st.sampled_from(["fi", "sv"])),
        "kela": draw(st.sampled_from(CODES)),
        "here": draw(st.sampled_from(CODES)),
        "non_disclosure": draw(st.booleans()),
        "employment_trial": draw(st.booleans()),
    }


def reading(rule: RoutingRule, facts: Facts) -> bool:
    """The conditions one after the other, as `domain.md` says them."""
    if rule.kinds and facts.kind not in rule.kinds:
        return False
    if rule.urgent is not None and facts.urgent != rule.urgent:
        return False
    if (rule.age_from is not None or rule.age_to is not None) and facts.age is None:
        return False
    if rule.age_from is not None and facts.age < rule.age_from:  # type: ignore[operator]
        return False
    if rule.age_to is not None and facts.age > rule.age_to:  # type: ignore[operator]
        return False
    if rule.languages and facts.language not in rule.languages:
        return False
    if rule.area is not None and facts.postal_code not in rule.area.postal_codes:
        return False
    if rule.has_own_worker is not None and facts.has_own_worker != rule.has_own_worker:
        return False
    if rule.employment_trial is not None and facts.employment_trial != rule.employment_trial:
        return False
    return rule.target == "unit" or facts.can_wait


def facts_of(person: dict[str, Any]) -> Facts:
    old = age(person["born"], ARRIVED)
    kind = KELA_KINDS[person["kind"]]
    return Facts(
        kind=kind,
        urgent=person["urgent"],
        age=old,
        language=person["language"],
        postal_code="" if person["non_disclosure"] else person["here"] or person["kela"],
        employment_trial=person["employment_trial"],
        can_wait=not person["urgent"] and kind != "application" and not (kind == "social_work_need" and old > 75),
    )


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(rules(), max_size=4), st.lists(people(), min_size=1, max_size=5))
def test_a_batch_is_routed_as_a_literal_reading_of_the_rules_does(
    kuopio: Municipality, southern: Unit, northern: Unit, made: list[dict[str, Any]], came: list[dict[str, Any]]
) -> None:
    Unit.objects.filter(pk=northern.pk).update(postal_codes=["70100"])
    northern.refresh_from_db()
    with transaction.atomic():
        set_scope(range(1000))
        compare(kuopio, southern, northern, made, came)
        transaction.set_rollback(True)


def compare(
    kuopio: Municipality, southern: Unit, northern: Unit, made: list[dict[str, Any]], came: list[dict[str, Any]]
) -> None:
    begun(kuopio, came)
    stored = [make_rule(kuopio, n, one, southern, northern) for n, one in enumerate(made)]
    loaded(xml(*(as_notice(n, one) for n, one in enumerate(came))))
    for n, one in enumerate(came):
        matter = Matter.objects.get(notice__number=f"N{n}")
        facts = facts_of(one)
        expected = next((r for r in sorted(stored, key=lambda r: (r.position, r.pk)) if reading(r, facts)), None)
        assert first_match(stored, facts) == expected
        assert all(matches(rule, facts) == reading(rule, facts) for rule in stored)
        assert matter.routed == (expected.reason if expected else "")
        assert (matter.held_since is not None) == (expected is not None and expected.target == "hold")
        assert (matter.unit == southern) == (expected is not None and expected.target == "unit")
    assert_the_trial_says_the_same(stored, came)


def begun(kuopio: Municipality, came: list[dict[str, Any]]) -> None:
    """The people as they are known before the batch, each by a notice of another day."""
    loaded(xml(*(notice(f"E{n}", code=code_of(n, one), language=one["language"]) for n, one in enumerate(came))))
    for n, one in enumerate(came):
        client = Client.objects.get(matters__notice__number=f"E{n}")
        client.non_disclosure, client.employment_trial = one["non_disclosure"], one["employment_trial"]
        client.save()
        for source in (DetailSource.KELA, DetailSource.HERE):
            client.contact_details.create(
                municipality=kuopio, kind=DetailKind.ADDRESS, source=source, postal_code=one[source.value],
                value="Demokatu 1", known_on="2018-10-01",
            )  # fmt: skip
    Matter.objects.update(source="phone")


def code_of(n: int, person: dict[str, Any]) -> str:
    return identity_code(person["born"], n)


def as_notice(n: int, person: dict[str, Any]) -> str:
    return notice(
        f"N{n}", kind=person["kind"], code=code_of(n, person), urgent=person["urgent"], language=person["language"]
    )


def make_rule(kuopio: Municipality, n: int, values: dict[str, Any], southern: Unit, northern: Unit) -> RoutingRule:
    values = {**values, "area": northern if values["by_area"] else None}
    del values["by_area"]
    to_unit = southern if values["target"] == "unit" else None
    return RoutingRule.objects.create(
        municipality=kuopio, active=True, starts="2018-01-01", reason=f"Sääntö {n}", to_unit=to_unit, **values
    )


def assert_the_trial_says_the_same(stored: list[RoutingRule], came: list[dict[str, Any]]) -> None:
    """The trial of the last rule counts the notices that it alone sends elsewhere."""
    if not stored:
        return
    tried, others = stored[-1], stored[:-1]
    moved = 0
    for one in came:
        pair = [first_match(found, facts_of(one)) for found in (others, stored)]
        moved += (pair[0] and (pair[0].target, pair[0].to_unit)) != (pair[1] and (pair[1].target, pair[1].to_unit))
    trial = try_rule(tried, ARRIVED, ARRIVED)
    assert (trial.total, trial.moved) == (len(came), moved)


@pytest.mark.parametrize("unknown", [{"age": None}, {"postal_code": ""}, {"language": ""}])
def test_what_is_not_known_meets_no_condition(unknown: dict[str, Any]) -> None:
    known = Facts(kind=MatterKind.IMMIGRANT, age=30, postal_code="70100", language="fi")
    area = Unit(postal_codes=["70100"], name="Pohjoinen")
    rule = RoutingRule(age_from=1, languages=["fi"], area=area, target="unit")
    assert matches(rule, known)
    assert not matches(rule, replace(known, **unknown))
