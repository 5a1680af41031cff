"""Asking for what is missing from an application, and what comes of it."""

from typing import Any

from django import forms
from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cases.information.verbs import (
    ask_for_information,
    latest_request,
    record_information,
    usual_limit,
    withdraw_request,
)
from cases.models import Matter, MatterKind
from cases.models.information_request import RequestState
from core.day_field import DayField
from desk.matter.deeds import Deed, Situation, always, register
from desk.matter.forms import MatterForm, day_input, textarea
from desk.shell import by_form
from desk.transfers.shown import is_moving
from municipalities.models.membership import CASEWORK
from municipalities.requests import MunicipalRequest, roles


class AskForm(MatterForm):
    items = forms.CharField(
        label=gettext_lazy("What is missing?"),
        help_text=gettext_lazy("One thing on a line, so that the client sees exactly what is needed."),
        max_length=9500,
        required=False,
        widget=textarea(4),
    )
    note = forms.CharField(
        label=gettext_lazy("To the client"),
        help_text=gettext_lazy("May be left empty."),
        max_length=2000,
        required=False,
        widget=textarea(),
    )
    limit = DayField(
        label=gettext_lazy("Time until"),
        help_text=gettext_lazy("Proposed: 10 working days, the municipality's own custom."),
        widget=day_input(),
    )

    def __init__(self, data: Any = None, *, matter: Matter) -> None:
        super().__init__(data, matter=matter, initial={"limit": usual_limit(timezone.localdate())})


class InformationForm(MatterForm):
    came_on = DayField(label=gettext_lazy("Which day did the information come?"), widget=day_input())
    answer = forms.CharField(
        label=gettext_lazy("What came?"),
        help_text=gettext_lazy("May be left empty."),
        max_length=2000,
        required=False,
        widget=textarea(),
    )

    def __init__(self, data: Any = None, *, matter: Matter) -> None:
        super().__init__(data, matter=matter, initial={"came_on": timezone.localdate()})


class WithdrawForm(MatterForm):
    reason = forms.CharField(
        label=gettext_lazy("Why is the request withdrawn?"),
        help_text=gettext_lazy("May be left empty. The old time to decide is in force again."),
        max_length=1000,
        required=False,
        widget=textarea(),
    )


def asked_state(here: Situation) -> str:
    """The state of the latest standing request of an application that this person decides on; "" without one."""
    matter = here.matter
    if not matter.is_open or not here.may_decide or matter.kind != MatterKind.APPLICATION:
        return ""
    request = latest_request(matter)
    return request.state if request else ""


def place_of_ask(here: Situation) -> int | None:
    matter = here.matter
    can = matter.is_open and here.may_decide and matter.kind == MatterKind.APPLICATION and matter.assignee_id
    return 35 if can and not is_moving(matter) and asked_state(here) != RequestState.OPEN else None


def place_of_information(here: Situation) -> int | None:
    if is_moving(here.matter):
        return None
    return {RequestState.OPEN.value: 15, RequestState.EXPIRED.value: 45}.get(asked_state(here))


def place_of_withdraw(here: Situation) -> int | None:
    return 85 if asked_state(here) == RequestState.OPEN else None


register(
    Deed(
        "ask",
        always(gettext_lazy("Ask for information…")),
        place_of_ask,
        word="pyyda",
        title=always(gettext_lazy("Ask for missing information")),
        save=always(gettext_lazy("Save the request")),
        make=lambda data, matter, _request: AskForm(data, matter=matter),
    )
)
register(
    Deed(
        "information",
        always(gettext_lazy("The information came…")),
        place_of_information,
        word="tiedot",
        title=always(gettext_lazy("The information came")),
        save=always(gettext_lazy("Save the day of arrival")),
        make=lambda data, matter, _request: InformationForm(data, matter=matter),
    )
)
register(
    Deed(
        "withdraw_request",
        always(gettext_lazy("Withdraw the request…")),
        place_of_withdraw,
        word="peru-pyynto",
        title=always(gettext_lazy("Withdraw the request for information")),
        save=always(gettext_lazy("Withdraw the request")),
        make=lambda data, matter, _request: WithdrawForm(data, matter=matter),
        shape="more",
    )
)


@roles(*CASEWORK)
@require_POST
def matter_ask(request: MunicipalRequest, pk: int) -> HttpResponseBase:
    def act(matter: Matter, values: dict[str, Any]) -> None:
        items = values["items"].splitlines()
        version = values["version"]
        ask_for_information(request.user, matter, items, values["limit"], values["note"], version=version)

    return by_form(request, pk, "ask", act, _("The request was saved. The matter waits for the information."))


@roles(*CASEWORK)
@require_POST
def matter_information(request: MunicipalRequest, pk: int) -> HttpResponseBase:
    def act(matter: Matter, values: dict[str, Any]) -> None:
        record_information(request.user, matter, values["came_on"], values["answer"], version=values["version"])

    return by_form(request, pk, "information", act, _("The day of arrival was saved. The new time runs from it."))


@roles(*CASEWORK)
@require_POST
def matter_withdraw_request(request: MunicipalRequest, pk: int) -> HttpResponseBase:
    def act(matter: Matter, values: dict[str, Any]) -> None:
        withdraw_request(request.user, matter, values["reason"], version=values["version"])

    return by_form(request, pk, "withdraw_request", act, _("The request was withdrawn."))
