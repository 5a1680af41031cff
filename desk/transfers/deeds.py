"""The deeds of a transfer: ask another municipality, accept, return, revoke."""

from django.utils.translation import gettext_lazy as _

from cases.matters import rules
from cases.models import Matter
from cases.transfers import verbs
from desk.matter.deeds import Deed, Values, register
from desk.transfers.forms import ReturnForm, RevokeForm, TransferForm
from municipalities.requests import MunicipalRequest


def ask(request: MunicipalRequest, matter: Matter, values: Values) -> None:
    verbs.request_transfer(request.user, matter, values["place"], values["reason"], version=values["version"])


def give_back(request: MunicipalRequest, matter: Matter, values: Values) -> None:
    verbs.give_back(request.user, matter, values["reason"], version=values["version"])


def revoke(request: MunicipalRequest, matter: Matter, values: Values) -> None:
    verbs.revoke(request.user, matter, values["reason"], version=values["version"])


register(
    Deed(
        "transfer",
        "kunnansiirto",
        _("Transfer to another municipality…"),
        rules.TRANSFER,
        85,
        ask,
        _("The matter waits for the other municipality's answer."),
        word="kunta",
        title=_("Transfer to another municipality"),
        save=_("Ask the municipality to take the matter"),
        form=TransferForm,
        template="desk/transfers/fields.html",
        shape="more",
        ends=True,
    )
)
register(
    Deed(
        "transfer_accept",
        "kunnansiirto/hyvaksy",
        _("Accept the transfer"),
        rules.ANSWER_TRANSFER,
        3,
        lambda request, matter, _values: verbs.accept(request.user, matter),
        _("The transfer was accepted: the matter is this municipality's."),
    )
)
register(
    Deed(
        "transfer_return",
        "kunnansiirto/palauta",
        _("Return…"),
        rules.ANSWER_TRANSFER,
        5,
        give_back,
        _("The matter was returned."),
        word="palauta",
        title=_("Return the matter"),
        save=_("Return the matter"),
        form=ReturnForm,
    )
)
register(
    Deed(
        "transfer_revoke",
        "kunnansiirto/peru",
        _("Revoke the transfer…"),
        rules.REVOKE_TRANSFER,
        55,
        revoke,
        _("The transfer was revoked. The matter goes on here."),
        word="peru",
        title=_("Revoke the transfer"),
        save=_("Revoke the transfer"),
        form=RevokeForm,
    )
)
