"""A request as a sentence, and what an admin is told of where it stands."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from municipalities.models import RightRequest
from municipalities.rights.verbs import Outcome

What = RightRequest.What
State = RightRequest.State


def request_words(wanted: RightRequest) -> str:
    """ "Rooli: sosiaalityöntekijä, Eteläinen tiimi, 13.11.2018 alkaen"."""
    if wanted.what == What.SECOND_FACTOR:
        return _("Reset of the two-step sign-in")
    if wanted.what == What.RESTORE:
        return _("The account back into use")
    if wanted.what == What.UNIT:
        before = wanted.membership.unit if wanted.membership else None
        if before == wanted.unit:  # it has happened
            return f"{held_role(wanted)}, {wanted.unit or _('no unit')}"
        return _("%(role)s: from %(before)s to %(unit)s") % {
            "role": held_role(wanted),
            "before": before or _("no unit"),
            "unit": wanted.unit or _("no unit"),
        }
    if wanted.what == What.LONGER:
        return _("%(role)s: last day %(day)s") % {"role": held_role(wanted), "day": short(wanted.ends)}
    return role_words(wanted)


def role_words(wanted: RightRequest) -> str:
    parts = [wanted.get_role_display(), wanted.unit.name if wanted.unit else ""]
    parts.append(_("from %(day)s") % {"day": short(wanted.starts)})
    if wanted.ends:
        parts.append(_("until %(day)s") % {"day": short(wanted.ends)})
    return ", ".join(filter(None, parts))


def held_role(wanted: RightRequest) -> str:
    return str(wanted.membership.get_role_display()) if wanted.membership else _("a role that has ended")


def short(day: object) -> str:
    return str(date_format(day, "SHORT_DATE_FORMAT")) if day else ""  # type: ignore[arg-type]


def standing(outcome: Outcome, done: str) -> str:
    """What the asker is told; `done` where it came into force at once."""
    if outcome.state == State.SECOND:
        return _("This waits for a second person: another admin or a supervisor confirms or refuses it within 7 days.")
    if outcome.state == State.PERSON:
        return _("The account was made by others, so the person signs in and accepts the role first, within 7 days.")
    return done
