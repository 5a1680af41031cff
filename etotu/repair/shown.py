"""A faulty row as the grid shows it: what is wrong, what is allowed, what came, and where one types over it."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from core.dates import moment
from core.encryption import DecryptionError
from etotu.faults import row_fault_message
from etotu.field_words import HIDDEN, IDENTITY_CODE, field_name, public_text
from etotu.models import QuarantineAction, QuarantineRow, QuarantineState
from etotu.parsing import field_label
from etotu.repair.advice import advice
from etotu.repair.corrected_rows import CorrectedRow, corrected_row, text_at
from etotu.repair.corrections import OF_FORM, accepted_key
from etotu.repair.fields import editable_paths
from etotu.repair.values import Option, hint, options, shown

COLUMNS = ("tyyppi", IDENTITY_CODE, "luotu")
# what UNREADABLE says in the words of those who type here
VALUES = frozenset({"tunnus", "versio", "tyyppi", "kunta", "kiireellinen", "luotu", "lisatieto"})
# of a row that is not opened; a page of them must fit into a form
OTHERS_AT_ONCE = 20
PLAIN_FORMS = {"date": "date_csv", "time": "time_csv"}


@dataclass(frozen=True, slots=True)
class Typed:
    """Of a form that was refused, by the names of its inputs: what was typed, and what is wrong with it."""

    texts: Mapping[str, str]
    wrong: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Cell:
    """`value` is read, `typed` stands in the input; `came` is what Kela sent where it was corrected."""

    name: str
    path: str
    label: str
    value: str
    typed: str
    wrong: list[str]
    came: str = ""
    corrected: bool = False
    editable: bool = True
    # whether `value` is words in the place of a value
    muted: bool = False
    options: list[Option] = field(default_factory=list)
    hint: str = ""

    @property
    def part(self) -> bool:
        """A part of the row, or the whole of it: it has no value of its own."""
        return "." not in self.path and self.path not in VALUES

    @property
    def long(self) -> bool:
        return self.path == "lisatieto"


@dataclass(frozen=True, slots=True)
class Part:
    """Something that is wrong with the row's form, and that one can accept or leave out."""

    name: str
    key: str
    label: str
    message: str
    checked: bool
    leaves_out: bool


@dataclass(frozen=True, slots=True)
class File:
    name: str
    mime: str
    size: int


@dataclass(frozen=True, slots=True)
class GridRow:
    row: QuarantineRow
    cells: list[Cell]
    others: list[Cell]
    more: list[Cell]
    parts: list[Part]
    files: list[File]
    advice: list[str]
    actions: list[QuarantineAction]
    opened: bool
    number: str
    conflict: str = ""
    readable: bool = True
    # faulty fields that are shown when the row is opened
    fields_left: int = 0
    # of somebody protected: that it waits is all that this person sees
    closed: bool = False

    @property
    def open(self) -> bool:
        return self.row.state == QuarantineState.OPEN

    @property
    def errors(self) -> int:
        return len(self.row.faults)

    @property
    def state(self) -> str:
        return str(QuarantineState(self.row.state).label)

    @property
    def inputs(self) -> list[str]:
        return [cell.name for cell in [*self.cells, *self.others, *self.more] if cell.editable]

    @property
    def told(self) -> list[str]:
        return [told(action) for action in self.actions]


def told(action: QuarantineAction) -> str:
    """ "21.11. klo 9.20 Paula Paperinen: Korjattu (Sukunimi)"."""
    fields = ", ".join(field_name(path) for path in action.fields)
    who = action.actor.name if action.actor else _("the program")
    kind = QuarantineAction.Kind(action.kind).label
    return f"{moment(action.at)} {who}: {kind}" + (f" ({fields})" if fields else "")


def grid_rows(
    rows: Iterable[QuarantineRow],
    opened: int | None,
    kept: Typed,
    conflicts: Mapping[int, str],
    closed: Container[int] = (),
) -> list[GridRow]:
    """`closed` are the rows of which only shall be seen that they wait."""
    found = list(rows)
    actions: dict[int, list[QuarantineAction]] = {row.pk: [] for row in found}
    for action in QuarantineAction.objects.filter(row__in=found).select_related("actor").order_by("at", "pk"):
        actions[action.row_id].append(action)
    return [
        closed_row(row)
        if row.pk in closed
        else grid_row(row, row.pk == opened, kept, conflicts.get(row.pk, ""), actions[row.pk])
        for row in found
    ]


