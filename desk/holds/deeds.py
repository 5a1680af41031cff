"""Letting a matter on hold go before its turn."""

from django.utils.translation import gettext_lazy as _

from cases.holds.verbs import release
from cases.matters import rules
from desk.matter.deeds import Deed, register

register(
    Deed(
        "release",
        "vapauta",
        _("Release from the hold"),
        rules.RELEASE,
        20,
        lambda request, matter, _values: release(request.user, matter),
        _("The matter is with those that anybody may take."),
    )
)
