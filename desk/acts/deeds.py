"""What was done about a matter, a wrong mark taken back, and the day on which one returns to it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.acts.kinds import wanted, wanted_now
from cases.acts.verbs import record_act, take_back_act
from cases.matters import rules
from cases.matters.returning import remind
from cases.models import Matter, MatterState
from desk.acts.forms import ActForm, RemindForm, TakeBackForm
from desk.acts.words import OTHER, START
from desk.matter.deeds import Deed, Situation, Values, register
from municipalities.requests import MunicipalRequest


def words_of_act(here: Situation) -> Promise:
    return START.get(wanted_now(here.file), OTHER)


def place_of_act(here: Situation) -> int:
    """Before the contact where one's own matter waits for it; after a letter or a decision whose turn it is."""
    begun = here.mine and here.matter.state != MatterState.NEW
    return 36 if begun and wanted(here.file) else 48


def act(request: MunicipalRequest, matter: Matter, values: Values) -> None:
    names = ("how", "note", "version")
    record_act(
        request.user,
        matter,
        values["kind"],
        values["day"],
        return_on=values.get("return_on"),
        **{name: values[name] for name in names},
    )


def take_back(request: MunicipalRequest, matter: Matter, values: Values) -> None:
    take_back_act(request.user, matter, values["act"], values["reason"], version=values["version"])


register(
    Deed(
        "act",
        "tehty",
        words_of_act,
        rules.ACT,
        place_of_act,
        act,
        _("What was done was saved."),
        word="tehty",
        title=_("Record what was done"),
        save=_("Save what was done"),
        form=ActForm,
    )
)
register(
    Deed(
        "take_back_act",
        "peru-merkinta",
        _("Take back a wrong mark…"),
        rules.TAKE_BACK_ACT,
        86,
        take_back,
        _("The mark was taken back."),
        word="peru-merkinta",
        title=_("Take back a wrong mark"),
        save=_("Take the mark back"),
        form=TakeBackForm,
        shape="more",
    )
)
register(
    Deed(
        "remind",
        "muistuta",
        _("Remind me…"),
        rules.REMIND,
        55,
        lambda request, matter, values: remind(request.user, matter, values["day"], version=values["version"]),
        _("The reminder was saved."),
        word="muistuta",
        title=_("When do you return to the matter?"),
        save=_("Save the reminder"),
        form=RemindForm,
        shape="quiet",
    )
)
