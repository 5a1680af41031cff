"""The texts that the grid's form brings: saved row by row, or given back with words that say why not."""

from collections.abc import Container
from dataclasses import dataclass, field
from typing import Any, Final

from django.contrib import messages
from django.utils.translation import gettext as _

from core.asked_numbers import number, numbers
from core.encryption import DecryptionError
from etotu.field_words import field_name
from etotu.models import QuarantineRow, QuarantineState
from etotu.parsing.limits import LONGEST_TEXT
from etotu.repair.corrected_rows import corrected_row
from etotu.repair.fields import allowed_paths
from etotu.repair.protected import closed_to
from etotu.repair.shown import input_name, text_in
from etotu.repair.values import in_dialect, shown
from etotu.repair.verbs import Change, SettledError, save
from municipalities.requests import MunicipalRequest

ROWS: Final = 200


@dataclass
class Refused:
    """What was typed and could not be saved.

    `kept`: every text of the form, by its input; `words` say why, by row, `fields` by input; `typed`: (name of the
    field, text) by input, to be given back in words where the page no longer has the input.
    """

    kept: dict[str, str] = field(default_factory=dict)
    words: dict[int, str] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    typed: dict[str, tuple[str, str]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.words or self.fields or self.typed)

    def lost(self, inputs: Container[str]) -> list[tuple[str, str]]:
        return [what for name, what in self.typed.items() if name not in inputs]


def take_in(request: MunicipalRequest) -> Refused:
    """Save each row in which something was typed; give back what could not be saved."""
    refused = Refused()
    shown_ids = numbers(request.POST.getlist("shown"))[:ROWS]
    rows = QuarantineRow.objects.filter(municipality=request.municipality, pk__in=shown_ids).select_related("batch")
    gone = set(shown_ids)
    found = list(rows.order_by("pk"))
    closed = closed_to(request.access, found)
    for row in found:
        if row.pk in closed:
            gone.discard(row.pk)
            continue
        try:
            change, typed = change_of(request, row)
        except DecryptionError:
            continue
        gone.discard(row.pk)
        if change and not too_long(refused, row, typed):
            save_or_refuse(request, row, change, typed, refused)
    give_back(request, gone, refused)
    if refused:
        refused.kept = {name: str(text) for name, text in request.POST.items() if name.startswith("f-")}
    return refused


def save_or_refuse(
    request: MunicipalRequest, row: QuarantineRow, change: Change, typed: dict[str, str], refused: Refused
) -> None:
    try:
        moved_words(request, save(request.user, change))
    except SettledError as conflict:
        refuse(refused, conflict.row, typed)
    except QuarantineRow.DoesNotExist:
        refuse(refused, row, typed)


def too_long(refused: Refused, row: QuarantineRow, typed: dict[str, str]) -> bool:
    """A text that could not be kept whole is not kept in part; nor is the rest of its row."""
    found = [path for path, text in typed.items() if len(text.strip()) >= LONGEST_TEXT]
    for path in found:
        refused.fields[input_name(row, path)] = _(
            "Not saved: the text has %(n)s characters, and at most %(limit)s can be kept. Shorten it."
        ) % {"n": len(typed[path]), "limit": LONGEST_TEXT - 1}
    if found:
        refused.words[row.pk] = _("The row was not saved, because a text is too long.")
    return bool(found)


def give_back(request: MunicipalRequest, gone: set[int], refused: Refused) -> None:
    """What the form says of rows that are no longer here, or cannot be read: which of it was typed cannot be told."""
    for name, text in request.POST.items():
        pk, _dash, path = name.removeprefix("f-").partition("-")
        if name.startswith("f-") and number(pk) in gone and str(text).strip():
            words = _("a row that is no longer here, %(field)s") % {"field": field_name(path)}
            refused.typed[name] = (words, str(text))


def moved_words(request: MunicipalRequest, row: QuarantineRow) -> None:
    if row.of_others:
        words = _(
            "Row %(position)s names a municipality in which you are no admin. It was given to the installation admin, "
            "who passes it on."
        )
        messages.info(request, words % {"position": row.position})
    elif row.municipality and row.municipality != request.municipality:
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
    for path, text in typed.items():
        words = _("row %(position)s, %(field)s") % {"position": row.position, "field": field_name(path)}
        refused.typed[input_name(row, path)] = (words, text)
