"""The forms of an appointment: a time to offer, and what became of it."""

import datetime
from typing import Any, Self

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from cases.appointments.verbs import warnings
from cases.matters import rules
from cases.matters.file import MatterFile
from cases.models import Appointment, Matter
from cases.models.appointment import AppointmentState
from cases.relations.verbs import caseworkers
from core.day_field import DayField
from core.day_limits import APPOINTMENTS
from desk.acts.forms import BesideForm, act_field, file_of, offer_act, offer_booking, offer_return
from desk.matter.fields import OpenMatter
from desk.matter.forms import MatterForm, VersionField, day_input, set_choices, textarea
from municipalities.models import Municipality
from municipalities.requests import MunicipalRequest

MOVED_BY_CLIENT, MOVED_BY_OFFICE = "moved_by_client", "moved_by_office"
MOVES = (MOVED_BY_CLIENT, MOVED_BY_OFFICE)
NEW_TIME = ("day", "time", "worker")
HAPPENED = [
    (AppointmentState.MET, pgettext_lazy("an appointment", "The client came")),
    (AppointmentState.MISSED, pgettext_lazy("an appointment", "The client did not come")),
]
ELSE = [
    (AppointmentState.CANCELLED_BY_CLIENT, pgettext_lazy("an appointment", "The client cancelled")),
    (AppointmentState.CANCELLED_BY_OFFICE, pgettext_lazy("an appointment", "The office cancelled")),
]
MOVE = [
    (MOVED_BY_CLIENT, pgettext_lazy("an appointment", "Moved at the client's wish")),
    (MOVED_BY_OFFICE, pgettext_lazy("an appointment", "Moved by the office")),
]
TAKE_BACK = [(AppointmentState.OFFERED, pgettext_lazy("an appointment", "Nothing yet: take the mark back"))]


def time_input() -> forms.TimeInput:
    return forms.TimeInput(attrs={"autocomplete": "off", "placeholder": _("for example 13.00")}, format="%H.%M")


class TimeForm(forms.Form):
    """A time in the future with a worker. What is worth a warning is told once, and may be offered all the same."""

    day = DayField(label=_("Day"), widget=day_input(), span=APPOINTMENTS)
    time = forms.TimeField(label=_("Time"), widget=time_input())
    worker = forms.ModelChoiceField(label=_("With whom?"), queryset=User.objects.none(), empty_label=None)
    place = forms.CharField(label=_("Where?"), max_length=200, required=False, help_text=_("May be left empty."))
    anyway = forms.BooleanField(label=_("Offer the time all the same"), required=False, widget=forms.HiddenInput)
    appointment: Appointment | None = None

    def set_workers(self, municipality: Municipality) -> None:
        self.fields["worker"].queryset = caseworkers(municipality)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("day") and cleaned.get("time"):
            cleaned["at"] = timezone.make_aware(datetime.datetime.combine(cleaned["day"], cleaned["time"]))
            self._warn(cleaned)
        return cleaned

    def _warn(self, cleaned: dict[str, Any]) -> None:
        worker = cleaned.get("worker")
        found = warnings(worker, cleaned["at"], but=self.appointment) if worker else []
        if found:
            self.fields["anyway"].widget = forms.CheckboxInput()
            if not cleaned.get("anyway"):
                self.add_error("anyway", " ".join(found))


class OfferForm(TimeForm, MatterForm):
    note = forms.CharField(
        label=_("What is it about?"),
        help_text=_("May be left empty."),
        max_length=2000,
        required=False,
        widget=textarea(),
    )
    act = act_field()
    field_order = ["day", "time", "worker", "place", "note", "act", "anyway", "version"]

    def __init__(self, data: Any = None, *, matter: Matter, file: MatterFile, request: MunicipalRequest) -> None:
        super().__init__(data, matter=matter, initial={"worker": matter.assignee_id or request.user.pk})
        self.set_workers(request.municipality)
        offer_booking(self, file, request.user)

    @classmethod
    def of(cls, data: Any, matter: Matter, request: MunicipalRequest) -> Self:
        return cls(data, matter=matter, file=file_of(matter, request), request=request)


