"""The days that the tables hold at all. Without the rest of the program, for what reads files on its own.

A moment before the year 1 or after 9999, by a time zone's hours too, can be stored by PostgreSQL and read by nobody.
"""

import datetime
from typing import Final

STORED: Final = (datetime.date(1800, 1, 1), datetime.date(2200, 1, 1))
"""No table takes a day outside of these; from the first, which the century of a henkilötunnus reaches, to the last."""


def can_be_stored(day: datetime.date) -> bool:
    return STORED[0] <= day < STORED[1]
