"""What can be wrong with a file or a row of it: codes, and the words that say what is wrong and what is allowed.

A fault never holds a person's value: its parameters are limits, names of fields and codes of lists.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

Params = Mapping[str, int | str]


class FileFaultCode(TextChoices):
    """Why a whole file is rejected; the label says what is wrong, `remedy` what to do."""

    EMPTY = "empty", _("The file is empty.")
    NOT_WELL_FORMED = "not_well_formed", _("The file breaks off or is broken: it cannot be read from here on.")
    DOCTYPE = "doctype", _("The file has a DOCTYPE declaration, which is not allowed.")
    WRONG_NAMESPACE = "wrong_namespace", _("The file is not an eTotu batch of a version that is known here.")
    WRONG_HEADER = "wrong_header", _("The beginning of the file is not as it should be: %(name)s.")
    UNDECODABLE = "undecodable", _("The file has characters that cannot be read.")
    TOO_LARGE = "too_large", _("The file is larger than %(limit)s MiB.")
    TOO_DEEP = "too_deep", _("The file has more than %(limit)s elements inside each other.")
    UTF_16 = "utf_16", _("The file is in UTF-16.")
    BARE_CR = "bare_cr", _("The lines of the file end in a way that is not read here (a carriage return alone).")
    COMMAS = "commas", _("The fields of the file are separated by commas or tabs instead of semicolons.")
    SPREADSHEET = "spreadsheet", _("The file is a spreadsheet, not CSV or XML.")
    ARCHIVE = "archive", _("The file is a compressed archive.")
    PICTURE = "picture", _("The file is a picture or a PDF, not CSV or XML.")
    NO_END = "no_end", _("A part of the file goes on for too long without an end.")
    INTERNAL = (
        "internal",
        _("Loading the file failed three times, which is a fault of this program and not of the file."),
    )

    @property
    def remedy(self) -> str:
        return str(_REMEDIES[self])


_FETCH_AGAIN = _("Fetch or ask for the file again, and do not open it in another program in between.")
_ASK_SENDER = _("Tell the sender, and ask for the batch in the described format.")
_REMEDIES = {
    FileFaultCode.EMPTY: _FETCH_AGAIN,
    FileFaultCode.NOT_WELL_FORMED: _FETCH_AGAIN,
    FileFaultCode.DOCTYPE: _ASK_SENDER,
    FileFaultCode.WRONG_NAMESPACE: _("Check that this is the right file: an eTotu batch as XML or as CSV."),
    FileFaultCode.WRONG_HEADER: _("Check that this is the right file, and that its first line was not changed."),
    FileFaultCode.UNDECODABLE: _("Save the file again as UTF-8 (CSV also as Windows-1252), or fetch it again."),
    FileFaultCode.UTF_16: _("Save the file again as UTF-8, or fetch it again."),
    FileFaultCode.BARE_CR: _("Save the file again as CSV with the line ends of Windows or Unix, or fetch it again."),
    FileFaultCode.COMMAS: _("Save the file again as CSV with semicolons, or fetch it again."),
    FileFaultCode.SPREADSHEET: _(
        "In the spreadsheet program choose to save as CSV with semicolons, in UTF-8. Better, fetch the file again: a "
        "spreadsheet changes long numbers."
    ),
    FileFaultCode.ARCHIVE: _("Unpack the archive and bring in the files that are in it."),
    FileFaultCode.PICTURE: _("Look for the file that Kela sent: XML or CSV."),
    FileFaultCode.TOO_LARGE: _("Ask for the batch in several files, or give a large file through the folder."),
    FileFaultCode.TOO_DEEP: _ASK_SENDER,
    FileFaultCode.INTERNAL: _(
        "Nothing of it was entered and the file is kept. Tell whoever runs this installation, then try again."
    ),
    FileFaultCode.NO_END: _("Look for a very large attachment or a quotation mark that is not closed."),
}


class FileFault(Exception):
    """The whole file is rejected. `line` and `column` count from 1; 0 where there is no place to show.

    `offset` is the place in bytes, where the reader knows it.
    """

    def __init__(
        self, code: FileFaultCode, line: int = 0, column: int = 0, params: Params | None = None, offset: int = -1
    ) -> None:
        super().__init__(f"{code.value} at {line}:{column}")
        self.code = code
        self.line = line
        self.column = column
        self.params: Params = params or {}
        self.offset = offset

    def __reduce__(self) -> tuple[type["FileFault"], tuple[Any, ...]]:
        return FileFault, (self.code, self.line, self.column, self.params, self.offset)

    def as_json(self) -> dict[str, Any]:
        place = {"line": self.line, "column": self.column} | ({"offset": self.offset} if self.offset >= 0 else {})
        return {"code": self.code.value, **place, "params": dict(self.params)}

    @property
    def message(self) -> str:
        """What is wrong and what to do, in the language that is on."""
        return file_fault_message(self.code.value, self.params)


class RowFaultCode(TextChoices):
    """Why a row goes to quarantine; the label says what is wrong or what is allowed."""

    MISSING = "missing", _("A required value is missing.")
    MISSING_BLOCK = "missing_block", _("A part that belongs to this type of notice is missing.")
    TOO_LONG = "too_long", _("The text is too long: at most %(limit)s characters are allowed.")
    UNREADABLE = "unreadable", _("The value cannot be read: it must be %(form)s.")
    OUT_OF_RANGE = "out_of_range", _("The number must be between %(low)s and %(high)s.")
    REPEATED = "repeated", _("The part may occur only once.")
    TOO_MANY = "too_many", _("There are too many parts of this kind: at most %(limit)s are allowed.")
    FIELD_COUNT = "field_count", _("The row has %(found)s fields: there must be %(expected)s.")
    CONTROL_CHARACTER = "control_character", _("The row has a control character (such as NUL), which is not allowed.")
    UNKNOWN_KIND = "unknown_kind", _("The type is not known. Allowed: %(allowed)s.")
    UNKNOWN_MUNICIPALITY = (
        "unknown_municipality",
        _("There is no municipality with this code of three digits."),
    )
    IDENTITY_FORM = "identity_form", _("The personal identity code must have the form DDMMYY-NNNX.")
    IDENTITY_DATE = "identity_date", _("The date in the personal identity code does not exist.")
    IDENTITY_CHECK = "identity_check", _("The last character of the personal identity code is wrong.")
    IDENTITY_CHANGED = (
        "identity_changed",
        _("There is a notice with this number already, and it is of another person or municipality."),
    )
    VERSION_JUMP = (
        "version_jump",
        _("The version is more than %(limit)s above the one that is stored, so it is not a version of that notice."),
    )
    OTHER_MUNICIPALITY = (
        "other_municipality",
        _("The row is of another municipality than those in which the sender of the file is an admin."),
    )
    QUOTES = (
        "quotes",
        _("A quotation mark stands in a wrong place, so other rows may have been read as text of this one."),
    )
    VERSION_RAISED = (
        "version_raised",
        _("The version may be at most %(limit)s: with a higher one, Kela's next versions would be left out as old."),
    )
    VERSION_STORED = (
        "version_stored",
        _("Version %(version)s of this notice has come already: a row that is not later would be closed as old."),
    )
    IN_FUTURE = "in_future", _("The time is later than the arrival of the file.")
    AGE_CONTRADICTS = "age_contradicts", _("The person's age does not fit the type of the notice: %(allowed)s.")
    PERIOD_REVERSED = "period_reversed", _("The period ends before it begins.")
    ATTACHMENT_TOO_LARGE = "attachment_too_large", _("The attachment is too large: at most %(limit)s MiB is allowed.")
    ATTACHMENT_TYPE = "attachment_type", _("The attachment's type is not allowed. Allowed: %(allowed)s.")
    ATTACHMENT_MISMATCH = "attachment_mismatch", _("The attachment is not what its type says.")


class FlagCode(TextChoices):
    """What was odd in a row and did not stop it."""

    UNKNOWN_EXPENSE = "unknown_expense", _("The kind of expense is not on the list.")
    UNKNOWN_REASON = "unknown_reason", _("The reason of the need is not on the list.")
    UNKNOWN_GROUND = "unknown_ground", _("The ground of the reduction is not on the list.")
    UNKNOWN_PERCENTAGE = "unknown_percentage", _("The percentage of the reduction is not on the list.")
    UNKNOWN_LANGUAGE = "unknown_language", _("The language is not on the list.")
    UNKNOWN_HOME = "unknown_home", _("The home municipality is not known.")
    UNKNOWN_ELEMENT = "unknown_element", _("The notice has a part that is not known here.")
    UNKNOWN_ATTRIBUTE = "unknown_attribute", _("The notice has a detail that is not known here.")
    OTHER_BLOCK = "other_block", _("The notice has a part that belongs to another type of notice.")
    WRONG_MONTHS = "wrong_months", _("The number of months does not fit the type of the notice.")
    ODD_POSTAL_CODE = "odd_postal_code", _("The postal code is not one of Finland: check the address.")
    ODD_PHONE = "odd_phone", _("The phone number may be damaged: check it.")
    DAMAGED_NAME = "damaged_name", _("The name has characters that were damaged on the way: check it.")
    ONE_NAME = "one_name", _("The person has one name only.")
    DIFFERS = "differs", _("The same version came again with another content.")
    NUMBER_OF_KELA = (
        "number_of_kela",
        _("Kela has sent another notice with this number: check where this one came from."),
    )


# what UNREADABLE says must be there, by its parameter `form`
FORMS = {
    "boolean": _("true or false"),
    "boolean_csv": _("K or E"),
    "date": _("a date such as 2018-10-12"),
    "date_csv": _("a date such as 12.10.2018"),
    "time": _("a time with its offset, such as 2018-10-12T08:05:00+03:00"),
    "time_csv": _("a time such as 12.10.2018 8.05"),
    "whole": _("a whole number"),
    "euros": _("an amount in euros with at most two decimals, such as 120.50"),
    "three_digits": _("three digits"),
    "five_digits": _("five digits"),
    "base64": _("a file in base64"),
}

# what AGE_CONTRADICTS says is allowed
AGES = {"under_25": _("under 25 years"), "at_least_25": _("25 years or more")}


@dataclass(frozen=True, slots=True)
class RowFault:
    """`field` is a path of `etotu.parsing.fields`, such as "henkilo.sukunimi"; repeated parts carry their number."""

    field: str
    code: RowFaultCode
    params: Params = dataclass_field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {"field": self.field, "code": self.code.value, "params": dict(self.params)}

    @property
    def message(self) -> str:
        return row_fault_message(self.code.value, self.params)


@dataclass(frozen=True, slots=True)
class Flag:
    field: str
    code: FlagCode

    def as_json(self) -> dict[str, Any]:
        return {"field": self.field, "code": self.code.value}

    @property
    def message(self) -> str:
        return str(self.code.label)


def file_fault_message(code: str, params: Params) -> str:
    """What is wrong and what to do, in the language that is on; also for a fault that was stored."""
    return f"{what_is_wrong(code, params)} {FileFaultCode(code).remedy}"


def what_is_wrong(code: str, params: Params) -> str:
    """With the file, without what to do."""
    return _filled(FileFaultCode(code).label, params)


def row_fault_message(code: str, params: Params) -> str:
    """What is wrong and what is allowed, in the language that is on; also for a fault that was stored."""
    known = RowFaultCode(code)
    words = dict(params)
    if known is RowFaultCode.UNREADABLE:
        words["form"] = _filled(FORMS[str(params["form"])], params)
    if known is RowFaultCode.AGE_CONTRADICTS:
        words["allowed"] = str(AGES[str(params["allowed"])])
    return _filled(known.label, words)


def _filled(text: object, params: Params) -> str:
    template = str(text)
    return template % params if "%(" in template else template