class ClientOfferForm(TimeForm):
    about = OpenMatter(
        queryset=Matter.objects.none(),
        label=_("About which matter?"),
        empty_label=_("About none of them"),
        required=False,
    )
    note = OfferForm.declared_fields["note"]
    field_order = ["about", "day", "time", "worker", "place", "note", "anyway"]

    def __init__(self, data: Any = None, *, matters: list[Matter], municipality: Municipality, user: User) -> None:
        own = next((m.pk for m in matters if m.assignee_id == user.pk), matters[0].pk if matters else None)
        super().__init__(data, initial={"worker": user.pk, "about": own}, auto_id="offer_%s")
        self.set_workers(municipality)
        about = self.fields["about"]
        about.queryset = Matter.objects.filter(pk__in=[m.pk for m in matters])  # type: ignore[attr-defined]
        if not matters:
            del self.fields["about"]


class AppointmentForm(BesideForm, TimeForm):
    """What became of a time; of a settled one, what it should have been."""

    what = forms.ChoiceField(label=_("What happened?"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("What was agreed, or why?"), help_text=_("May be left empty."), max_length=10_000, required=False,
        widget=textarea(),
    )  # fmt: skip
    client_words = forms.CharField(
        label=_("In the client's own words"), max_length=10_000, required=False, widget=textarea(1, "client")
    )
    version = VersionField(required=False)

    def __init__(self, data: Any = None, *, appointment: Appointment, user: User) -> None:
        self.appointment = appointment
        initial = {"version": appointment.version, "worker": appointment.worker_id, "place": appointment.place}
        super().__init__(data, initial=initial, auto_id="time_%s")
        self.set_workers(appointment.municipality)
        self.settled = appointment.state != AppointmentState.OFFERED
        self._offer_act(user)
        choices = choices_of(appointment)
        self.can_be_moved = any(value in MOVES for value, _words in choices)
        set_choices(self, "what", choices)
        self.keeps_words = rules.keeps_its_words(appointment, AppointmentState.OFFERED)
        if self.settled:
            for name in ("day", "time", "worker", "place", "text", "client_words", "anyway"):
                del self.fields[name]
        elif (self.data.get("what") or "") not in MOVES:
            for name in NEW_TIME:
                self.fields[name].required = False

    def _offer_act(self, user: User) -> None:
        """What the matter waits for, where the time may have been kept."""
        time = self.appointment
        assert time is not None  # noqa: S101 - given
        if time.matter is None or not time.matter.is_open or self.settled or time.at > timezone.now():
            del self.fields["act"], self.fields["return_on"]
            return
        file = MatterFile(time.matter)
        offer_act(self, file, user)
        if "act" in self.fields:
            offer_return(self, file, but=time)
        else:
            del self.fields["return_on"]

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("act") and self.cleaned_data.get("what") != AppointmentState.MET:
            self.add_error("act", _("The client did not come: this cannot have been done with the client."))
        if not self.settled and (self.cleaned_data.get("what") or "") in MOVES:
            return super().clean()
        for name in NEW_TIME:
            # asked of a move only: what stands there otherwise is passed over
            self.errors.pop(name, None)
        return self.cleaned_data

    def renew_version(self, version: int) -> None:
        self.data = {**self.data.dict(), "version": str(version)}  # type: ignore[attr-defined]


def choices_of(appointment: Appointment) -> list[tuple[str, Any]]:
    happened = HAPPENED if appointment.at <= timezone.now() else []
    # about a closed matter no time is offered, and so none moved or taken back
    may_offer = appointment.matter is None or appointment.matter.is_open
    if appointment.state == AppointmentState.OFFERED:
        return [*happened, *ELSE, *(MOVE if may_offer else [])]
    found = (*happened, *ELSE, *(TAKE_BACK if may_offer else []))
    return [
        (value, words)
        for value, words in found
        if value != appointment.state and rules.keeps_its_words(appointment, value) is None
    ]
