"""The forms of what every matter knows: a contact, waiting, closing, opening again, handing over."""

import datetime
from typing import Any, Self

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from cases.matters.closing import why_not_unreached
from cases.matters.file import MatterFile
from cases.matters.outcomes import outcomes_for
from cases.models import Matter
from cases.models.contact import Channel, ContactOutcome
from cases.models.matter import MatterState, Outcome
from cases.relations.verbs import caseworkers
from core.day_field import DayField
from core.day_limits import PAST
from desk.acts.forms import BesideForm, file_of, offer_act, offer_return
from desk.matter.forms import MatterForm, day_input, set_choices, textarea
from municipalities.models import LocalSettings, Municipality
from municipalities.requests import MunicipalRequest

CHANNELS: list[tuple[str, Promise]] = [
    (Channel.CALL, pgettext_lazy("what I did", "Called")),
    (Channel.MESSAGE, pgettext_lazy("what I did", "Sent a message")),
    (Channel.LETTER, pgettext_lazy("what I did", "Sent a letter")),
    (Channel.MEETING, pgettext_lazy("what I did", "Meeting")),
    (Channel.VISIT, pgettext_lazy("what I did", "Visited the client")),
]
OUTCOMES: list[tuple[str, Promise]] = [
    (ContactOutcome.REACHED, pgettext_lazy("how it went", "Reached the client")),
    (ContactOutcome.NO_ANSWER, pgettext_lazy("how it went", "No answer")),
    (ContactOutcome.LEFT_MESSAGE, pgettext_lazy("how it went", "Left a message")),
    (ContactOutcome.SENT, pgettext_lazy("how it went", "Sent, no answer yet")),
    (ContactOutcome.DID_NOT_COME, pgettext_lazy("how it went", "The client did not come")),
]
# with a municipality that uses the program, the transfer itself closes the matter
OUTCOME_WORDS = {Outcome.TRANSFERRED: _("Transferred to a municipality that does not use this program")}
SENT_BY_ITSELF = (Channel.MESSAGE, Channel.LETTER)


class ContactForm(BesideForm, MatterForm):
    channel = forms.ChoiceField(label=_("What did you do?"), choices=CHANNELS, widget=forms.RadioSelect)
    outcome = forms.ChoiceField(label=_("How did it go?"), choices=OUTCOMES, widget=forms.RadioSelect, required=False)
    text = forms.CharField(
        label=_("What was agreed?"),
        help_text=_("May be left empty."),
        max_length=10_000,
        required=False,
        widget=textarea(),
    )
    client_words = forms.CharField(
        label=_("In the client's own words"), max_length=10_000, required=False, widget=textarea(1, "client")
    )
    day = DayField(label=_("Day"), widget=day_input(), span=PAST)
    time = forms.TimeField(label=_("Time"), widget=forms.TimeInput(attrs={"autocomplete": "off"}, format="%H.%M"))

    at_field = "time"

    def __init__(self, data: Any = None, *, matter: Matter, file: MatterFile, user: User) -> None:
        now = timezone.localtime()
        initial = {"channel": Channel.CALL, "day": now.date(), "time": now.time()}
        super().__init__(data, matter=matter, initial=initial)
        offer_act(self, file, user)
        offer_return(self, file)

    @classmethod
    def of(cls, data: Any, matter: Matter, request: MunicipalRequest) -> Self:
        return cls(data, matter=matter, file=file_of(matter, request), user=request.user)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("outcome") and "outcome" not in self.errors:
            if cleaned.get("channel") in SENT_BY_ITSELF:
                cleaned["outcome"] = ContactOutcome.SENT
            else:
                self.add_error("outcome", _("Choose how it went."))
        if cleaned.get("day") and cleaned.get("time"):
            moment = datetime.datetime.combine(cleaned["day"], cleaned["time"])
            cleaned["at"] = timezone.make_aware(moment)
        if cleaned.get("act") and cleaned.get("outcome") != ContactOutcome.REACHED:
            self.add_error("act", _("The client was not reached: this cannot have been done with the client."))
        return cleaned

    @property
    def now_words(self) -> datetime.datetime:
        return timezone.now()


class WaitForm(MatterForm):
    state = forms.ChoiceField(
        label=_("What is waited for?"),
        choices=[(state, state.label) for state in (MatterState.WAITING_CLIENT, MatterState.WAITING_INFORMATION)],
        widget=forms.RadioSelect,
    )
    until = DayField(label=_("Until which day?"), widget=day_input())
    reason = forms.CharField(
        label=_("What exactly?"), help_text=_("May be left empty."), max_length=1000, required=False, widget=textarea()
    )


class Outcomes(forms.RadioSelect):
    """One of `impossible` cannot be chosen; sent all the same, it is the verb that refuses it, with the reason."""

    impossible: frozenset[str] = frozenset()

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if str(value) in self.impossible and not option["selected"]:
            option["attrs"]["disabled"] = True
        return option


class CloseForm(MatterForm):
    outcome = forms.ChoiceField(label=_("How did the matter end?"), widget=Outcomes)
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Needed when the client declined, or the matter was transferred, wrong or withdrawn."),
        max_length=2000,
        required=False,
        widget=textarea(),
    )

    def __init__(self, data: Any = None, *, matter: Matter, file: MatterFile, **kwargs: Any) -> None:
        super().__init__(data, matter=matter, **kwargs)
        outcomes = outcomes_for(matter.kind)
        choices: list[tuple[str, Any]] = [(value, OUTCOME_WORDS.get(value, value.label)) for value in outcomes]
        set_choices(self, "outcome", choices)
        if Outcome.NOT_REACHED in outcomes and (words := why_not_unreached(file)):
            field = self.fields["outcome"]
            field.help_text = str(words)
            field.widget.impossible = frozenset({Outcome.NOT_REACHED.value})

    @classmethod
    def of(cls, data: Any, matter: Matter, request: MunicipalRequest) -> Self:
        return cls(data, matter=matter, file=MatterFile(matter, LocalSettings.objects.as_read(request.municipality)))


class ReopenForm(MatterForm):
    reason = forms.CharField(label=_("Why is the matter opened again?"), max_length=2000, widget=textarea())


class HandOverForm(MatterForm):
    to = forms.ModelChoiceField(label=_("To whom?"), queryset=User.objects.none(), empty_label=_("Choose a colleague"))
    note = forms.CharField(
        label=_("Message"), help_text=_("May be left empty."), max_length=1000, required=False, widget=textarea()
    )

    def __init__(self, data: Any = None, *, matter: Matter, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(data, matter=matter, **kwargs)
        colleagues = caseworkers(municipality)
        if matter.assignee_id:
            colleagues = colleagues.exclude(pk=matter.assignee_id)
        self.fields["to"].queryset = colleagues  # type: ignore[attr-defined]

    @classmethod
    def of(cls, data: Any, matter: Matter, request: MunicipalRequest) -> Self:
        return cls(data, matter=matter, municipality=request.municipality)
