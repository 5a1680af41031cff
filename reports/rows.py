"""The rows behind a number of a figure: exactly those that it counts."""

from collections.abc import Callable

from django.db.models import Q, QuerySet
from django.utils import timezone

from avain.models import Goal
from cases.models import Client, Deadline, Matter
from reports import counts
from reports.figures import Question


def rows_of(name: str, key: str, question: Question) -> QuerySet[Matter] | QuerySet[Client]:
    """Matters, or the clients of a figure of goals. Raises KeyError for what no figure shows."""
    return ROWS[name](key, question)


def _notices(key: str, question: Question) -> QuerySet[Matter]:
    matters = counts.notices(question.municipality, question.period, restricted=question.restricted)
    return _of_kind(matters, key).select_related("assignee").order_by("-arrived", "-pk")


def _of_kind(matters: QuerySet[Matter], key: str) -> QuerySet[Matter]:
    return matters if key == "all" else matters.filter(kind=key)


def _open(key: str, question: Question) -> QuerySet[Matter]:
    """`all`, `all.age` or `state.age`."""
    matters = counts.open_matters(question.municipality, restricted=question.restricted)
    state, _, age = key.partition(".")
    if age:
        matters = matters.filter(counts.of_age(age, timezone.localdate()))
    if state != "all":
        matters = matters.filter(state=state)
    return matters.select_related("assignee").order_by("due", "pk")


PARTS = {"ended": Q(), "kept": counts.KEPT, "within": counts.WITHIN_OUTER_LIMIT, "late": counts.LATE}


def _deadlines(key: str, question: Question) -> QuerySet[Matter]:
    """`duty`, `duty.part` or `all.part`; the bare duty is what was kept."""
    duty, _, part = key.partition(".")
    deadlines = counts.ended_deadlines(question.municipality, question.period, restricted=question.restricted)
    deadlines = deadlines.filter(PARTS[part or "kept"])
    if duty != "all":
        deadlines = deadlines.filter(duty=duty)
    found: QuerySet[Deadline] = deadlines.order_by()
    matters = Matter.objects.filter(municipality=question.municipality, deadlines__in=found)
    return matters.select_related("assignee").order_by("-arrived", "-pk")


def _goals(key: str, question: Question, *, main_only: bool) -> QuerySet[Client]:
    measurements = counts.latest_measurements(question.municipality, question.period)
    with_goal = Goal.objects.filter(measurement__in=measurements.values("pk"))
    if key == "none":
        chosen = measurements.exclude(pk__in=with_goal.filter(main=True).values("measurement"))
    elif key == "all":
        chosen = measurements
    else:
        wanted = with_goal.filter(code__code=key, **({"main": True} if main_only else {}))
        chosen = measurements.filter(pk__in=wanted.values("measurement"))
    clients = Client.objects.filter(municipality=question.municipality, pk__in=chosen.values("client"))
    return clients if question.restricted else clients.filter(restricted=False)


ROWS: dict[str, Callable[[str, Question], QuerySet[Matter] | QuerySet[Client]]] = {
    "notices_by_type": _notices,
    "open_matters": _open,
    "deadlines_kept": _deadlines,
    "goals": lambda key, question: _goals(key, question, main_only=True),
    "all_goals": lambda key, question: _goals(key, question, main_only=False),
}
