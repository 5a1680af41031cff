"""The deeds that every matter knows: take, contact, wait, hand over, close, open again."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.matters.life import can_undo_take
from cases.models import Matter, MatterState
from desk.matter.deeds import Deed, Situation, always, register, when_deciding
from desk.matter.forms import CloseForm, ContactForm, HandOverForm, MatterForm, ReopenForm, WaitForm
from desk.transfers.shown import is_elsewhere, is_moving
from municipalities.requests import MunicipalRequest


def place_of_take(here: Situation) -> int | None:
    free = here.matter.assignee_id is None or (here.mine and here.matter.state == MatterState.NEW)
    return 10 if here.matter.is_open and here.may_decide and free else None


def place_of_resume(here: Situation) -> int | None:
    return 20 if here.matter.is_open and here.may_decide and here.matter.waiting_until else None


def place_of_contact(here: Situation) -> int | None:
    return 40 if here.matter.is_open else None


def place_of_wait(here: Situation) -> int | None:
    can = here.may_decide and here.matter.assignee_id and not here.matter.waiting_until and not is_moving(here.matter)
    return 50 if here.matter.is_open and can else None


def place_of_close(here: Situation) -> int | None:
    if not here.matter.is_open or not here.may_decide or is_moving(here.matter):
        return None
    return 30 if here.decides else 80


def place_of_undo(here: Situation) -> int | None:
    return 90 if here.matter.is_open and can_undo_take(here.user, here.matter) else None


def place_of_reopen(here: Situation) -> int | None:
    return None if here.matter.is_open or is_elsewhere(here.matter) else 20


def place_of_acknowledge(here: Situation) -> int | None:
    return 10 if not here.matter.is_open and here.matter.changed_after_closing else None


def close_words(application: Promise, other: Promise) -> Any:
    return lambda here: application if here.matter.kind == "application" else other


def hand_over_form(data: Any, matter: Matter, request: MunicipalRequest) -> MatterForm:
    return HandOverForm(data, matter=matter, municipality=request.municipality)


register(Deed("take", always(_("Take")), place_of_take))
register(Deed("resume", always(_("Go on")), place_of_resume))
register(Deed("undo_take", always(_("Undo taking")), place_of_undo, shape="quiet"))
register(Deed("acknowledge", always(_("Seen, stays closed")), place_of_acknowledge))
CONTACT = register(
    Deed(
        "contact",
        always(_("Record a contact")),
        place_of_contact,
        word="kirjaa",
        title=always(_("Record a contact")),
        save=always(_("Save the contact")),
        make=lambda data, matter, _request: ContactForm(data, matter=matter),
        fields="desk/matter/contact_fields.html",
    )
)
register(
    Deed(
        "wait",
        always(_("Set waiting…")),
        place_of_wait,
        word="odota",
        title=always(_("Set waiting")),
        save=always(_("Set waiting")),
        make=lambda data, matter, _request: WaitForm(data, matter=matter),
    )
)
register(
    Deed(
        "hand_over",
        always(_("Hand over…")),
        when_deciding(60),
        word="siirra",
        title=always(_("Hand over")),
        save=always(_("Hand over")),
        make=hand_over_form,
        shape="quiet",
    )
)
register(
    Deed(
        "close",
        close_words(_("Decide…"), _("Close…")),
        place_of_close,
        word="sulje",
        title=close_words(_("Decide on the application"), _("Close the matter")),
        save=close_words(_("Save the decision"), _("Close the matter")),
        make=lambda data, matter, _request: CloseForm(data, matter=matter),
        shape="quiet",
    )
)
register(
    Deed(
        "reopen",
        always(_("Open again…")),
        place_of_reopen,
        word="avaa",
        title=always(_("Open the matter again")),
        save=always(_("Open the matter again")),
        make=lambda data, matter, _request: ReopenForm(data, matter=matter),
    )
)
