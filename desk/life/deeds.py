"""The deeds that every matter knows: take, contact, wait, hand over, close, open again."""

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.acts.verbs import record_act
from cases.contacts.verbs import record_contact
from cases.matters import life, rules
from cases.models import Matter, MatterKind
from desk.acts.forms import kind_of
from desk.life.forms import CloseForm, ContactForm, HandOverForm, ReopenForm, WaitForm
from desk.matter.deeds import Deed, Situation, Values, Words, register
from municipalities.requests import MunicipalRequest


def by_kind(application: Promise, other: Promise) -> Words:
    return lambda here: application if here.matter.kind == MatterKind.APPLICATION else other


def place_of_close(here: Situation) -> int:
    return 30 if here.decides_application else 80


def contact(request: MunicipalRequest, matter: Matter, values: Values) -> None:
    """With the act that was ticked beside it, both or neither."""
    names = ("channel", "outcome", "at", "text", "client_words")
    return_on, kind = values.get("return_on"), kind_of(values)
    record_contact(
        request.user,
        matter.client,
        matter=matter,
        must_be_open=True,
        return_on=None if kind or matter.due else return_on,
        **{name: values[name] for name in names},
    )
    if kind:
        day = timezone.localdate(values["at"])
        record_act(request.user, matter, kind, day, how=values["channel"], return_on=return_on)


def wait(request: MunicipalRequest, matter: Matter, values: Values) -> None:
    life.set_waiting(
        request.user, matter, values["state"], values["until"], values["reason"], version=values["version"]
    )


def hand_over(request: MunicipalRequest, matter: Matter, values: Values) -> None:
    verb = life.assign if request.access.all_units else life.hand_over
    verb(request.user, matter, values["to"], values["note"], version=values["version"])


def close(request: MunicipalRequest, matter: Matter, values: Values) -> None:
    life.close(request.user, matter, values["outcome"], values["reason"], version=values["version"])


def reopen(request: MunicipalRequest, matter: Matter, values: Values) -> None:
    life.reopen(request.user, matter, values["reason"], version=values["version"])


register(
    Deed(
        "take",
        "ota",
        _("Take"),
        rules.TAKE,
        10,
        lambda request, matter, _values: life.take(request.user, matter),
        _("The matter is now yours."),
    )
)
register(
    Deed(
        "resume",
        "jatka",
        _("Go on"),
        rules.RESUME,
        20,
        lambda request, matter, _values: life.resume(request.user, matter),
        _("The matter goes on."),
    )
)
register(
    Deed(
        "undo_take",
        "peru-ottaminen",
        _("Undo taking"),
        rules.UNDO_TAKE,
        90,
        lambda request, matter, _values: life.undo_take(request.user, matter),
        _("The matter is back where it was."),
        shape="quiet",
    )
)
register(
    Deed(
        "acknowledge",
        "kuittaa-muutos",
        _("Seen, stays closed"),
        rules.ACKNOWLEDGE,
        10,
        lambda request, matter, _values: life.acknowledge_change(request.user, matter),
        _("The matter stays closed."),
    )
)
register(
    Deed(
        "contact",
        "yhteydenotto",
        _("Record a contact"),
        rules.CONTACT,
        40,
        contact,
        _("The contact was saved."),
        word="kirjaa",
        save=_("Save the contact"),
        form=ContactForm,
        template="desk/matter/contact_fields.html",
        fields={"at": "time"},
    )
)
register(
    Deed(
        "wait",
        "odota",
        _("Set waiting…"),
        rules.WAIT,
        50,
        wait,
        _("The matter waits."),
        word="odota",
        title=_("Set waiting"),
        save=_("Set waiting"),
        form=WaitForm,
    )
)
register(
    Deed(
        "hand_over",
        "siirra",
        _("Hand over…"),
        rules.PASS_ON,
        60,
        hand_over,
        _("The matter was handed over."),
        word="siirra",
        title=_("Hand over"),
        save=_("Hand over"),
        form=HandOverForm,
        shape="quiet",
    )
)
register(
    Deed(
        "close",
        "sulje",
        by_kind(_("Decide…"), _("Close…")),
        rules.CLOSE,
        place_of_close,
        close,
        _("The matter was closed."),
        word="sulje",
        title=by_kind(_("Decide on the application"), _("Close the matter")),
        save=by_kind(_("Save the decision"), _("Close the matter")),
        form=CloseForm,
        shape="quiet",
        ends=True,
    )
)
register(
    Deed(
        "reopen",
        "avaa-uudelleen",
        _("Open again…"),
        rules.REOPEN,
        20,
        reopen,
        _("The matter is open again."),
        word="avaa",
        title=_("Open the matter again"),
        save=_("Open the matter again"),
        form=ReopenForm,
    )
)
