"""What the grid's buttons ask: to check the page's rows again, or to release the chosen or all that are ready."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.contrib import messages
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.asked_numbers import numbers
from etotu.models import QuarantineRow
from etotu.repair.filter import RepairFilter
from etotu.repair.form import ROWS
from etotu.repair.release import apply_alone_soon
from etotu.repair.verbs import BusyError, Outcome, Released, recheck, release
from municipalities.requests import MunicipalRequest

AT_ONCE: Final = 1000
CHECK, RELEASE, RELEASE_ALL, BUSY = "check", "release", "release_all", "busy"


@dataclass(frozen=True, slots=True)
class Asked:
    do: str
    rows: list[int]


def asked_of(request: MunicipalRequest) -> Asked:
    """What the buttons say. For a release the place in the queue of loads is taken first.

    A load holds it while it closes rows: one who had saved rows and then waited for it would block both.
    """
    one = numbers([request.POST.get("release", "")])
    do = "release" if one else request.POST.get("do", "")
    if do not in (RELEASE, RELEASE_ALL):
        return Asked(CHECK, [])
    try:
        apply_alone_soon()
    except BusyError:
        return Asked(BUSY, [])
    return Asked(do, one or numbers(request.POST.getlist("row"))[:AT_ONCE])


def do_what_was_asked(request: MunicipalRequest, asked: Asked) -> None:
    if asked.do == BUSY:
        words = _(
            "A batch is being entered just now. What you typed was saved, and nothing was released: try again soon."
        )
        messages.warning(request, words)
    elif asked.do == CHECK:
        check_shown(request)
    elif asked.do == RELEASE_ALL:
        ready = RepairFilter(request.GET, request.municipality).ready
        release_some(request, ready, ready.count())
    else:
        chosen = QuarantineRow.objects.filter(municipality=request.municipality, pk__in=asked.rows)
        release_some(request, chosen.order_by("created_at", "pk"), chosen.count())


def own(request: MunicipalRequest, ids: Iterable[int]) -> list[int]:
    found = QuarantineRow.objects.filter(municipality=request.municipality, pk__in=list(ids))
    return list(found.values_list("pk", flat=True))


def check_shown(request: MunicipalRequest) -> None:
    ids = own(request, numbers(request.POST.getlist("shown"))[:ROWS])
    good = len(recheck(request.user, ids))
    if good:
        words = ngettext("Checked: %(n)s row is ready to be released.", "Checked: %(n)s rows are ready to be released.",
                         good)  # fmt: skip
        messages.success(request, words % {"n": good})
    else:
        messages.info(request, _("Checked: every row of this page still has errors."))


def release_some(request: MunicipalRequest, rows: QuerySet[QuarantineRow], count: int) -> None:
    """As many as go at once, the oldest first; how many are left is said."""
    ids = list(rows.values_list("pk", flat=True)[:AT_ONCE])
    if not ids:
        messages.info(request, _("Choose the rows that are to be released."))
        return
    tell(request, release(request.user, ids))
    if left := count - len(ids):
        words = ngettext("%(n)s row is left: not all fit into one go. Release once more.",
                         "%(n)s rows are left: not all fit into one go. Release once more.", left)  # fmt: skip
        messages.info(request, words % {"n": left})


def tell(request: MunicipalRequest, done: list[Released]) -> None:
    n = {outcome: sum(one.outcome == outcome for one in done) for outcome in Outcome}
    if released := n[Outcome.RELEASED]:
        words = ngettext("%(n)s row was released to the queue.", "%(n)s rows were released to the queue.", released)
        messages.success(request, words % {"n": released} + late_words(sum(one.late for one in done)))
    if n[Outcome.FAULTY]:
        words = ngettext("%(n)s row still has errors and was not released.",
                         "%(n)s rows still have errors and were not released.", n[Outcome.FAULTY])  # fmt: skip
        messages.warning(request, words % {"n": n[Outcome.FAULTY]})
    if n[Outcome.REPLACED]:
        words = ngettext(
            "Of %(n)s row the same or a later version has come in the meantime. The row was closed, and nothing was "
            "entered twice.",
            "Of %(n)s rows the same or a later version has come in the meantime. The rows were closed, and nothing was "
            "entered twice.",
            n[Outcome.REPLACED],
        )
        messages.info(request, words % {"n": n[Outcome.REPLACED]})
    if n[Outcome.HANDED_OVER]:
        words = ngettext(
            "%(n)s row is of a notice that another municipality has now. It was given to the installation admin, who "
            "passes it on.",
            "%(n)s rows are of notices that another municipality has now. They were given to the installation admin, "
            "who passes them on.",
            n[Outcome.HANDED_OVER],
        )
        messages.info(request, words % {"n": n[Outcome.HANDED_OVER]})
    if n[Outcome.SETTLED]:
        words = ngettext(
            "%(n)s row had been settled by somebody else.",
            "%(n)s rows had been settled by somebody else.",
            n[Outcome.SETTLED],
        )
        messages.info(request, words % {"n": n[Outcome.SETTLED]})


def late_words(late: int) -> str:
    """The days of the law run from the arrival of the batch, also while a row waits."""
    if not late:
        return ""
    words = ngettext(
        "%(n)s matter is late already: its days run from the arrival of the batch.",
        "%(n)s matters are late already: their days run from the arrival of the batch.",
        late,
    )
    return " " + words % {"n": late}
