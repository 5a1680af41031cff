"""The fields of a letter's words, such as {name}: which a kind knows, which it needs, and filling them in."""

import re
from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.models.letter import LetterKind

FIELD = re.compile(r"\{([^{}]*)\}")

MEANINGS: Final[dict[str, Promise]] = {
    "name": gettext_lazy("the client's name"),
    "worker": gettext_lazy("the worker's name"),
    "phone": gettext_lazy("the phone number that the maker of the letter gives"),
    "municipality": gettext_lazy("the municipality's name"),
    "where_to_turn": gettext_lazy("where to turn, from the municipality's settings"),
    "tries": gettext_lazy("the days on which the client was tried to reach"),
    "arrived": gettext_lazy("the day on which the application or notice arrived"),
    "items": gettext_lazy("what is asked for, item by item"),
    "limit": gettext_lazy("the day until which there is time"),
    "note": gettext_lazy("what the worker writes to the client"),
    "time": gettext_lazy("the day and time of the appointment"),
    "place": gettext_lazy("the place of the appointment"),
}
COMMON: Final = ("name", "worker", "phone", "municipality", "where_to_turn")
OWN: Final[dict[str, tuple[str, ...]]] = {
    LetterKind.NOT_REACHED: ("tries",),
    LetterKind.INFORMATION_REQUEST: ("arrived", "items", "limit", "note"),
    LetterKind.APPOINTMENT: ("time", "place", "note"),
}
NEEDED: Final[dict[str, tuple[str, ...]]] = {
    LetterKind.NOT_REACHED: ("where_to_turn",),
    LetterKind.INFORMATION_REQUEST: ("items", "limit"),
    LetterKind.APPOINTMENT: ("time",),
}


def fields_of(kind: str) -> tuple[str, ...]:
    return COMMON + OWN[kind]


def faults(kind: str, text: str) -> list[str]:
    """What is wrong with the words, each fault as a sentence that names the field."""
    asked = FIELD.findall(text)
    unknown = list(dict.fromkeys(name for name in asked if name not in fields_of(kind)))
    missing = [name for name in NEEDED[kind] if name not in asked]
    found = []
    if unknown:
        words = ngettext("There is no field %(fields)s.", "There are no fields %(fields)s.", len(unknown))
        found.append(words % {"fields": braced(unknown)})
    if missing:
        words = ngettext(
            "The letter needs the field %(fields)s.", "The letter needs the fields %(fields)s.", len(missing)
        )
        found.append(words % {"fields": braced(missing)})
    if re.search(r"[{}]", FIELD.sub("", text)):
        found.append(_("A brace { or } stands alone. Write a field between two braces, for example {name}."))
    return found


def faults_of_subject(text: str) -> list[str]:
    """The subject is the same for everybody: it shows in the list of headings of the file."""
    return [_("Write the subject without fields and braces.")] if re.search(r"[{}]", text) else []


def braced(names: list[str] | tuple[str, ...]) -> str:
    return ", ".join(f"{{{name}}}" for name in names)


def fill(text: str, values: Mapping[str, str]) -> str:
    """The words with their fields filled in. A line is left out when all of its fields are empty."""
    lines = []
    for line in text.replace("\r\n", "\n").split("\n"):
        names = FIELD.findall(line)
        if names and not any(values.get(name, "") for name in names):
            continue
        lines.append(FIELD.sub(lambda match: values.get(match[1], ""), line))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
