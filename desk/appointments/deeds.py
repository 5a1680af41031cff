"""Offering a time about an open matter."""

from typing import Any

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cases.appointments.verbs import offer
from cases.models import Appointment, Matter, MatterKind
from cases.models.appointment import AppointmentState
from desk.appointments.forms import OfferForm
from desk.matter.deeds import Deed, Situation, always, register
from desk.shell import by_form
from municipalities.models.membership import CASEWORK
from municipalities.requests import MunicipalRequest, roles


def place_of_offer(here: Situation) -> int | None:
    """Near the contact; before it when a discussion was asked for and no time has been offered."""
    if not here.matter.is_open:
        return None
    if here.matter.kind == MatterKind.DISCUSSION and here.mine:
        offered = Appointment.objects.filter(matter=here.matter, state=AppointmentState.OFFERED).exists()
        return 45 if offered else 38
    return 45


register(
    Deed(
        "offer",
        always(gettext_lazy("Offer a time…")),
        place_of_offer,
        word="varaa",
        title=always(gettext_lazy("Offer a time")),
        save=always(gettext_lazy("Offer the time")),
        make=lambda data, matter, request: OfferForm(
            data, matter=matter, municipality=request.municipality, user=request.user
        ),
    )
)


@roles(*CASEWORK)
@require_POST
def matter_offer(request: MunicipalRequest, pk: int) -> HttpResponseBase:
    def act(matter: Matter, values: dict[str, Any]) -> None:
        names = ("at", "worker", "place", "note")
        offer(request.user, matter.client, matter=matter, **{name: values[name] for name in names})

    return by_form(request, pk, "offer", act, _("The time was offered. An invitation letter can be made of it."))
