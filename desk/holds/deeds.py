"""Letting a matter on hold go before its turn."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cases.holds import verbs as holding
from desk.matter.deeds import Deed, Situation, always, register
from desk.shell import at_once
from municipalities.models.membership import CASEWORK
from municipalities.requests import MunicipalRequest, roles


def place_of_release(here: Situation) -> int | None:
    return 20 if here.matter.held_since and here.may_decide else None


register(Deed("release", always(gettext_lazy("Release from the hold")), place_of_release))


@roles(*CASEWORK)
@require_POST
def matter_release(request: MunicipalRequest, pk: int) -> HttpResponse:
    return at_once(request, pk, holding.release, _("The matter is with those that anybody may take."))
