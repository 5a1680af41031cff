"""Asking the client for what is missing from an application, item by item, and what comes of it."""

import datetime
from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from cases.matters import rules
from cases.matters.changing import changing
from cases.matters.rules import require
from cases.matters.waiting import end_waiting, ran_out
from cases.models import InformationRequest, Matter, MatterState
from cases.models.information_request import RequestState
from cases.timeline.events import record_event
from core.saving import NotPossible
from core.working_days import nth_working_day

USUAL_WORKING_DAYS = 10
MOST_ITEMS = 30
LONGEST_ITEM = 300
LONGEST_TIME = datetime.timedelta(days=180)


def usual_limit(today: datetime.date) -> datetime.date:
    return nth_working_day(today, USUAL_WORKING_DAYS)


def ask_for_information(
    actor: User,
    matter: Matter,
    items: Iterable[str],
    limit: datetime.date,
    note: str = "",
    *,
    version: int | None = None,
) -> InformationRequest:
    """Sending meets the duty to decide; the matter waits for the information until the limit."""
    named = _checked_items(items)
    with changing(matter, version) as file:
        require(rules.ASK, actor, file)
        today = timezone.localdate()
        if limit <= today:
            raise NotPossible(_("Choose a day after today."), "limit")
        if limit > today + LONGEST_TIME:
            raise NotPossible(_("Give at most half a year."), "limit")
        request = InformationRequest.objects.create(
            municipality_id=matter.municipality_id,
            client=matter.client,
            matter=matter,
            items=named,
            note=note.strip(),
            sent_on=today,
            limit=limit,
            by=actor,
        )
        matter.state = MatterState.WAITING_INFORMATION
        matter.waiting_until = limit
        _tell("information.asked", request, actor, until=limit.isoformat(), n=len(named))
    return request


def record_information(
    actor: User, matter: Matter, came_on: datetime.date, what: str = "", *, version: int | None = None
) -> InformationRequest:
    """What was asked for came, in time or after it: the new time runs from that day, at the latest from the limit."""
    with changing(matter, version) as file:
        require(rules.INFORMATION, actor, file)
        request = _of_rule(file.latest_request)
        if came_on > timezone.localdate():
            raise NotPossible(_("The day cannot be in the future."), "came_on")
        if came_on < request.sent_on:
            raise NotPossible(_("The information cannot have come before it was asked for."), "came_on")
        request.state = RequestState.ANSWERED
        request.answered_on, request.answer = came_on, what.strip()
        request.version += 1
        request.save()
        end_waiting(matter)
        _tell("information.came", request, actor, on=came_on.isoformat())
    return request


def withdraw_request(actor: User, matter: Matter, reason: str = "", *, version: int | None = None) -> None:
    """As if it had not been sent: the duty to decide is open again, with its old day."""
    with changing(matter, version) as file:
        require(rules.WITHDRAW, actor, file)
        request = _of_rule(file.open_request)
        request.state = RequestState.WITHDRAWN
        request.version += 1
        request.save()
        end_waiting(matter)
        _tell("information.withdrawn", request, actor, reason=reason.strip())


def expire(request: InformationRequest, today: datetime.date) -> bool:
    """The time given has run out without an answer: the waiting ends. Gives whether it was still open."""
    matter = request.matter
    if not ran_out(request, today):
        return False
    with changing(matter):
        # an answer may have come while the matter was waited for
        request.refresh_from_db()
        if not ran_out(request, today):
            return False
        request.state = RequestState.EXPIRED
        request.version += 1
        request.save()
        if matter.is_open:
            end_waiting(matter)
            _tell("information.expired", request, None, until=request.limit.isoformat())
    return True


def _checked_items(items: Iterable[str]) -> list[str]:
    named = [item.strip() for item in items if item.strip()]
    if not named:
        raise NotPossible(_("Write at least one thing that is missing."), "items")
    if len(named) > MOST_ITEMS:
        words = ngettext("Ask for %(n)s thing at most.", "Ask for %(n)s things at most.", MOST_ITEMS)
        raise NotPossible(words % {"n": MOST_ITEMS}, "items")
    if any(len(item) > LONGEST_ITEM for item in named):
        raise NotPossible(_("One of the lines is too long. Write one thing on a line."), "items")
    return named


def _of_rule(request: InformationRequest | None) -> InformationRequest:
    """The rules have seen to it that there is one."""
    if request is None:
        raise NotPossible(rules.NOT_AWAITED)
    return request


def _tell(kind: str, request: InformationRequest, actor: User | None, **data: object) -> None:
    record_event(kind, client=request.client, actor=actor, matter=request.matter, request=request.pk, **data)  # type: ignore[arg-type]
