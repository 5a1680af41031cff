"""Asking for what is missing from an application, and what comes of it."""

from django.utils.translation import gettext_lazy as _

from cases.information import verbs
from cases.matters import rules
from cases.models import Matter
from desk.information.forms import AskForm, InformationForm, WithdrawForm
from desk.matter.deeds import Deed, Situation, Values, register
from municipalities.requests import MunicipalRequest


def place_of_information(here: Situation) -> int:
    """What is waited for comes first; what comes after the time given is rarer."""
    return 15 if here.file.open_request else 45


def ask(request: MunicipalRequest, matter: Matter, values: Values) -> None:
    items = values["items"].splitlines()
    version = values["version"]
    verbs.ask_for_information(request.user, matter, items, values["limit"], values["note"], version=version)


def came(request: MunicipalRequest, matter: Matter, values: Values) -> None:
    verbs.record_information(request.user, matter, values["came_on"], values["answer"], version=values["version"])


def withdraw(request: MunicipalRequest, matter: Matter, values: Values) -> None:
    verbs.withdraw_request(request.user, matter, values["reason"], version=values["version"])


register(
    Deed(
        "ask",
        "pyyda-tietoja",
        _("Ask for information…"),
        rules.ASK,
        35,
        ask,
        _("The request was saved. The matter waits for the information."),
        word="pyyda",
        title=_("Ask for missing information"),
        save=_("Save the request"),
        form=AskForm,
    )
)
register(
    Deed(
        "information",
        "tiedot-tulivat",
        _("The information came…"),
        rules.INFORMATION,
        place_of_information,
        came,
        _("The day of arrival was saved. The new time runs from it."),
        word="tiedot",
        title=_("The information came"),
        save=_("Save the day of arrival"),
        form=InformationForm,
    )
)
register(
    Deed(
        "withdraw_request",
        "peru-pyynto",
        _("Withdraw the request…"),
        rules.WITHDRAW,
        85,
        withdraw,
        _("The request was withdrawn."),
        word="peru-pyynto",
        title=_("Withdraw the request for information"),
        save=_("Withdraw the request"),
        form=WithdrawForm,
        shape="more",
    )
)
