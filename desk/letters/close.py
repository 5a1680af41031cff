"""Closing as not reached: matters in which enough was tried, a letter was sent, and no answer came."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cases.access.reads import chosen_rows, record
from cases.matters import life as verbs
from cases.matters.several import for_each
from cases.models import Letter, Matter
from cases.models.access_log import Looked
from cases.models.matter import Outcome
from core.dates import short_day
from desk.letters.pages import asked_letters, back, back_url
from desk.letters.shown import ago_words, days_since, for_rows, unanswered
from desk.matter.left_open import left_by
from desk.matter.several import tell
from desk.matter.words import for_lists, state_words, what
from municipalities.models.membership import CASEWORK
from municipalities.requests import MunicipalRequest, roles

TIME_TO_ANSWER = 7
"""Days from the sending in which an answer by post is still likely."""


@roles(*CASEWORK)
@require_POST
def letters_close(request: MunicipalRequest) -> HttpResponse:
    """After a question; each matter by the rules of closing, the others stay as they are with the reason told."""
    keys = asked_letters(request.POST)
    found = list(for_rows(unanswered(chosen_rows(Letter, request, pk__in=keys))))
    matters = Matter.objects.visible_to(request.user, request.municipality)
    chosen = list(for_lists(matters.filter(pk__in=[letter.matter_id for letter in found]).order_by("pk")))
    if not chosen:
        messages.warning(request, _("No letter was chosen. Choose one or more from the list first."))
        return back(request)
    if request.POST.get("varma"):
        done = for_each(chosen, lambda matter: verbs.close(request.user, matter, Outcome.NOT_REACHED))
        tell(
            request,
            done,
            lambda n: ngettext(
                "%(n)s matter was closed as not reached.", "%(n)s matters were closed as not reached.", n
            ),
        )
        return back(request)
    record(request, Looked.LISTED, [matter.client_id for matter in chosen])
    # of several letters about a matter the latest: it is the one that may still be answered
    latest = {letter.matter_id: letter for letter in sorted(found, key=lambda one: (one.sent_on, one.pk))}
    leaves = left_by([matter.pk for matter in chosen], request.municipality.code)
    context = {
        "found": found,
        "rows": [
            {
                "name": matter.client.full_name,
                "what": what(matter),
                "state": state_words(matter, whose=True),
                "sent": sent_words(latest[matter.pk]),
                "leaves": leaves.get(matter.pk),
            }
            for matter in chosen
        ],
        "early": early_words(chosen, latest.values()),
        "back_url": back_url(request),
        "page_address": back_url(request),
    }
    return render(request, "desk/letters/close.html", context)


def sent_words(letter: Letter) -> str:
    if letter.sent_on is None:
        return ""
    words = {"day": short_day(letter.sent_on), "ago": ago_words(letter)}
    return _("letter sent %(day)s (%(ago)s)") % words


def early_words(matters: Iterable[Matter], letters: Iterable[Letter]) -> list[str]:
    """What speaks for waiting still: letters of the last days, and waits that have not ended."""
    today = timezone.localdate()
    sent = sum(days_since(letter) < TIME_TO_ANSWER for letter in letters)
    waits = sum(matter.waiting_until is not None and matter.waiting_until > today for matter in matters)
    return [
        words % {"n": n}
        for n, words in (
            (
                sent,
                ngettext(
                    "%(n)s letter was sent less than a week ago: an answer may still come.",
                    "%(n)s of the letters were sent less than a week ago: an answer may still come.",
                    sent,
                ),
            ),
            (
                waits,
                ngettext(
                    "%(n)s matter waits until a later day.", "%(n)s of the matters wait until a later day.", waits
                ),
            ),
        )
        if n
    ]
