"""Handing a client over to a partner, from the open matter."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cases.models import Handover, Matter, Partner
from cases.models.partner import HandoverState
from cases.partners.verbs import send_to_partner
from desk.matter.deeds import Deed, Situation, always, register
from desk.matter.forms import MatterForm, textarea
from desk.shell import by_form
from desk.transfers.shown import is_moving
from municipalities.models.membership import CASEWORK
from municipalities.requests import MunicipalRequest, roles

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


def form_for_partner(data: Any, matter: Matter, request: MunicipalRequest) -> MatterForm:
    """With the partner that a rule has proposed, the latest where there are several."""
    proposal = Handover.objects.filter(matter=matter, state=HandoverState.PROPOSED).select_related("partner").first()
    return ToPartnerForm(data, matter=matter, proposed=proposal.partner if proposal else None)


def place_of_partner(here: Situation) -> int | None:
    return 65 if here.matter.is_open and here.may_decide and not is_moving(here.matter) else None


register(
    Deed(
        "partner",
        always(gettext_lazy("Hand over to a partner…")),
        place_of_partner,
        word="kumppanille",
        title=always(gettext_lazy("Hand over to a partner")),
        save=always(gettext_lazy("Save the hand-over")),
        make=form_for_partner,
        shape="more",
    )
)


@roles(*CASEWORK)
@require_POST
def matter_partner(request: MunicipalRequest, pk: int) -> HttpResponseBase:
    def act(matter: Matter, values: dict[str, Any]) -> None:
        send_to_partner(
            request.user,
            matter,
            values["partner"],
            told=values["told"],
            consent=values["consent"] == "yes",
            ground=values["ground"],
            version=values["version"],
        )

    return by_form(request, pk, "partner", act, _("The hand-over was saved. The partner's answer is waited for."))
