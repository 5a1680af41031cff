"""The forms of acts: what was done, a wrong mark taken back, a reminder; and what stands beside a contact or a time."""

from typing import Any, Self

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.acts.kinds import kinds_for, wanted_booking, wanted_now
from cases.deadlines.next_date import default_day
from cases.matters import rules
from cases.matters.file import MatterFile
from cases.matters.returning import may_leave_none
from cases.models import Act, ActKind, Appointment, Matter
from cases.models.contact import Channel
from core.day_field import DayField
from core.day_limits import PAST
from desk.acts.words import ALONGSIDE, BOOKING, CHOICES, marked_words
from desk.matter.forms import MatterForm, day_input, set_choices, textarea
from municipalities.models import LocalSettings
from municipalities.requests import MunicipalRequest


def file_of(matter: Matter, request: MunicipalRequest) -> MatterFile:
    return MatterFile(matter, LocalSettings.objects.as_read(request.municipality))


def return_field() -> DayField:
    return DayField(
        label=_("Return to this by"),
        help_text=_(
            "Used when nothing else brings the matter back to you. Left empty, the municipality's default is set."
        ),
        required=False,
        widget=day_input(),
    )


def act_field() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=_("At the same time"), required=False, widget=forms.CheckboxSelectMultiple)


class BesideForm(forms.Form):
    """A form beside which an act is offered, and the day to return."""

    act = act_field()
    return_on = return_field()

    @property
    def beside(self) -> list[forms.BoundField]:
        """Those of the two that were offered."""
        return [self[name] for name in ("act", "return_on") if name in self.fields]


def offer_return(form: forms.Form, file: MatterFile, but: Appointment | None = None) -> None:
    """The day prefilled with the local default where the matter may be left without any; else no such field.

    `but`: the time that is being marked, which brings the matter back no more.
    """
    if may_leave_none(file, but):
        form.fields["return_on"].initial = default_day(file.settings, urgent=file.matter.urgent)
    else:
        del form.fields["return_on"]


def offer_act(form: forms.Form, file: MatterFile, user: User) -> None:
    """Beside a contact: the act that the matter's duty waits for, if this person may record it."""
    kind = wanted_now(file)
    if kind is None or kind not in ALONGSIDE or rules.ACT(user, file) is not None:
        del form.fields["act"]
    else:
        set_choices(form, "act", [(kind.value, ALONGSIDE[kind])])


def offer_booking(form: forms.Form, file: MatterFile, user: User) -> None:
    """Beside a time: that it is the booking which the matter's duty waits for."""
    kind = wanted_booking(file)
    if kind is None or rules.ACT(user, file) is not None:
        del form.fields["act"]
    else:
        set_choices(form, "act", [(kind.value, BOOKING[kind])])


class ActForm(MatterForm):
    kind = forms.ChoiceField(label=_("What was done?"), widget=forms.RadioSelect)
    day = DayField(label=_("On which day?"), widget=day_input(), span=PAST)
    how = forms.ChoiceField(label=_("How?"), choices=[("", _("Not told")), *Channel.choices], required=False)
    note = forms.CharField(
        label=_("Note"),
        help_text=_("Needed when no assessment is needed: on what grounds."),
        max_length=2000,
        required=False,
        widget=textarea(),
    )
    return_on = return_field()

    def __init__(self, data: Any = None, *, matter: Matter, file: MatterFile) -> None:
        kinds = kinds_for(file)
        super().__init__(data, matter=matter, initial={"kind": kinds[0].value, "day": timezone.localdate()})
        set_choices(self, "kind", [(kind.value, CHOICES[kind]) for kind in kinds])
        offer_return(self, file)

    @classmethod
    def of(cls, data: Any, matter: Matter, request: MunicipalRequest) -> Self:
        return cls(data, matter=matter, file=file_of(matter, request))


class StandingMark(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return marked_words(obj)


class TakeBackForm(MatterForm):
    act = StandingMark(label=_("Which mark was wrong?"), queryset=Act.objects.none(), empty_label=None)
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("The mark stays readable with your reason, and does no duty any more."),
        max_length=1000,
        widget=textarea(),
    )

    def __init__(self, data: Any = None, *, matter: Matter) -> None:
        super().__init__(data, matter=matter)
        standing = Act.objects.filter(matter=matter, taken_back_at=None).select_related("by")
        self.fields["act"].queryset = standing.order_by("-day", "-pk")  # type: ignore[attr-defined]


class RemindForm(MatterForm):
    day = DayField(
        label=_("On which day?"),
        help_text=_("Left empty, the reminder is removed."),
        required=False,
        widget=day_input(),
    )

    def __init__(self, data: Any = None, *, matter: Matter, file: MatterFile) -> None:
        set_one = matter.remind_on if matter.remind_on and matter.remind_on > timezone.localdate() else None
        day = set_one or default_day(file.settings, urgent=matter.urgent)
        super().__init__(data, matter=matter, initial={"day": day})

    @classmethod
    def of(cls, data: Any, matter: Matter, request: MunicipalRequest) -> Self:
        return cls(data, matter=matter, file=file_of(matter, request))


def kind_of(values: dict[str, Any]) -> ActKind | None:
    """What was ticked beside a contact or a time."""
    chosen = values.get("act") or []
    return ActKind(chosen[0]) if chosen else None
