"""CSV that a Finnish spreadsheet program opens as it should: semicolons, decimal comma, UTF-8 with its mark."""

import csv
import io
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from django.utils.timezone import is_aware, localtime

Value = str | int | float | Decimal | date | datetime | None

BYTE_ORDER_MARK: Final = "\N{ZERO WIDTH NO-BREAK SPACE}"
# A cell that begins so would be run as a formula; the wide forms are read as the plain ones by some programs.
FORMULA_STARTS: Final = tuple("=+-@\t\r\n＝＋－＠")


def csv_bytes(rows: Iterable[Iterable[Value]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows([cell(value) for value in row] for row in rows)
    return (BYTE_ORDER_MARK + text.getvalue()).encode()


def cell(value: Value) -> str:
    """Numbers and days stay what they are; text can never be a formula."""
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA_STARTS) or value.lstrip().startswith(FORMULA_STARTS) else value
    if isinstance(value, datetime):
        return f"{localtime(value) if is_aware(value) else value:%d.%m.%Y %H.%M}"
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, int):
        return str(int(value))
    return f"{Decimal(str(value)):f}".replace(".", ",")
