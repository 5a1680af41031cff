"""The rows behind a number of a figure: exactly those that it counts."""

from collections.abc import Callable

from django.db.models import Q, QuerySet
from django.utils import timezone

from avain.models import Goal
from cases.models import Appointment, Client, Deadline, Matter
from cases.models.appointment import AppointmentState
from reports.figures import counts
from reports.figures.attendance import WITHOUT_MATTER
from reports.figures.notices import ANSWERS
from reports.figures.question import Question
from reports.figures.waiting import WAITING_ROWS

Rows = QuerySet[Matter] | QuerySet[Client] | QuerySet[Appointment]


def rows_of(name: str, key: str, question: Question) -> Rows:
    """Matters; appointments of a figure of attendance; clients of one of goals. KeyError for what no figure shows."""
    return ROWS[name](key, question)


def _notices(key: str, question: Question) -> QuerySet[Matter]:
    return _listed(_of_kind(_asked(question), key))


def _of_kind(matters: QuerySet[Matter], key: str) -> QuerySet[Matter]:
    return matters if key == "all" else matters.filter(kind=key)


def _asked(question: Question) -> QuerySet[Matter]:
    return counts.notices(question.municipality, question.period, restricted=question.restricted)


def _listed(matters: QuerySet[Matter]) -> QuerySet[Matter]:
    return matters.select_related("assignee").order_by("-arrived", "-pk")


def _answers(key: str, question: Question) -> QuerySet[Matter]:
    """`all`, `answer` or `kind.answer`."""
    kind, _, answer = key.rpartition(".")
    matters = _asked(question)
    if kind:
        matters = matters.filter(kind=kind)
    return _listed(matters if answer == "all" else matters.filter(outcome__in=ANSWERS[answer][1]))


def _contacted(key: str, question: Question, *, reached: bool) -> QuerySet[Matter]:
    """`kind` or `all`, and with `.none` those that were not."""
    kind, _, part = key.partition(".")
    found, without = counts.with_contact(_of_kind(_asked(question), kind), reached=reached)
    return _listed({"": found, "none": without}[part])


def _decided(key: str, question: Question) -> QuerySet[Matter]:
    _kind, _, part = key.partition(".")
    found, without = counts.with_decision(_asked(question))
    return _listed({"": found, "none": without}[part])


def _never(key: str, question: Question) -> QuerySet[Matter]:
    found = counts.never_investigated(question.municipality, question.period, restricted=question.restricted)
    return _listed(_of_kind(found, key))


STATES = {
    "": Q(state=AppointmentState.MET),
    "all": Q(),
    "missed": Q(state=AppointmentState.MISSED),
    "cancelled": Q(state=AppointmentState.CANCELLED_BY_CLIENT),
    "unrecorded": Q(state=AppointmentState.OFFERED),
}


def _appointments(key: str, question: Question) -> QuerySet[Appointment]:
    """`kind` or `all`, of those who came; with a part of `STATES` the others, or all of them."""
    kind, _, part = key.partition(".")
    found = counts.appointments(question.municipality, question.period, restricted=question.restricted)
    return _of_appointments(found.filter(STATES[part]), kind)


def _appointments_of_age(key: str, question: Question) -> QuerySet[Appointment]:
    """`kind.age`, or `all`: those who came."""
    kind, _, age = key.partition(".")
    found = counts.appointments(question.municipality, question.period, restricted=question.restricted)
    found = found.filter(STATES[""])
    return _of_appointments(found if key == "all" else counts.of_age_group(found, age), kind)


def _of_appointments(found: QuerySet[Appointment], kind: str) -> QuerySet[Appointment]:
    if kind == WITHOUT_MATTER:
        found = found.filter(matter=None)
    elif kind != "all":
        found = found.filter(matter__kind=kind)
    return found.select_related("matter", "worker").order_by("-at", "-pk")


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


ROWS: dict[str, Callable[[str, Question], Rows]] = {
    "notices_by_type": _notices,
    "answers": _answers,
    "answers_by_type": _answers,
    "decision_delay": _decided,
    "first_contact": lambda key, question: _contacted(key, question, reached=False),
    "first_reached": lambda key, question: _contacted(key, question, reached=True),
    "reach": lambda key, question: _contacted(key, question, reached=True),
    "never_investigated": _never,
    "attendance": _appointments,
    "attendance_by_age": _appointments_of_age,
    "open_matters": _open,
    "deadlines_kept": _deadlines,
    "goals": lambda key, question: _goals(key, question, main_only=True),
    "all_goals": lambda key, question: _goals(key, question, main_only=False),
    **WAITING_ROWS,
}
