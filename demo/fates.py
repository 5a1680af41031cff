"""What becomes of matters of each kind: how fast, whether the client is reached, and how it ends."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from cases.models import MatterKind, MatterState
from cases.models.appointment import AppointmentState
from cases.models.deadline import Duty
from cases.models.matter import Outcome
from demo.course import Course

DECIDED: Final = {
    Outcome.SUPPORT_GRANTED: 74,
    Outcome.SUPPORT_REFUSED: 19,
    Outcome.WRONG_OR_WITHDRAWN: 5,
    Outcome.TRANSFERRED: 2,
}


@dataclass(frozen=True, slots=True)
class Habit:
    """`limit` in working days as in `cases.deadlines.rules`; `slow`: the share begun only after it."""

    limit: int
    slow: float
    reached: float
    after_call: Mapping[Outcome, int]
    after_meeting: Mapping[Outcome, int]


CALL: Final = {Outcome.MET_NO_NEED: 16, Outcome.DECLINED: 8, Outcome.TRANSFERRED: 3}
HABITS: Final = {
    MatterKind.REDUCED_AMOUNT: Habit(14, 0.06, 0.72, CALL, {Outcome.PLAN_MADE: 70, Outcome.ASSESSMENT_MADE: 30}),
    MatterKind.SOCIAL_WORK_NEED: Habit(7, 0.05, 0.9, CALL, {Outcome.ASSESSMENT_MADE: 75, Outcome.PLAN_MADE: 25}),
    MatterKind.YOUNG_UNEMPLOYED: Habit(
        10,
        0.06,
        0.66,
        {**CALL, Outcome.OUTREACH_YOUTH_WORK: 24, Outcome.OWN_COACH: 16},
        {Outcome.PLAN_MADE: 70, Outcome.ASSESSMENT_MADE: 15, Outcome.OUTREACH_YOUTH_WORK: 15},
    ),
    MatterKind.LONG_UNEMPLOYED: Habit(
        10, 0.07, 0.78, {**CALL, Outcome.OWN_COACH: 14}, {Outcome.PLAN_MADE: 75, Outcome.ASSESSMENT_MADE: 25}
    ),
    MatterKind.IMMIGRANT: Habit(10, 0.05, 0.82, CALL, {Outcome.ASSESSMENT_MADE: 55, Outcome.PLAN_MADE: 45}),
    MatterKind.DISCUSSION: Habit(7, 0.05, 0.95, {Outcome.MET_NO_NEED: 60}, {Outcome.MET_NO_NEED: 100}),
    MatterKind.CONTACT: Habit(7, 0.05, 0.92, CALL, {Outcome.ASSESSMENT_MADE: 60, Outcome.MET_NO_NEED: 40}),
}
OPENS_CASE: Final = frozenset({Outcome.PLAN_MADE, Outcome.ASSESSMENT_MADE})


def run(course: Course) -> None:
    kind = MatterKind(course.matter.kind)
    if kind == MatterKind.APPLICATION:
        decide(course)
    else:
        work(course, HABITS[kind])


def decide(course: Course) -> None:
    """An application is decided within its days, with or without a talk."""
    days = days_to_decide(course)
    course.start(min(days, course.random.choice((0, 0, 1, 1, 2))))
    left = days - course.spent
    turn = course.random.random()
    if turn < 0.4:
        course.reach()
    elif turn < 0.62 and left >= 2:
        course.try_in_vain(course.between(1, 3), until=days - 1)
        if course.chance(0.6):
            course.reach()
    elif turn < 0.8 and left >= 3:
        course.reach()
        course.wait(MatterState.WAITING_INFORMATION, "waiting.papers", left - 1)
    course.pass_until(days)
    course.close(draw(course, DECIDED))


def days_to_decide(course: Course) -> int:
    urgent = course.matter.urgent
    if course.chance(0.05):
        return (1 if urgent else 7) + course.between(1, 3)
    return course.random.choices((0, 1), (2, 3))[0] if urgent else course.random.choices(range(2, 8), SPREAD)[0]


SPREAD: Final = (2, 3, 5, 12, 27, 46)


def work(course: Course, habit: Habit) -> None:
    """Reach the client, meet, make the plan or the assessment; or try in vain and write where to turn."""
    late = course.chance(habit.slow)
    if course.matter.urgent:
        course.start(course.between(2, 3) if late else course.between(0, 1))
    else:
        course.start(habit.limit + course.between(1, 3) if late else course.between(0, 3))
    if not course.chance(0.97 if course.known or wants_discussion(course) else habit.reached):
        never_reach(course)
        return
    if not course.matter.urgent:
        course.try_in_vain(course.random.choices((0, 1, 2), (56, 28, 16))[0])
    colleagues = [one.user for one in course.staff.in_unit(course.matter.unit) if one.user != course.worker]
    if colleagues and course.chance(0.04):
        course.hand_over(course.random.choice(colleagues))
    course.reach()
    if course.known and course.chance(0.6):
        course.close(Outcome.ALREADY_CLIENT)
    elif course.chance(sum(habit.after_call.values()) / 100):
        if course.chance(0.4):
            course.pass_days(1)
        course.close(draw(course, habit.after_call))
    else:
        meet_and_plan(course, habit)


def wants_discussion(course: Course) -> bool:
    return any(deadline.duty == Duty.DISCUSS for deadline in course.matter.deadlines.all())


def never_reach(course: Course) -> None:
    """Three attempts or more, then a letter."""
    course.try_in_vain(course.between(3, 4))
    course.pass_days(2)
    course.write()
    course.wait(MatterState.WAITING_CLIENT, "waiting.letter", course.between(5, 10))
    course.close(Outcome.NOT_REACHED)


def meet_and_plan(course: Course, habit: Habit) -> None:
    days = course.between(3, 7)
    agree_on_a_time(course, 0.12)
    if course.chance(0.4):
        course.wait(MatterState.WAITING_CLIENT, "waiting.meeting", days)
    else:
        course.pass_days(days)
    if course.chance(0.2):
        course.stay_away()
        course.pass_days(course.between(1, 3))
        course.reach()
        agree_on_a_time(course, 0.08)
        course.pass_days(course.between(2, 4))
    met = course.meet()
    outcome = draw(course, habit.after_meeting)
    if outcome in OPENS_CASE and not course.known and course.chance(0.8):
        course.case_at = met
    if course.chance(0.25):
        course.wait(MatterState.WAITING_INFORMATION, "waiting.partner", course.between(3, 7))
    else:
        course.pass_days(course.random.choice((0, 0, 1, 2, 3, 5)))
    course.close(outcome)


def agree_on_a_time(course: Course, cancelled: float) -> None:
    """Most meetings have a time that was offered; some are cancelled, by the client more often than by the office."""
    if not course.chance(0.9):
        return
    course.offer_time()
    if course.chance(cancelled):
        course.pass_days(1)
        by_client = course.chance(0.65)
        course.cancel_time(AppointmentState.CANCELLED_BY_CLIENT if by_client else AppointmentState.CANCELLED_BY_OFFICE)
        course.offer_time()


def draw(course: Course, shares: Mapping[Outcome, int]) -> Outcome:
    return course.random.choices(list(shares), list(shares.values()))[0]
