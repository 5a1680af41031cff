"""{% load dates %}: days and times in words, see core.dates."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from django import template

from core import dates

register = template.Library()


def _or_nothing(words: Callable[[Any], str]) -> Callable[[Any], str]:
    """An empty value gives an empty text, as in Django's own date filter."""

    def filtered(value: date | datetime | time | None) -> str:
        return "" if value in (None, "") else words(value)

    return filtered


WORDS: dict[str, Callable[[Any], str]] = {
    "short_day": dates.short_day,
    "long_day": dates.long_day,
    "day_words": dates.day_words,
    "clock": dates.clock,
    "moment": dates.moment,
    "cell_words": dates.cell_words,
}
for name, words in WORDS.items():
    register.filter(name, _or_nothing(words))
