"""How a matter ends, and how it goes on after all."""

import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from cases.deadlines.attempts import attempts_of
from cases.matters import rules
from cases.matters.changing import changing
from cases.matters.desks import give, has_casework
from cases.matters.file import MatterFile
from cases.matters.outcomes import NEED_REASON, outcomes_for
from cases.matters.rules import require
from cases.matters.waiting import wait_again
from cases.models import Contact, Matter, MatterState
from cases.models.contact import Channel
from cases.models.letter import LetterKind
from cases.models.matter import Outcome
from cases.timeline.events import record_event
from core.dates import full_stop, short_day
from core.saving import NotPossible


def close(actor: User, matter: Matter, outcome: str, reason: str = "", *, version: int | None = None) -> None:
    """Close with an outcome that fits the kind of the matter."""
    with changing(matter, version) as file:
        require(rules.CLOSE, actor, file)
        if outcome not in outcomes_for(matter.kind):
            raise NotPossible(_("Choose an outcome that fits the matter."), "outcome")
        if outcome in NEED_REASON and not reason.strip():
            raise NotPossible(_("Write why the matter is closed in this way."), "reason")
        if outcome == Outcome.NOT_REACHED and (words := why_not_unreached(file)):
            raise NotPossible(words, "outcome")
        matter.state = MatterState.CLOSED
        matter.outcome = outcome
        matter.closed_at = timezone.now()
        matter.closed_by = actor
        matter.waiting_until = None
        matter.changed_after_closing = False
        record_event(
            "matter.closed", client=matter.client, actor=actor, matter=matter, outcome=str(outcome), reason=reason
        )


def reopen(actor: User, matter: Matter, reason: str, *, version: int | None = None) -> None:
    """Go on with a closed matter; what only the closing had met is open again."""
    with changing(matter, version) as file:
        require(rules.REOPEN, actor, file)
        if not reason.strip():
            raise NotPossible(_("Write why the matter is opened again."), "reason")
        had = matter.outcome
        if matter.assignee is None or not has_casework(matter.assignee, matter.municipality_id):
            give(matter, actor)
        matter.state = MatterState.IN_PROGRESS
        wait_again(matter)
        matter.outcome = ""
        matter.closed_at = None
        matter.closed_by = None
        matter.changed_after_closing = False
        matter.seen_by_assignee = matter.assignee_id == actor.pk
        record_event(
            "matter.reopened", client=matter.client, actor=actor, matter=matter, outcome=had, reason=reason.strip()
        )


def acknowledge_change(actor: User, matter: Matter) -> None:
    """Somebody has looked at what Kela changed after the closing, and the matter stays closed."""
    with changing(matter) as file:
        require(rules.ACKNOWLEDGE, actor, file)
        matter.changed_after_closing = False
        record_event("matter.change_acknowledged", client=matter.client, actor=actor, matter=matter)


def why_not_unreached(file: MatterFile) -> str | Promise:
    """Not reached takes enough attempts since the client was reached, one of them a letter that says where to turn.

    "" when it is possible, else what is missing.
    """
    contacts = file.contacts
    tried = attempts_of(contacts)
    needed = file.settings.attempts_before_letter
    if len(tried) < needed:
        reached = max((contact.at for contact in contacts if contact.reached), default=None)
        return _too_few(needed, len(tried), reached)
    sent = Contact.objects.filter(pk__in=[contact.pk for contact in tried], channel=Channel.LETTER)
    # a letter recorded by hand is taken at its word; an invitation or a request does not say where to turn
    if sent.filter(Q(letter=None) | Q(letter__kind=LetterKind.NOT_REACHED)).exists():
        return ""
    return _("Not reached is possible once a letter has been sent that says where to turn. Record the letter first.")


def _too_few(needed: int, n: int, reached: datetime.datetime | None) -> str:
    if reached is None:
        words = ngettext(
            "Not reached is possible after %(needed)s attempts. There is %(n)s so far.",
            "Not reached is possible after %(needed)s attempts. There are %(n)s so far.",
            n,
        )
        return words % {"needed": needed, "n": n}
    was_reached = full_stop(_("The client was reached in this matter %(day)s") % {"day": short_day(reached)})
    words = ngettext(
        "Not reached needs %(needed)s attempts since then. There is %(n)s.",
        "Not reached needs %(needed)s attempts since then. There are %(n)s.",
        n,
    )
    return f"{was_reached} {words % {'needed': needed, 'n': n}}"
