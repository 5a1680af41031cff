"""What an admin did, as a sentence."""

import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from municipalities.models import AdminAction, LocalSettings, RightRequest, Role

Kind = AdminAction.Kind
OF_REQUESTS = {
    Kind.ASKED_RIGHT,
    Kind.CONFIRMED_RIGHT,
    Kind.REFUSED_RIGHT,
    Kind.WITHDREW_RIGHT,
    Kind.ACCEPTED_RIGHT,
    Kind.DECLINED_RIGHT,
}


def action_words(action: AdminAction) -> str:
    """ "Antoi roolin: sosiaalityöntekijä, Eteläinen tiimi, 1.11.2018 alkaen"."""
    words = action.get_kind_display()
    parts = list(filter(None, [role_words(action.details), change_words(action), *who_words(action.details)]))
    return f"{words}: {', '.join(parts)}" if parts else words


def role_words(details: dict[str, Any]) -> str:
    return ", ".join(filter(None, [role_name(details.get("role", "")), details.get("unit", "")]))


def change_words(action: AdminAction) -> str:
    details = action.details
    if action.kind == Kind.ENDED_MEMBERSHIP:
        return end_words(action)
    if action.kind == Kind.CHANGED_UNIT:
        return _("to %(unit)s") % {"unit": details["to"] or _("no unit")}
    if action.kind == Kind.GAVE_MEMBERSHIP:
        words = [_("from %(day)s") % {"day": day(details["starts"])}]
        if details["ends"]:
            words.append(_("until %(day)s") % {"day": day(details["ends"])})
        return ", ".join(words)
    if action.kind == Kind.EXTENDED_MEMBERSHIP:
        return _("last day %(day)s") % {"day": day(details["ends"])}
    if action.kind in OF_REQUESTS:
        return str(RightRequest.What(details["what"]).label)
    if action.kind == Kind.CHANGED_SETTINGS:
        return ", ".join(str(LocalSettings._meta.get_field(name).verbose_name) for name in details["fields"])  # type: ignore[union-attr]
    return ""


def end_words(action: AdminAction) -> str:
    """Ended at once, a role has the day before as its last one, and one that had not begun has none."""
    ended, of_deed = details_day(action, "ended"), timezone.localdate(action.at)
    if ended >= of_deed:
        return _("last day %(day)s") % {"day": day(action.details["ended"])}
    if details_day(action, "starts") > of_deed:
        return _("before it began")
    return _("at once")


def details_day(action: AdminAction, name: str) -> datetime.date:
    return datetime.date.fromisoformat(action.details[name])


def who_words(details: dict[str, Any]) -> list[str]:
    """Who asked, who confirmed and why, where it was not the one whose deed this was."""
    words = []
    if details.get("asked_by"):
        words.append(_("asked by %(name)s") % {"name": details["asked_by"]})
    if details.get("confirmed_by"):
        words.append(_("confirmed by %(name)s") % {"name": details["confirmed_by"]})
    if details.get("reason"):
        words.append(_("reason: %(reason)s") % {"reason": details["reason"]})
    return words


def role_name(role: str) -> str:
    return str(Role(role).label) if role in Role.values else ""


def day(text: str) -> str:
    return date_format(datetime.date.fromisoformat(text), "SHORT_DATE_FORMAT")
