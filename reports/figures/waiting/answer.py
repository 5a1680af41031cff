"""A question of the moment: its number, of what, and what is worth knowing of it."""

from abc import abstractmethod
from dataclasses import dataclass

from reports.figures.definition import K, Listing
from reports.figures.question import Question


@dataclass(frozen=True, slots=True)
class Part:
    """A number of its own within the number."""

    count: int
    words: str
    link: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    title: str
    count: int
    words: str
    link: str | None
    detail: str = ""
    parts: tuple[Part, ...] = ()


class Waiting(Listing[K]):
    """Counted from the rows by the indexes of what is open, never from the daily flows."""

    of_now = True

    def label(self, key: K) -> str:
        """Nothing for all of them: the title is a question already."""
        return "" if key == self.keys() else super().label(key)

    @abstractmethod
    def answer(self, question: Question) -> Answer: ...

    def answered(
        self, question: Question, n: int, words: str, detail: str = "", parts: tuple[Part, ...] = ()
    ) -> Answer:
        link = self.link(self.keys(), question)
        return Answer(str(self.title), n, words, link, detail if n else "", parts if n else ())
