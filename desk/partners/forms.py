"""The form of handing a client over to a partner."""

from typing import TYPE_CHECKING, Any, Self

from django import forms
from django.utils.translation import gettext_lazy

from cases.models import Handover, Matter, Partner
from cases.models.partner import HandoverState
from desk.matter.forms import MatterForm, textarea
from municipalities.requests import MunicipalRequest

if TYPE_CHECKING:
    PartnerChoice = forms.ModelChoiceField[Partner]
else:
    PartnerChoice = forms.ModelChoiceField


class PartnerField(PartnerChoice):
    def label_from_instance(self, obj: Partner) -> str:
        return f"{obj.name} ({obj.get_kind_display()})"


class ToPartnerForm(MatterForm):
    partner = PartnerField(
        queryset=Partner.objects.none(), label=gettext_lazy("To which partner?"), empty_label=gettext_lazy("Choose")
    )
    told = forms.CharField(
        label=gettext_lazy("What was told to the partner?"),
        help_text=gettext_lazy("Tell no more than the partner needs."),
        max_length=10_000,
        widget=textarea(3),
    )
    consent = forms.ChoiceField(
        label=gettext_lazy("Does the client agree?"),
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No, or not asked"))],
        widget=forms.RadioSelect,
    )
    ground = forms.CharField(
        label=gettext_lazy("On what ground without consent?"),
        help_text=gettext_lazy("Needed when the client has not agreed: the section of the law, and why."),
        max_length=2000,
        required=False,
        widget=textarea(),
    )

    def __init__(self, data: Any = None, *, matter: Matter, proposed: Partner | None) -> None:
        super().__init__(data, matter=matter, initial={"partner": proposed})
        partners = Partner.objects.filter(municipality=matter.municipality_id, ended=None)
        self.fields["partner"].queryset = partners  # type: ignore[attr-defined]

    @classmethod
    def of(cls, data: Any, matter: Matter, request: MunicipalRequest) -> Self:
        """With the partner that a rule has proposed, the latest where there are several."""
        proposals = Handover.objects.filter(matter=matter, state=HandoverState.PROPOSED).select_related("partner")
        proposal = proposals.first()
        return cls(data, matter=matter, proposed=proposal.partner if proposal else None)
