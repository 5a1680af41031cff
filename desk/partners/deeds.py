"""Handing a client over to a partner, from the open matter."""

from django.utils.translation import gettext_lazy as _

from cases.matters import rules
from cases.models import Matter
from cases.partners.verbs import send_to_partner
from desk.matter.deeds import Deed, Values, register
from desk.partners.forms import ToPartnerForm
from municipalities.requests import MunicipalRequest


def send(request: MunicipalRequest, matter: Matter, values: Values) -> None:
    send_to_partner(
        request.user,
        matter,
        values["partner"],
        told=values["told"],
        consent=values["consent"] == "yes",
        ground=values["ground"],
        version=values["version"],
    )


register(
    Deed(
        "partner",
        "kumppanille",
        _("Hand over to a partner…"),
        rules.TO_PARTNER,
        65,
        send,
        _("The hand-over was saved. The partner's answer is waited for."),
        word="kumppanille",
        title=_("Hand over to a partner"),
        save=_("Save the hand-over"),
        form=ToPartnerForm,
        shape="more",
    )
)
