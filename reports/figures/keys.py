"""What a number of a figure counts, as a value: here it becomes the text of addresses and files, and a value again."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields
from functools import cache
from itertools import product
from typing import ClassVar, Final, Protocol, Self

from django.utils.functional import Promise
from django.utils.translation import gettext as _

ALL: Final = "all"
SEPARATOR: Final = "."


class UnknownKeyError(LookupError):
    """A text that is no key of the figure."""


class Value(Protocol):
    """A member of an enumeration with words for people."""

    @property
    def value(self) -> str: ...

    @property
    def label(self) -> str | Promise: ...


@dataclass(frozen=True, slots=True)
class RowKey:
    """The rows that a number counts: one value of each of a figure's dimensions, None where it is of all.

    The text is the values with dots between: "application", "application.decided", "all.late", "all".
    """

    VALUES: ClassVar[tuple[Collection[Value], ...]] = ()
    """What each field may be besides None, in their order."""

    @classmethod
    def every(cls) -> Iterator[Self]:
        return (cls(*values) for values in product(*((None, *values) for values in cls.VALUES)))

    @classmethod
    def read(cls, text: str) -> Self:
        """The key that is written so: looked up among all, so that no other text is ever taken for one."""
        try:
            return cls._by_text()[text]
        except KeyError as error:
            raise UnknownKeyError(text) from error

    @classmethod
    @cache
    def _by_text(cls) -> dict[str, Self]:
        return {str(key): key for key in cls.every()}

    def __str__(self) -> str:
        first, *others = ("" if value is None else value.value for value in self._values)
        return SEPARATOR.join([first or ALL, *filter(None, others)])

    @property
    def _values(self) -> tuple[Value | None, ...]:
        return tuple(getattr(self, field.name) for field in fields(self)) or (None,)

    @property
    def words(self) -> str:
        """What the rows are, as the tables say it."""
        first, *others = (None if value is None else str(value.label) for value in self._values)
        return ", ".join([first or _("all"), *filter(None, others)])
