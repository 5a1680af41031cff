"""What a figure is: its words, its numbers and the rows behind them, all in one class in the module of the figure."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar, Generic, TypeVar

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.models import Appointment, Client, Matter
from core.figures import Figure, FigureRow
from reports.figures.keys import RowKey
from reports.figures.question import Question

K = TypeVar("K", bound=RowKey)
Rows = QuerySet[Matter] | QuerySet[Client] | QuerySet[Appointment]


class Listing(ABC, Generic[K]):
    """Numbers that open their rows, under a name of their own in the addresses."""

    name: ClassVar[str]
    title: ClassVar[str | Promise]
    keys: type[K]
    of_now: ClassVar[bool] = False
    """Whether it tells of the moment, whatever the period."""
    by_traits: ClassVar[bool] = False
    """Whether its rows open only for the supervisor, who sees all units."""

    @abstractmethod
    def rows(self, key: K, question: Question) -> Rows:
        """Exactly the rows that the number of the key counts."""

    def label(self, key: K) -> str:
        """What the rows are, under the title."""
        return key.words

    def link(self, key: K, question: Question) -> str | None:
        return question.link(self.name, key)


class FigureDefinition(Listing[K]):
    """A figure: `count` gives its numbers and `rows` the rows behind each, so that the two are read side by side."""

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

    def build(self, question: Question, *, opens_rows: bool) -> Figure[K]:
        """As those see it who may, or may not, open its rows."""
        return self.exact(question)

    def compared(self, question: Question, *, opens_rows: bool) -> Figure[K]:
        """Beside that of the period before, unless it tells of the moment."""
        figure = self.build(question, opens_rows=opens_rows)
        if figure.period is None:
            return figure
        before = replace(question, period=figure.period).previous()
        return figure.compared_with(self.build(before, opens_rows=opens_rows))

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
    """A figure by clients' traits: suppressed for whoever may not open the rows, and outside the casework."""

    by_traits = True

    @abstractmethod
    def told(self, question: Question) -> Figure[K]:
        """With the small numbers hidden, and without links."""

    def build(self, question: Question, *, opens_rows: bool) -> Figure[K]:
        return self.exact(question) if opens_rows else question.once(self.told)


def row(key: K, count: int, base: int | None = None) -> FigureRow[K]:
    return FigureRow(key, key.words, count, base=base)
