"""The letters of a municipality in lists: those that wait to be sent, those without an answer, those sent."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.access.reads import chosen_rows, refuse
from cases.letters.rules import LetterRule, can_be_deleted, can_be_posted, part
from cases.models import Contact, Letter, MatterKind
from cases.models.contact import REACHING
from cases.models.letter import LetterKind
from desk.matter.sections import AFTER, Opened, section
from desk.matter.several import tell_left
from municipalities.requests import MunicipalRequest

UNSENT, UNANSWERED, SENT = "lahettamatta", "vastaamatta", "lahetetyt"
VIEWS: Final = (UNSENT, UNANSWERED, SENT)


def visible_letters(request: MunicipalRequest) -> QuerySet[Letter]:
    return Letter.objects.visible_to(request.user, request.municipality)


def letters_of_view(request: MunicipalRequest, view: str) -> QuerySet[Letter]:
    letters = visible_letters(request)
    if view == UNSENT:
        return letters.filter(sent_on=None).order_by("-made_at", "-pk")
    if view == UNANSWERED:
        return unanswered(letters).order_by("sent_on", "pk")
    return letters.filter(sent_on__isnull=False).order_by("-sent_on", "-pk")


def unanswered(letters: QuerySet[Letter]) -> QuerySet[Letter]:
    """Sent because the client was not reached, about a matter that is open and in which nobody was reached since.

    An application is decided, not closed as not reached.
    """
    since = Contact.objects.filter(matter=OuterRef("matter"), outcome__in=REACHING, at__date__gte=OuterRef("made_on"))
    return (
        letters.annotate(made_on=TruncDate("made_at"))
        .filter(~Exists(since), kind=LetterKind.NOT_REACHED, sent_on__isnull=False, matter__closed_at=None)
        .exclude(matter__kind=MatterKind.APPLICATION)
    )


def for_rows(letters: QuerySet[Letter]) -> QuerySet[Letter]:
    return letters.select_related("client", "matter", "made_by", "sent_by")


def chosen_letters(request: MunicipalRequest, keys: list[int]) -> list[Letter]:
    """Those of the chosen that this person may see, in the order in which they were made."""
    return list(for_rows(chosen_rows(Letter, request, pk__in=keys).order_by("made_at", "pk")))


def possible(request: MunicipalRequest, rule: LetterRule, letters: Iterable[Letter]) -> list[Letter]:
    """Those to which it can be done; of the others the page tells why not, and the access log whose they are."""
    found, left = part(rule, request.user, letters)
    refuse(request, [letter.client_id for letter, _reason in left])
    tell_left(request, Counter(reason for _letter, reason in left))
    return found


def days_since(letter: Letter) -> int:
    return (timezone.localdate() - letter.sent_on).days if letter.sent_on else 0


def ago_words(letter: Letter) -> str:
    """ "tänään", "3 päivää sitten"."""
    days = days_since(letter)
    return ngettext("%(n)s day ago", "%(n)s days ago", days) % {"n": days} if days else _("today")


@section(AFTER + 20, "desk/letters/section.html")
def section_of_letters(opened: Opened) -> list[dict[str, Any]]:
    """The latest first."""
    user, shown = opened.request.user, opened.file.letters[:20]
    for letter in shown:
        # the same rows as the page has read, so that the rules read nothing again
        letter.matter = opened.file.matter
        letter.client = opened.file.matter.client
    may = bool(shown) and can_be_posted(user, shown[0]) is None
    return [
        {"letter": letter, "may_post": may, "may_delete": may and can_be_deleted(user, letter) is None}
        for letter in shown
    ]
