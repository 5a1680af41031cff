"""Offering a time about an open matter."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.acts.verbs import record_act
from cases.appointments.verbs import offer
from cases.matters import rules
from cases.models import Matter, MatterKind
from desk.acts.forms import kind_of
from desk.appointments.forms import OfferForm
from desk.matter.deeds import Deed, Situation, Values, register
from municipalities.requests import MunicipalRequest


def place_of_offer(here: Situation) -> int:
    """Near the contact; before it when a discussion was asked for and no time has been offered."""
    asked = here.matter.kind == MatterKind.DISCUSSION and here.mine
    return 38 if asked and here.file.offered_time is None else 45


def offer_time(request: MunicipalRequest, matter: Matter, values: Values) -> None:
    names = ("at", "worker", "place", "note")
    time = offer(request.user, matter.client, matter=matter, **{name: values[name] for name in names})
    if kind := kind_of(values):
        record_act(request.user, matter, kind, timezone.localdate(), appointment=time)


register(
    Deed(
        "offer",
        "aika",
        _("Offer a time…"),
        rules.OFFER,
        place_of_offer,
        offer_time,
        _("The time was offered. An invitation letter can be made of it."),
        word="varaa",
        title=_("Offer a time"),
        save=_("Offer the time"),
        form=OfferForm,
        fields={"at": "time"},
    )
)
