"""A row of the security log in words: what happened, and what the row holds beside people."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import SecurityEvent, User
from municipalities.models import RightRequest, Role
from municipalities.security_log.page_names import page_name

Kind = SecurityEvent.Kind
What = RightRequest.What
State = RightRequest.State


def event_words(event: SecurityEvent) -> str:
    """What happened. One kind of event holds several that are not the same to whoever reads."""
    facts = event.facts
    if event.kind == Kind.RIGHT_REFUSED:
        return _refused(str(facts.get("state", "")), ran_out=bool(facts.get("ran_out"))) or event.get_kind_display()
    if event.kind == Kind.RIGHT_GIVEN:
        return _given(event) or event.get_kind_display()
    return event.get_kind_display()


def _refused(state: str, *, ran_out: bool) -> str:
    if ran_out or state == State.RAN_OUT:
        return _("What was asked for lapsed: nobody answered in time")
    if state == State.WITHDRAWN:
        return _("Took back what was asked for")
    if state == State.DECLINED:
        return _("Did not take the offered role")
    return ""


def _given(event: SecurityEvent) -> str:
    what = event.facts.get("what")
    if what == What.UNIT:
        return _("The unit of a role was changed")
    if what == What.LONGER:
        return _("A role was given a later last day")
    if event.actor_id is not None and event.actor_id == event.person_id:
        return _("Took the offered role")
    return ""


def facts_in_words(event: SecurityEvent, names: Mapping[int, str]) -> str:
    """What the event holds beside people. A fact that has no words of its own is for other systems, not for a page."""
    return ", ".join(filter(None, [*_of_right(event, names), *_of_sign_in(event), *_of_page(event)]))


def _of_right(event: SecurityEvent, names: Mapping[int, str]) -> Iterable[str]:
    facts = event.facts
    if event.kind in {Kind.RIGHT_ASKED, Kind.RIGHT_REFUSED} and facts.get("what") in What.values:
        yield str(What(facts["what"]).label)
    if facts.get("role"):
        yield str(dict(Role.choices).get(str(facts["role"]), facts["role"]))
    if (starts := _day(facts.get("starts"))) and starts > event.at.date():
        yield _("from %(day)s") % {"day": date_format(starts, "SHORT_DATE_FORMAT")}
    if name := names.get(facts.get("asked_by") or 0):
        yield _("asked by %(name)s") % {"name": name}
    confirmed_by = facts.get("confirmed_by") or 0
    if confirmed_by != event.actor_id and (name := names.get(confirmed_by)):
        yield _("confirmed by %(name)s") % {"name": name}


def _of_sign_in(event: SecurityEvent) -> Iterable[str]:
    facts = event.facts
    if event.kind == Kind.SIGNED_IN:
        yield _("with a second factor") if facts.get("second_factor") else _("with the password only")
    if event.kind == Kind.SIGN_IN_FAILED and not facts.get("known"):
        yield _("no such account")
    if event.kind == Kind.SIGNED_OUT and facts.get("ran_out"):
        yield _("the session had ended")
    if minutes := facts.get("minutes"):
        yield ngettext("for %(n)s minute", "for %(n)s minutes", minutes) % {"n": minutes}


def _of_page(event: SecurityEvent) -> Iterable[str]:
    facts = event.facts
    if shown := facts.get("shown"):
        yield ngettext("%(n)s look within an hour", "%(n)s looks within an hour", shown) % {"n": shown}
    if facts.get("by") == "command":
        yield _("by a command on the server")
    if facts.get("page"):
        yield page_name(str(facts["page"]))


def names_in(events: Iterable[SecurityEvent]) -> dict[int, str]:
    """Of those whom only the facts name: who asked and who confirmed; one statement for a page."""
    wanted = {event.facts.get(name) for event in events for name in ("asked_by", "confirmed_by")} - {None}
    return dict(User.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}


def _day(text: Any) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None
