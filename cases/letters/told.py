"""The sentences of letters and appointments; registered when this module is imported (`CasesConfig`)."""

import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import Event
from cases.models.appointment import AppointmentState
from cases.models.letter import LetterKind
from cases.timeline.sentences import name_of, sentence_for, who, with_reason
from core.dates import moment

MADE: dict[Any, Promise] = {
    LetterKind.NOT_REACHED: gettext_lazy("%(who)s made a letter: we tried to reach you."),
    LetterKind.INFORMATION_REQUEST: gettext_lazy("%(who)s made a letter: request for missing information."),
    LetterKind.APPOINTMENT: gettext_lazy("%(who)s made a letter: invitation to an appointment."),
}
CORRECTED: dict[Any, Promise] = {
    AppointmentState.OFFERED: gettext_lazy("%(who)s took back what was marked of the time %(time)s."),
    AppointmentState.MET: gettext_lazy("%(who)s corrected the mark: the client came, %(time)s."),
    AppointmentState.MISSED: gettext_lazy("%(who)s corrected the mark: the client did not come, %(time)s."),
    AppointmentState.CANCELLED_BY_CLIENT: gettext_lazy(
        "%(who)s corrected the mark: the client had cancelled the time %(time)s."
    ),
    AppointmentState.CANCELLED_BY_OFFICE: gettext_lazy(
        "%(who)s corrected the mark: the office had cancelled the time %(time)s."
    ),
}


@sentence_for("letter.made", "letter")
def letter_made(event: Event) -> str:
    words = MADE.get(event.data["letter_kind"], gettext_lazy("%(who)s made a letter."))
    return str(words) % {"who": who(event)}


@sentence_for("letter.deleted", "letter")
def letter_deleted(event: Event) -> str:
    return _("%(who)s deleted a letter that was not sent.") % {"who": who(event)}


@sentence_for("appointment.offered", "meet")
def offered(event: Event) -> str:
    names = {"who": who(event), "time": time_of(event), "to": name_of(event, event.data["user"])}
    words = _("%(who)s offered a time: %(time)s, %(to)s.")
    if event.data.get("place"):
        names["place"] = event.data["place"]
        words = _("%(who)s offered a time: %(time)s, %(to)s, %(place)s.")
    return words % names


@sentence_for("appointment.cancelled", "meet")
def cancelled(event: Event) -> str:
    words = (
        _("The client cancelled the time %(time)s. %(who)s recorded it.")
        if event.data["state"] == AppointmentState.CANCELLED_BY_CLIENT
        else _("%(who)s cancelled the time %(time)s.")
    )
    return with_reason(words % {"who": who(event), "time": time_of(event)}, event)


@sentence_for("appointment.moved", "meet")
def moved(event: Event) -> str:
    new = moment(datetime.datetime.fromisoformat(event.data["new"]))
    names = {"who": who(event), "time": time_of(event), "new": new}
    if event.data["state"] == AppointmentState.CANCELLED_BY_CLIENT:
        return _("The time %(time)s was moved at the client's wish. The new one is %(new)s.") % names
    return _("%(who)s moved the time %(time)s. The new one is %(new)s.") % names


@sentence_for("appointment.corrected", "meet")
def corrected(event: Event) -> str:
    return str(CORRECTED[event.data["state"]]) % {"who": who(event), "time": time_of(event)}


def time_of(event: Event) -> str:
    return moment(datetime.datetime.fromisoformat(event.data["time"]))
