"""What an admin did, as a sentence."""

import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from municipalities.models import AdminAction, LocalSettings, Role

Kind = AdminAction.Kind


def action_words(action: AdminAction) -> str:
    """ "Antoi roolin: sosiaalityöntekijä, Eteläinen tiimi, 1.11.2018 alkaen"."""
    words = action.get_kind_display()
    parts = list(filter(None, [role_words(action.details), change_words(action)]))
    return f"{words}: {', '.join(parts)}" if parts else words


def role_words(details: dict[str, Any]) -> str:
    return ", ".join(filter(None, [role_name(details.get("role", "")), details.get("unit", "")]))


def change_words(action: AdminAction) -> str:
    details = action.details
    if action.kind == Kind.ENDED_MEMBERSHIP:
        return _("last day %(day)s") % {"day": day(details["ended"])}
    if action.kind == Kind.CHANGED_UNIT:
        return _("to %(unit)s") % {"unit": details["to"] or _("no unit")}
    if action.kind == Kind.GAVE_MEMBERSHIP:
        words = [_("from %(day)s") % {"day": day(details["starts"])}]
        if details["ends"]:
            words.append(_("until %(day)s") % {"day": day(details["ends"])})
        return ", ".join(words)
    if action.kind == Kind.CHANGED_SETTINGS:
        return ", ".join(str(LocalSettings._meta.get_field(name).verbose_name) for name in details["fields"])  # type: ignore[union-attr]
    return ""


def role_name(role: str) -> str:
    return str(Role(role).label) if role in Role.values else ""


def day(text: str) -> str:
    return date_format(datetime.date.fromisoformat(text), "SHORT_DATE_FORMAT")
