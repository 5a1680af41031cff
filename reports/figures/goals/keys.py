"""The goals of AVAIN as keys. They are rows of a code list, so the keys are known only when it has been read."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import Code
from reports.figures.keys import RowKey, UnknownKeyError

LIST: Final = "avain.goals"


class WithoutMain(models.TextChoices):
    NONE = "none", _("No goal marked as the main one")


@dataclass(frozen=True, slots=True)
class CodedGoal:
    value: str
    label: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class GoalKey(RowKey):
    """The clients with a goal, those without a main one, or all of the figure."""

    goal: CodedGoal | WithoutMain | None = None

    @classmethod
    def of(cls, code: Code) -> Self:
        return cls(CodedGoal(code.code, code.label))

    @classmethod
    def every(cls) -> Iterator[Self]:
        """With each code that the list has ever had, once: in the words of the latest version."""
        codes = Code.objects.filter(list__name=LIST).order_by("list__starts", "position")
        keys = (*(cls.of(code) for code in codes), cls(WithoutMain.NONE), cls())
        yield from {str(key): key for key in keys}.values()

    @classmethod
    def read(cls, text: str) -> Self:
        found = {str(key): key for key in cls.every()}
        if text not in found:
            raise UnknownKeyError(text)
        return found[text]
