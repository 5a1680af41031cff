"""Values as people type them, and as a document keeps them."""

import datetime
import decimal
import re
from collections.abc import Callable
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.day_field import DayField, DayInput
from core.day_limits import ORDINARY
from records.content.values import LONGEST, is_amount
from records.structures.node import Kind, Node

MOMENT: Final = re.compile(r"(\S+?\.\d{4}),?\s+(?:klo|kl\.?)?\s*(\d{1,2})[.:](\d{2})")
DAYS: Final = DayField(required=False, span=ORDINARY)


class NotUnderstood(Exception):
    """What was typed is no such value. `words` say how to write it."""

    def __init__(self, words: str | Promise) -> None:
        super().__init__(words)
        self.words = str(words)


def read(node: Node, text: str) -> Any:
    """The value that the text stands for; None for nothing. Raises NotUnderstood."""
    text = text.replace("\x00", "").replace("\r\n", "\n").strip()
    if not text:
        return None
    if len(text) > LONGEST:
        raise NotUnderstood(_("The text is too long. It can have at most %(n)s characters.") % {"n": LONGEST})
    return READERS.get(node.kind, _as_it_is)(text)


def write(node: Node, value: Any) -> str:
    """The value as it stands in its field."""
    match node.kind:
        case Kind.DAY:
            return DayInput().format_value(datetime.date.fromisoformat(value)) or ""
        case Kind.MOMENT:
            at = timezone.localtime(datetime.datetime.fromisoformat(value))
            return f"{at.day}.{at.month}.{at.year} {at.hour}.{at.minute:02}"
        case Kind.AMOUNT | Kind.NUMBER:
            return str(value).replace(".", ",")
    return str(value)


def _as_it_is(text: str) -> str:
    return text


def _day(text: str) -> str:
    try:
        day = DAYS.clean(text)
    except ValidationError as error:
        raise NotUnderstood(error.messages[0]) from None
    assert isinstance(day, datetime.date)  # noqa: S101 - there is a text
    return day.isoformat()


def _moment(text: str) -> str:
    words = _("Write the day and the time, for example 13.11.2018 14.00.")
    found = MOMENT.fullmatch(text)
    if not found:
        raise NotUnderstood(words)
    day = datetime.date.fromisoformat(_day(found[1]))
    try:
        at = datetime.time(int(found[2]), int(found[3]))
    except ValueError:
        raise NotUnderstood(words) from None
    return timezone.make_aware(datetime.datetime.combine(day, at)).isoformat()


def _amount(text: str) -> str:
    plain = re.sub(r"[\s€]", "", text).replace(",", ".")
    if not is_amount(plain):
        raise NotUnderstood(_("Write the amount in euros, for example 165,50."))
    return plain


def _number(text: str) -> int | float:
    try:
        number = decimal.Decimal(re.sub(r"\s", "", text).replace(",", "."))
    except decimal.InvalidOperation:
        raise NotUnderstood(_("Write a number.")) from None
    if not number.is_finite() or abs(number) >= 10**9:
        raise NotUnderstood(_("Write a number."))
    return int(number) if number == int(number) else float(number)


READERS: Final[dict[Kind, Callable[[str], Any]]] = {
    Kind.DAY: _day,
    Kind.MOMENT: _moment,
    Kind.AMOUNT: _amount,
    Kind.NUMBER: _number,
}
