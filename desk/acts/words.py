"""How the pages ask for an act, and how they tell one."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from cases.models import Act, ActKind
from core.dates import short_day
from desk.matter.acts import act_words

START: dict[Any, Promise] = {
    ActKind.ASSESSMENT_BEGUN: gettext_lazy("Start the assessment…"),
    ActKind.PLAN_BEGUN: gettext_lazy("Start the plan…"),
    ActKind.PLAN_MADE: gettext_lazy("The plan was made…"),
    ActKind.DISCUSSION_HELD: gettext_lazy("The discussion was held…"),
}
"""The button of what a duty waits for."""
OTHER: Promise = gettext_lazy("Record what was done…")
ALONGSIDE: dict[Any, Promise] = {
    ActKind.ASSESSMENT_BEGUN: gettext_lazy("Start the service-need assessment now"),
    ActKind.PLAN_BEGUN: gettext_lazy("Start the plan with the client now"),
    ActKind.PLAN_MADE: gettext_lazy("The plan was made with the client"),
    ActKind.DISCUSSION_HELD: gettext_lazy("The discussion was held"),
}
"""Beside a contact that reached the client."""
BOOKING: dict[Any, Promise] = {
    ActKind.ASSESSMENT_BOOKED: gettext_lazy("The time is for the service-need assessment"),
    ActKind.PLAN_BOOKED: gettext_lazy("The time is for making the plan"),
}
CHOICES: dict[Any, Promise] = {
    ActKind.ASSESSMENT_BEGUN: pgettext_lazy("what was done", "The service-need assessment was begun"),
    ActKind.ASSESSMENT_BOOKED: pgettext_lazy("what was done", "The offered time is for the assessment"),
    ActKind.ASSESSMENT_FINISHED: pgettext_lazy("what was done", "The service-need assessment was finished"),
    ActKind.ASSESSMENT_UNNEEDED: pgettext_lazy("what was done", "No assessment is needed"),
    ActKind.PLAN_BEGUN: pgettext_lazy("what was done", "The plan was begun with the client"),
    ActKind.PLAN_BOOKED: pgettext_lazy("what was done", "The offered time is for the plan"),
    ActKind.PLAN_MADE: pgettext_lazy("what was done", "The plan was made"),
    ActKind.MULTISECTOR_PLAN: pgettext_lazy("what was done", "The multi-sector plan was made"),
    ActKind.DISCUSSION_HELD: pgettext_lazy("what was done", "The discussion was held"),
    ActKind.KELA_MEETING: pgettext_lazy("what was done", "The joint meeting with Kela was held"),
    ActKind.INTEGRATION_JOINED: pgettext_lazy("what was done", "I took part in the integration assessment"),
}


def marked_words(act: Act) -> str:
    """For a choice: "to 8.11. palvelutarpeen arviointi aloitettu, Aino Demolainen"."""
    return f"{short_day(act.day)} {act_words(act)}"
