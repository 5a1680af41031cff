"""The Finnish personal identity code (henkilötunnus): decree 128/2010, 2 §, with the separators added on 1.1.2023."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

CHECK_CHARACTERS: Final = "0123456789ABCDEFHJKLMNPRSTUVWXY"
CENTURIES: Final = {
    "+": 1800,
    **dict.fromkeys("-YXWVU", 1900),
    **dict.fromkeys("ABCDEF", 2000),
}
FORM: Final = re.compile(rf"([0-9]{{6}})([-+A-FU-Y])([0-9]{{3}})([{CHECK_CHARACTERS}])")

Fault = Literal["form", "date", "check"]


class IdentityCodeError(ValueError):
    """Why a text is no identity code. Never holds the text itself: messages end up in logs."""

    def __init__(self, code: Fault) -> None:
        super().__init__(code)
        self.code: Fault = code


@dataclass(frozen=True, slots=True)
class IdentityCode:
    text: str
    birth_date: date

    def __repr__(self) -> str:
        return f"IdentityCode({self.mask()!r})"

    def __str__(self) -> str:
        return self.mask()

    @property
    def artificial(self) -> bool:
        """Individual numbers from 900 are temporary or made up, never given by the population register."""
        return self.text[7] == "9"

    def mask(self) -> str:
        return mask(self.text)

    def age_on(self, day: date) -> int:
        return age(self.birth_date, day)


def parse(text: str) -> IdentityCode:
    """The code in `text`; raises IdentityCodeError.

    Only surrounding blanks and the case of letters are forgiven. The separator stays as it is: 100190-999P and
    100190Y999P are two people.
    """
    stripped = text.strip()
    # upper() would turn a few letters outside ASCII into letters of the code
    found = FORM.fullmatch(stripped.upper()) if stripped.isascii() else None
    if found is None or int(found[3]) < 2:
        raise IdentityCodeError("form")
    birth, separator, number, check = found.groups()
    try:
        birth_date = date(CENTURIES[separator] + int(birth[4:]), int(birth[2:4]), int(birth[:2]))
    except ValueError:
        raise IdentityCodeError("date") from None
    if check != check_character(birth, number):
        raise IdentityCodeError("check")
    return IdentityCode(found[0], birth_date)


def check_character(birth: str, number: str) -> str:
    """The last character for `birth` DDMMYY and the three-digit individual `number`; the separator plays no part."""
    return CHECK_CHARACTERS[int(birth + number) % 31]


def mask(text: str) -> str:
    """What lists and pages show of a code: the birth date and the separator."""
    return f"{text[:7]}••••"


def age(birth_date: date, day: date) -> int:
    """Whole years on `day`; negative before birth."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))