def closed_row(row: QuarantineRow) -> GridRow:
    return GridRow(row, [], [], [], [], [], [], [], opened=False, number="", readable=False, closed=True)


def grid_row(row: QuarantineRow, opened: bool, kept: Typed, conflict: str, actions: list[QuarantineAction]) -> GridRow:
    try:
        it = corrected_row(row)
    except DecryptionError:
        # the original was destroyed with its file, or its key is gone
        return GridRow(row, [], [], [], [], [], [], actions, False, row.number, conflict, readable=False)
    opened = opened and row.state == QuarantineState.OPEN
    cells = [cell(it, path, opened, kept) for path in COLUMNS]
    wrong = dict.fromkeys(fault["field"] for fault in row.faults)
    corrected = dict.fromkeys(it.corrections.texts)
    editable = editable_paths(it)
    others = [p for p in [*wrong, *(p for p in corrected if p not in wrong)] if p not in COLUMNS]
    more = [p for p in editable if p not in COLUMNS and p not in others] if opened else []
    fields_left = 0 if opened else len(others[OTHERS_AT_ONCE:])
    others = others[: len(others) - fields_left]
    return GridRow(
        row,
        cells,
        [cell(it, path, opened, kept, editable=path in editable) for path in others],
        [cell(it, path, opened, kept) for path in more],
        list(parts(it)) if opened else [],
        [File(name, mime, len(data)) for name, mime, data in it.original.attachments],
        list(dict.fromkeys(words for fault in row.faults if (words := advice(fault["code"])))),
        actions,
        opened,
        it.notice.tunnus or row.number,
        conflict,
        fields_left=fields_left,
    )


def input_name(row: QuarantineRow, path: str) -> str:
    return f"f-{row.pk}-{path}"


def cell(it: CorrectedRow, path: str, opened: bool, kept: Typed, *, editable: bool = True) -> Cell:
    row = it.row
    name = input_name(row, path)
    came, text = text_in(it, path, corrected=False), text_in(it, path)
    typed = kept.texts.get(name, shown(path, text))
    personal = path.split(".")[0] in HIDDEN and bool(text)
    wrong = [message(fault) for fault in row.faults if fault["field"] == path]
    if name in kept.wrong:
        wrong.insert(0, kept.wrong[name])
    corrected = path in it.corrections.texts
    choices = options(path, shown(path, text))
    is_open = row.state == QuarantineState.OPEN
    return Cell(
        name=name,
        path=path,
        label=field_name(path),
        value=(not personal and dict(choices).get(shown(path, text))) or public_text(path, shown(path, text)),
        typed=typed,
        wrong=wrong,
        came=(shown(path, came) if opened or not personal else public_text(path, shown(path, came))) or _("empty"),
        corrected=corrected,
        editable=is_open and editable and (opened or (bool(wrong) and not personal)),
        muted=not text or (personal and path != IDENTITY_CODE),
        options=choices,
        hint=hint(path),
    )


def text_in(it: CorrectedRow, path: str, *, corrected: bool = True) -> str:
    """The text of a field as it came, or as it is with what was typed over it."""
    if corrected and path in it.corrections.texts:
        return it.corrections.texts[path]
    parts_of_path = path.split(".")
    if parts_of_path[0] == "liite" and len(parts_of_path) == 3:
        name, mime, _data = it.original.attachments[int(parts_of_path[1]) - 1]
        return name if parts_of_path[2] == "nimi" else mime
    return text_at(it.values, path)


def message(fault: dict[str, object]) -> str:
    params = dict(fault["params"])  # type: ignore[call-overload]
    if params.get("form") in PLAIN_FORMS:
        params["form"] = PLAIN_FORMS[params["form"]]
    return row_fault_message(str(fault["code"]), params)


def parts(it: CorrectedRow) -> Iterable[Part]:
    """What was wrong with the form, accepted or not, and the attachments that are faulty or left out."""
    accepted, left_out = it.corrections.accepted, it.corrections.left_out
    for one in it.corrections.form:
        if one["code"] in OF_FORM:
            key = accepted_key(one)
            label = field_label(one["field"])
            yield Part(f"accept-{it.row.pk}", key, label, message(one), key in accepted, leaves_out=False)
    for number in range(1, len(it.original.attachments) + 1):
        path = f"liite.{number}"
        faults = [message(one) for one in it.row.faults if f"{one['field']}.".startswith(f"{path}.")]
        if faults or path in left_out:
            words = " ".join(faults)
            yield Part(f"leave-{it.row.pk}", path, field_label(path), words, path in left_out, leaves_out=True)
