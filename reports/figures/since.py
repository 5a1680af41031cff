"""From which day on a municipality has data: before it there are no numbers, not even zeros."""

import datetime
from typing import Final

from django.db import connection

from municipalities.models import Municipality

FIRST: Final = """
    SELECT LEAST(
        (SELECT min(arrived) FROM cases_matter WHERE municipality_id = %(municipality)s),
        (SELECT min(day) FROM avain_measurement WHERE municipality_id = %(municipality)s)
    )
"""


def first_day(municipality: Municipality) -> datetime.date | None:
    """The day of the first matter or measurement; None before there is any."""
    with connection.cursor() as cursor:
        cursor.execute(FIRST, {"municipality": municipality.pk})
        found: datetime.date | None = cursor.fetchone()[0]
    return found
