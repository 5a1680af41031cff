"""Own worker, case, non-disclosure and restriction: short forms with one decision each."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models import Client, Matter


class People(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return ", ".join(filter(None, (obj.name, obj.title)))


class ManyPeople(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return ", ".join(filter(None, (obj.name, obj.title)))


class SelfMadeReason(forms.CharField):
    """Why somebody opens a client's data who had no relation that others made."""

    def __init__(self, *, required: bool = False) -> None:
        super().__init__(
            label=_("Why do you need the client's data in your work?"),
            help_text=_("Your supervisor reads this. It is asked because nobody else has given you this client."),
            max_length=1000,
            required=required,
            error_messages={"required": _("Write why you need the client's data in your work.")},
            widget=forms.Textarea(attrs={"rows": 2}),
        )


class OwnWorkerForm(forms.Form):
    worker = People(
        queryset=User.objects.none(),
        required=False,
        label=_("Own worker"),
        empty_label=_("Nobody for now"),
    )
    reason = SelfMadeReason()

    def __init__(self, *args: Any, people: QuerySet[User], asks_reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["worker"].queryset = people  # type: ignore[attr-defined]
        self.asks_reason = asks_reason
        if not asks_reason:
            del self.fields["reason"]


class MatterChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.get_kind_display()} {obj.arrived.day}.{obj.arrived.month}.{obj.arrived.year}"


class OpenCaseForm(forms.Form):
    """A case opens from a matter, never by a notice alone."""

    matter = MatterChoice(
        queryset=Matter.objects.none(), label=_("From which matter"), empty_label=None, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, matters: QuerySet[Matter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["matter"].queryset = matters  # type: ignore[attr-defined]
        some = list(matters[:2])
        if len(some) == 1:
            self.initial["matter"] = some[0].pk


class CloseCaseForm(forms.Form):
    ground = forms.CharField(label=_("Ground for closing"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class NonDisclosureForm(forms.Form):
    reason = forms.CharField(label=_("How it became known"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class RestrictionForm(forms.Form):
    restricted = forms.BooleanField(label=_("Only named people may see this client"), required=False)
    people = ManyPeople(
        queryset=User.objects.none(),
        required=False,
        label=_("People who may see the client"),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, client: Client, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.client = client
        self.fields["people"].queryset = people  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("restricted") and not data.get("people"):
            self.add_error("people", ValidationError(_("Name at least one person, or nobody can see the client.")))
        return data
