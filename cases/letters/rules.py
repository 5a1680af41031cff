"""What can be done to a letter that has been made, and the words why not: asked by verb, page and button."""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.access.rights import may_reveal_details
from cases.matters.desks import may_decide
from cases.matters.rules import Reason
from cases.models import Letter
from core.saving import NotPossible

LetterRule = Callable[[User, Letter], Reason]


def can_be_posted(actor: User, letter: Letter) -> Reason:
    """Printed and marked as sent by any colleague; the paper shows an address that turvakielto hides."""
    if not letter.client.non_disclosure or may_reveal_details(actor, letter.client):
        return None
    return _("Under non-disclosure only the own worker, who has the matter, or the supervisor handles the letters.")


def can_be_deleted(actor: User, letter: Letter) -> Reason:
    """By who made it, and by who decides on its matter."""
    if letter.made_by_id != actor.pk and not (letter.matter and may_decide(letter.matter, actor)):
        return _("A letter is deleted by the one who made it, who has the matter, or the supervisor.")
    return can_be_posted(actor, letter)


def require(rule: LetterRule, actor: User, letters: Iterable[Letter]) -> None:
    """Raises NotPossible with the first reason."""
    for letter in letters:
        reason = rule(actor, letter)
        if reason is not None:
            raise NotPossible(reason)


def part(rule: LetterRule, actor: User, letters: Iterable[Letter]) -> tuple[list[Letter], list[tuple[Letter, str]]]:
    """Those to which it can be done, and the others with the words why not."""
    possible, left = [], []
    for letter in letters:
        reason = rule(actor, letter)
        if reason is None:
            possible.append(letter)
        else:
            left.append((letter, str(reason)))
    return possible, left
