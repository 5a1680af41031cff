"""What the grid's form brings: the texts of its fields, and what is to be done with which rows."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.asked_numbers import number, numbers
from core.encryption import DecryptionError
from etotu.models import QuarantineRow, QuarantineState
from etotu.services.corrected_rows import corrected_row
from etotu.services.repair import BusyError, Change, Outcome, Released, SettledError, recheck, release, save
from etotu.services.repair_fields import allowed_paths
from etotu.services.repair_release import apply_alone_soon
from etotu.web.fields_shown import field_name
from etotu.web.repair_filter import RepairFilter
from etotu.web.repair_shown import input_name, text_in
from etotu.web.repair_values import in_dialect, shown
from municipalities.requests import MunicipalRequest

AT_ONCE: Final = 1000
ROWS: Final = 200
CHECK, RELEASE, RELEASE_ALL, BUSY = "check", "release", "release_all", "busy"


@dataclass(frozen=True, slots=True)
class Asked:
    do: str
    rows: list[int]


@dataclass
class Refused:
    """`kept`: every text of the form, by its input; `words` by row; `lost`: texts whose row is no longer open."""

    kept: dict[str, str] = field(default_factory=dict)
    words: dict[int, str] = field(default_factory=dict)
    lost: list[tuple[str, str]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.words or self.lost)


def take_in(request: MunicipalRequest) -> Refused:
    """Save each row in which something was typed; give back what could not be saved."""
    refused = Refused()
    shown_ids = numbers(request.POST.getlist("shown"))[:ROWS]
    rows = QuarantineRow.objects.filter(municipality=request.municipality, pk__in=shown_ids).select_related("batch")
    for row in rows.order_by("pk"):
        try:
            change, typed = change_of(request, row)
        except DecryptionError:
            continue
        if not change:
            continue
        try:
            moved_words(request, save(change, request.user))
        except SettledError as conflict:
            refuse(refused, conflict.row, typed)
        except QuarantineRow.DoesNotExist:
            refuse(refused, row, typed)
    if refused:
        refused.kept = {name: str(text) for name, text in request.POST.items() if name.startswith("f-")}
    return refused


def moved_words(request: MunicipalRequest, row: QuarantineRow) -> None:
    if row.municipality and row.municipality != request.municipality:
        words = _("Row %(position)s names %(municipality)s now, and went there to be released.")
        messages.info(request, words % {"position": row.position, "municipality": row.municipality.name})


def change_of(request: MunicipalRequest, row: QuarantineRow) -> tuple[Change | None, dict[str, str]]:
    """The change of a row, None where the form says what is there; and what was typed, by field."""
    it = corrected_row(row)
    dialect = it.original.dialect
    typed = {}
    for path in sorted(allowed_paths(it)):
        text = request.POST.get(input_name(row, path))
        now = shown(path, text_in(it, path))
        if text is not None and " ".join(text.split()) != " ".join(now.split()):
            typed[path] = text
    sets: dict[str, Any] = {}
    if request.POST.get(f"parts-{row.pk}"):
        left, accepted = (set(request.POST.getlist(f"{name}-{row.pk}")) for name in ("leave", "accept"))
        if left != set(it.corrections.left_out) or accepted != set(it.corrections.accepted):
            sets = {"left_out": left, "accepted": accepted}
    if not typed and not sets:
        return None, {}
    edits = number(request.POST.get(f"edits-{row.pk}", ""))
    texts = {path: in_dialect(path, text, dialect) for path, text in typed.items()}
    return Change(row.pk, -1 if edits is None else edits, texts, **sets), typed


def refuse(refused: Refused, row: QuarantineRow, typed: dict[str, str]) -> None:
    if row.state == QuarantineState.OPEN:
        refused.words[row.pk] = _(
            "Somebody else saved this row while you were typing. What you typed is still in the fields, and not saved: "
            "compare it with what came, and check again."
        )
        return
    refused.lost += [
        (_("row %(position)s, %(field)s") % {"position": row.position, "field": field_name(path)}, text)
        for path, text in typed.items()
    ]


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
    else:
        chosen = asked.rows
        if asked.do == RELEASE_ALL:
            ready = RepairFilter(request.GET, request.municipality).ready
            chosen = list(ready.values_list("pk", flat=True)[:AT_ONCE])
        release_chosen(request, own(request, chosen))


def own(request: MunicipalRequest, ids: Iterable[int]) -> list[int]:
    found = QuarantineRow.objects.filter(municipality=request.municipality, pk__in=list(ids))
    return list(found.values_list("pk", flat=True))


def check_shown(request: MunicipalRequest) -> None:
    ids = own(request, numbers(request.POST.getlist("shown"))[:ROWS])
    good = len(recheck(ids, request.user))
    if good:
        words = ngettext("Checked: %(n)s row is ready to be released.", "Checked: %(n)s rows are ready to be released.",
                         good)  # fmt: skip
        messages.success(request, words % {"n": good})
    else:
        messages.info(request, _("Checked: every row of this page still has errors."))


def release_chosen(request: MunicipalRequest, ids: list[int]) -> None:
    if not ids:
        messages.info(request, _("Choose the rows that are to be released."))
        return
    tell(request, release(ids, request.user))


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
