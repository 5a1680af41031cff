"""What a figure is: its words, its numbers and the rows behind them, all in one class in the module of the figure."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar, Generic, TypeVar

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.models import Appointment, Client, Deadline, Matter
from core.figures import Figure, FigureRow
from reports.figures.keys import RowKey
from reports.figures.question import Question

K = TypeVar("K", bound=RowKey)
Rows = QuerySet[Matter] | QuerySet[Client] | QuerySet[Appointment] | QuerySet[Deadline]


class Listing(ABC, Generic[K]):
    """Numbers that open their rows, under a name of their own in the addresses."""

    name: ClassVar[str]
    title: ClassVar[str | Promise]
    keys: type[K]
    of_now: ClassVar[bool] = False
    """Whether it tells of the moment, whatever the period."""
    by_traits: ClassVar[bool] = False
    """Whether it tells of clients and not of work: its rows open only for the supervisor, who sees all units, and its
    numbers leave only as published ones."""

    @abstractmethod
    def rows(self, key: K, question: Question) -> Rows:
        """Exactly the rows that the number of the key counts."""

    def label(self, key: K) -> str:
        """What the rows are, under the title."""
        return key.words

    def link(self, key: K, question: Question) -> str | None:
        return question.link(self.name, key)


class FigureDefinition(Listing[K]):
    """A figure: `count` gives its numbers and `rows` the rows behind each, so that the two are read side by side.

    The numbers are exact: they stay inside, with those who work in the municipality.
    """

    rows_are: ClassVar[str | Promise] = _("Type")
    counts_are: ClassVar[str | Promise] = _("Count")
    """The heads of the first two columns."""

    @abstractmethod
    def count(self, question: Question) -> Figure[K]:
        """The exact numbers, without links."""

    def exact(self, question: Question) -> Figure[K]:
        """With links: each number opens its rows, the sum of rows that exclude each other all of them."""
        figure = self.count(question)
        rows = tuple(replace(row, link=self.link(row.key, question) if row.count else None) for row in figure.rows)
        total = figure.total
        if total and total.count:
            total = replace(total, link=self.link(self.keys(), question))
        return replace(figure, rows=rows, total=total)

    def compared(self, question: Question) -> Figure[K]:
        """Beside that of the period before, unless it tells of the moment or there was no data yet."""
        figure = self.exact(question)
        if self.of_now:
            return figure
        if not question.has_data_before:
            return replace(figure, before=question.period.previous())
        return figure.compared_with(self.exact(question.previous()))

    def shown(self, figure: Figure[K]) -> Figure[K]:
        """As the page shows it: without the rows that say nothing."""
        return figure

    def of_classes(self, rows: Iterable[FigureRow[K]], denominator: str, question: Question, *notes: str) -> Figure[K]:
        """Rows that exclude each other."""
        period = None if self.of_now else question.period
        return Figure.of_classes(self.name, str(self.title), rows, denominator, notes=notes, period=period)

    def of_people(
        self, rows: Iterable[FigureRow[K]], denominator: str, question: Question, *notes: str, n: int
    ) -> Figure[K]:
        """Rows that do not add up to n: one of the n may be in several, or in none."""
        return Figure.of_people(self.name, str(self.title), rows, denominator, n=n, notes=notes, period=question.period)


class FigureByTraits(FigureDefinition[K]):
    """A figure by clients' traits."""

    by_traits = True


def row(key: K, count: int, base: int | None = None) -> FigureRow[K]:
    return FigureRow(key, key.words, count, base=base)
