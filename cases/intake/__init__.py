"""Taking in many people and matters at once, as a batch of notices brings them: set by set, without a row's own query.

The caller makes the tables (`make_tables`), fills them, and calls `take_in` inside its transaction, in a scope that
holds every municipality in them. Afterwards `intake_matter` tells the `client_id` and `matter_id` of each row.
"""

import datetime
from collections.abc import Callable

from cases.intake.changes import change_matters
from cases.intake.details import keep_details
from cases.intake.one import change_one
from cases.intake.opening import open_matters
from cases.intake.people import find_or_make_people, some_known, spelled
from cases.intake.plans import plan_deadlines
from cases.intake.tables import forget_plans, make_tables

__all__ = ["change_one", "forget_plans", "make_tables", "some_known", "spelled", "take_in"]


def take_in(
    source: str,
    arrived: datetime.date,
    at: datetime.datetime,
    route: Callable[[datetime.date], None] | None = None,
) -> None:
    """`arrived` is the Helsinki day, `at` the moment of arrival of all that is in the tables.

    `route` says where each new matter begins, in `intake_matter`: its client and its deadlines are known by then.
    """
    find_or_make_people(at)
    keep_details(at)
    plan_deadlines(arrived)
    if route is not None:
        route(arrived)
    open_matters(source, arrived, at)
    change_matters(arrived, at)
