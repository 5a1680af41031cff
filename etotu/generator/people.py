"""Made-up people: each is worked out from its index, so that a pool of any size takes no memory and never changes."""

from collections.abc import Callable
from datetime import date
from hashlib import blake2b
from typing import Final, NamedTuple

from core.identity_code import check_character
from etotu.generator import words

_FIRST_BIRTH: Final = date(1915, 1, 1).toordinal()
_SPAN: Final = date(2010, 1, 1).toordinal() - _FIRST_BIRTH
_WORKING_YEARS: Final = 47
_SEPARATORS: Final = {1900: "-YXWVU", 2000: "ABCDEF"}
# every so manieth person has come from abroad
_ABROAD: Final = 12


class GeneratedPerson(NamedTuple):
    identity_code: str
    surname: str
    given_names: str
    language: str
    phone: str
    street: str
    postal_code: str
    post_office: str
    non_disclosure: bool


class People:
    """The people of one municipality: `size` of working age, and the younger and older ones beside them.

    Indexes follow birth dates, so that people of an age are a range of indexes.
    """

    def __init__(self, seed: int, code: str, size: int) -> None:
        self._key = blake2b(f"{seed}:{code}".encode(), digest_size=16).digest()
        self._total = max(100, size * _SPAN // (_WORKING_YEARS * 365))
        self._shift = (int(code) * 7 + seed) % 100
        self._post = words.POST.get(code)

    def born(self, after: date, until: date) -> tuple[int, int]:
        """The indexes (from, to but not with) of people born after one day and on or before another."""
        return self._first_after(after.toordinal()), self._first_after(until.toordinal())

    def draw(self, bounds: tuple[int, int], chance: float, *, abroad: bool = False) -> GeneratedPerson:
        """`chance` from 0 to 1 chooses within the bounds: the higher, the younger."""
        low, high = bounds
        index = max(0, min(low + int((high - low) * chance), high - 1))
        if abroad:
            index -= index % _ABROAD
            index += _ABROAD if index < low else 0
        return self._person(index)

    def _first_after(self, ordinal: int) -> int:
        """The lowest index born after the day."""
        return max(0, -(-(ordinal + 1 - _FIRST_BIRTH) * self._total // _SPAN))

    def _person(self, index: int) -> GeneratedPerson:
        dice = _dice(self._key, index)
        identity_code = self._identity_code(index, dice(100))
        abroad = index % _ABROAD == 0
        swedish = not abroad and dice(100) < 7
        names: tuple[str, ...] = words.GIVEN_NAMES
        surnames: tuple[str, ...] = words.SURNAMES
        if abroad:
            names, surnames = words.OTHER_GIVEN_NAMES, words.OTHER_SURNAMES
            language = words.OTHER_LANGUAGES[dice(len(words.OTHER_LANGUAGES))]
        elif swedish:
            names, surnames = words.SWEDISH_GIVEN_NAMES, words.SWEDISH_SURNAMES
            language = "sv"
        else:
            language = "se" if dice(200) == 0 else "fi"
        first = dice(len(names))
        second = (first + 1 + dice(len(names) - 1)) % len(names)
        given = f"{names[first]} {names[second]}"
        surname = surnames[dice(len(surnames))]
        phone = f"+358{'40' if dice(2) else '50'}{dice(10_000_000):07d}" if dice(100) < 80 else ""
        non_disclosure = dice(100) == 0
        street, postal_code, post_office = self._address(dice)
        return GeneratedPerson(
            identity_code, surname, given, language, phone, street, postal_code, post_office, non_disclosure
        )

    def _address(self, dice: Callable[[int], int]) -> tuple[str, str, str]:
        if self._post is None or dice(4) == 0:
            return "", "", ""
        office, codes = self._post
        street = f"{words.STREETS[dice(len(words.STREETS))]} {1 + dice(49)} {'ABC'[dice(3)]} {1 + dice(48)}"
        return street, codes[dice(len(codes))], office

    def _identity_code(self, index: int, chance: int) -> str:
        """Individual numbers from 900 are given to nobody. Up to 600 people a birth date stay apart."""
        birth = date.fromordinal(_FIRST_BIRTH + index * _SPAN // self._total)
        number = f"{900 + (index * 61 + self._shift) % 100}"
        separators = _SEPARATORS[birth.year // 100 * 100]
        crowded = self._total > 100 * _SPAN
        separator = separators[index // 100 % 6 if crowded else chance - 94 if chance > 94 else 0]
        digits = f"{birth.day:02d}{birth.month:02d}{birth.year % 100:02d}"
        return f"{digits}{separator}{number}{check_character(digits, number)}"


def _dice(key: bytes, index: int) -> Callable[[int], int]:
    """Throws 0 to n - 1, the same ones each time for the same person."""
    left = int.from_bytes(blake2b(index.to_bytes(8, "big"), digest_size=24, key=key).digest(), "big")

    def throw(sides: int) -> int:
        nonlocal left
        left, thrown = divmod(left, sides)
        return thrown

    return throw
