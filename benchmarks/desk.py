"""The municipality at whose desk the notices arrive: a worker who looks, and routing rules in some of the country."""

import datetime
from typing import Any

from django.test import Client as Browser
from django.urls import reverse

CODE = 297
EVERY = 4
STARTS = datetime.date(2018, 1, 1)


def prepare() -> None:
    """In the database that the others are copies of."""
    from core.row_security import scope
    from municipalities.models import Municipality, Role
    from testing.people import person

    person("Sirkka", "sirkka@kuopio.example", Role.SUPERVISOR, Municipality.objects.get(pk=CODE))
    routed = [int(code) for code in national_municipalities()][::EVERY]
    with scope(routed):
        for code in routed:
            _make_rules(code)


def national_municipalities() -> list[str]:
    """Their codes; those that have been joined to others are not sent to."""
    from municipalities.models import Municipality

    return [f"{pk:03d}" for pk in Municipality.objects.order_by("pk").values_list("pk", flat=True)]


def wait_at_the_desk(batch: Any) -> None:
    """Until somebody in the municipality gets the queue with a matter of this batch in it."""
    from accounts.models import User
    from cases.models import Matter
    from core.row_security import scope
    from municipalities.models import Municipality
    from testing.session_cookies import keep_secrets

    keep_secrets()
    user = User.objects.get(email="sirkka@kuopio.example")
    browser = Browser()
    browser.force_login(user)
    answer = browser.get(reverse("queue", kwargs={"code": str(CODE)}))
    assert answer.status_code == 200, answer.status_code
    with scope([CODE]):
        seen = Matter.objects.visible_to(user, Municipality.objects.get(pk=CODE)).filter(notice__batch=batch)
        assert seen.exists()


def _make_rules(code: int) -> None:
    from cases.models import MatterKind
    from etotu.models import RoutingRule
    from municipalities.models import Unit

    unit = Unit.objects.create(municipality_id=code, name="Tiimi")
    common: dict[str, Any] = {"municipality_id": code, "active": True, "starts": STARTS}
    to_unit: dict[str, Any] = {"target": RoutingRule.Target.UNIT, "to_unit": unit}
    rules: tuple[dict[str, Any], ...] = (
        {"reason": "kiireellinen", "urgent": True, **to_unit},
        {"reason": "ruotsi", "languages": ["sv"], **to_unit},
        {"reason": "nuori", "kinds": [MatterKind.YOUNG_UNEMPLOYED], "age_to": 24, **to_unit},
        {"reason": "kapasiteetti", "kinds": [MatterKind.LONG_UNEMPLOYED], "target": RoutingRule.Target.HOLD},
    )
    for position, rule in enumerate(rules):
        RoutingRule.objects.create(position=position, **common, **rule)
