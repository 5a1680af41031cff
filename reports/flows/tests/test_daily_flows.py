"""The daily flows are always the numbers of the rows, whatever happened and whoever counted when."""

import datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from cases.models import Appointment, Client, Contact, Deadline, Matter, MatterKind, Transfer
from core.periods import Period
from core.working_days import working_days_between
from etotu.models import Batch, Notice
from etotu.tests.making import RECEIVED, make_notice
from municipalities.models import Municipality
from reports.figures.question import Question
from reports.figures.registry import FIGURES
from reports.flows.measures import Measure
from reports.flows.read import read
from reports.flows.recounting import recount, recount_stale
from reports.flows.sql import counting, parameters
from reports.models import DailyFlow, Flow, StaleDay
from testing.clock import at
from testing.factories import make_client, make_matter

OCTOBER = Period.parse("2018-10", "2018-10")
DAY = datetime.date(2018, 10, 12)


def helsinki(day: datetime.date, hour: int = 12, minute: int = 0) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour, minute)))


def counted(
    municipality: Municipality, flow: Flow, period: Period = OCTOBER, restricted: bool = True
) -> dict[str, int]:
    measures = [measure for measure in Measure if measure.flow == flow]
    (found,) = read(municipality.pk, measures, [period], restricted=restricted)
    return {f"{measure} {kind} {detail}".strip(): n for (measure, kind, detail), n in found.by.items()}


def of_rows(municipality: Municipality, flow: Flow, period: Period) -> dict[str, int]:
    """Counted from the rows alone, every day of the period."""
    length = (period.last - period.first).days + 1
    days = [period.first + datetime.timedelta(days=i) for i in range(length)]
    with connection.cursor() as cursor:
        cursor.execute(counting(flow), parameters(municipality.pk, days))
        found: dict[str, int] = {}
        for _day, measure, kind, detail, n, _restricted in cursor.fetchall():
            key = f"{measure} {kind} {detail}".strip()
            found[key] = found.get(key, 0) + n
    return found


def record(matter: Matter, by: User, day: datetime.date, outcome: str = "no_answer", hour: int = 12) -> Contact:
    return Contact.objects.create(
        municipality=matter.municipality,
        client=matter.client,
        matter=matter,
        channel="call",
        outcome=outcome,
        at=helsinki(day, hour),
        by=by,
    )


def offer(matter: Matter, by: User, at: datetime.datetime, state: str = "met") -> Appointment:
    return Appointment.objects.create(
        municipality=matter.municipality, client=matter.client, matter=matter, worker=by, by=by, at=at, state=state
    )


def opens_its_rows(name: str, question: Question) -> None:
    definition = FIGURES[name]
    for row in definition.exact(question).rows:
        assert definition.rows(row.key, question).count() == row.count, (name, row.key)


def stale(flow: Flow) -> set[datetime.date]:
    return set(StaleDay.objects.filter(flow=flow).values_list("day", flat=True))


@pytest.mark.parametrize("when", ["never", "before", "after"])
def test_numbers_are_those_of_the_rows_whenever_they_were_counted(when: str, kuopio: Municipality, aino: User) -> None:
    matter = make_matter(make_client(kuopio), MatterKind.SOCIAL_WORK_NEED, DAY, urgent=True)
    if when == "before":
        recount_stale()
    record(matter, aino, datetime.date(2018, 10, 15))
    record(matter, aino, datetime.date(2018, 10, 17), "reached")
    if when == "after":
        recount_stale()
    assert counted(kuopio, Flow.ARRIVED) == {
        "notices social_work_need": 1,
        "urgent social_work_need yes": 1,
        "tried social_work_need 1": 1,
        "reached social_work_need 3": 1,
    }


def test_counting_leaves_no_day_stale_and_a_change_makes_only_its_days_stale(kuopio: Municipality, aino: User) -> None:
    matter = make_matter(make_client(kuopio), arrived=DAY)
    make_matter(make_client(kuopio), arrived=DAY + datetime.timedelta(days=3))
    recount_stale()
    assert not StaleDay.objects.exists()
    record(matter, aino, DAY)
    assert (stale(Flow.ARRIVED), stale(Flow.DUE)) == ({DAY}, set())


def test_what_is_not_counted_makes_nothing_stale(kuopio: Municipality, aino: User) -> None:
    matter = make_matter(make_client(kuopio), arrived=DAY)
    recount_stale()
    Matter.objects.filter(pk=matter.pk).update(assignee=aino, state="in_progress", version=2)
    Client.objects.filter(pk=matter.client_id).update(language="sv")
    assert not StaleDay.objects.exists()


def test_a_day_moved_makes_both_its_days_stale(kuopio: Municipality, aino: User) -> None:
    matter = make_matter(make_client(kuopio), arrived=DAY)
    appointment = offer(matter, aino, helsinki(DAY))
    recount_stale()
    later = DAY + datetime.timedelta(days=7)
    Appointment.objects.filter(pk=appointment.pk).update(at=helsinki(later))
    due = matter.deadlines.get().due
    Deadline.objects.filter(matter=matter).update(due=due - datetime.timedelta(days=1))
    assert stale(Flow.MET) == {DAY, later}
    assert stale(Flow.DUE) == {due, due - datetime.timedelta(days=1)}


def test_a_client_that_becomes_restricted_leaves_the_numbers_that_open_rows(kuopio: Municipality, aino: User) -> None:
    matter = make_matter(make_client(kuopio), arrived=DAY)
    offer(matter, aino, helsinki(DAY))
    recount_stale()
    Client.objects.filter(pk=matter.client_id).update(restricted=True)
    for _ in range(2):
        assert all(counted(kuopio, flow) for flow in Flow)
        assert not any(counted(kuopio, flow, restricted=False) for flow in Flow)
        recount_stale()


def test_a_new_version_changes_the_day_of_the_decision(kuopio: Municipality) -> None:
    matter = make_matter(make_client(kuopio), arrived=DAY)
    batch = Batch.objects.create(
        file_name="era.xml", size=0, sha256=b"", via="upload", received_at=RECEIVED, arrived=DAY
    )
    make_notice(matter, batch)
    recount_stale()
    assert counted(kuopio, Flow.ARRIVED)["decision application none"] == 1
    Notice.objects.update(content={"application": {"decision_date": "2018-10-10"}})
    assert counted(kuopio, Flow.ARRIVED)["decision application 2"] == 1
    recount_stale()
    assert counted(kuopio, Flow.ARRIVED)["decision application 2"] == 1


def test_a_matter_of_another_kind_takes_its_appointments_along(kuopio: Municipality, aino: User) -> None:
    matter = make_matter(make_client(kuopio, birth_date=datetime.date(1980, 10, 13)), arrived=DAY)
    offer(matter, aino, helsinki(DAY))
    recount_stale()
    Matter.objects.filter(pk=matter.pk).update(kind=MatterKind.REDUCED_AMOUNT)
    assert counted(kuopio, Flow.MET) == {"attendance reduced_amount 25-39.met": 1}


@pytest.mark.parametrize(("hour", "day"), [(0, 15), (1, 15), (23, 14)])
def test_days_are_those_of_helsinki(hour: int, day: int, kuopio: Municipality, aino: User) -> None:
    """Summer time: 0.30 and 1.30 of the 15th are the 14th in UTC, and 23.30 is the same day in both."""
    matter = make_matter(make_client(kuopio), MatterKind.IMMIGRANT, DAY)
    offer(matter, aino, helsinki(datetime.date(2018, 10, day), hour, 30), "missed")
    record(matter, aino, datetime.date(2018, 10, day), hour=hour)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL TIME ZONE 'America/New_York'")
    recount_stale()
    assert set(DailyFlow.objects.filter(flow=Flow.MET).values_list("day", flat=True)) == {datetime.date(2018, 10, day)}
    expected = working_days_between(DAY, datetime.date(2018, 10, day))
    assert counted(kuopio, Flow.ARRIVED)[f"tried immigrant {expected}"] == 1


def test_an_appointment_counts_when_its_time_has_passed(kuopio: Municipality, aino: User) -> None:
    with at("2018-10-12 12:00"):
        matter = make_matter(make_client(kuopio), arrived=DAY)
        offer(matter, aino, helsinki(DAY, 11), "met")
        offer(matter, aino, helsinki(DAY, 13), "offered")
        recount_stale()
        assert sum(counted(kuopio, Flow.MET).values()) == 1
    with at("2018-10-12 13:01"):
        assert sum(counted(kuopio, Flow.MET).values()) == 2
    with at("2018-10-13 08:00"):
        recount_stale()
        assert not StaleDay.objects.filter(flow=Flow.MET).exists()
        assert sum(counted(kuopio, Flow.MET).values()) == 2


def test_a_deadline_counts_when_its_day_is_past(kuopio: Municipality) -> None:
    with at("2018-10-12 12:00"):
        matter = make_matter(make_client(kuopio), arrived=DAY)
        recount_stale()
    due = matter.deadlines.get().due
    for days, n in ((0, 0), (1, 1)):
        with at(helsinki(due + datetime.timedelta(days=days), 0, 5)):
            assert sum(counted(kuopio, Flow.DUE).values()) == n


def test_what_went_back_to_its_sender_is_no_deadline_kept(kuopio: Municipality, tampere: Municipality) -> None:
    matter = make_matter(make_client(kuopio), arrived=DAY)
    Deadline.objects.filter(matter=matter).update(met_on=DAY)
    both = {"client": matter.client, "matter": matter, "municipality": kuopio, "other": tampere, "reason": "Muutti."}
    sent = Transfer.objects.create(**both, incoming=False, state="returned")
    arrived = Transfer.objects.create(**both, incoming=True, state="requested")
    recount_stale()
    assert counted(kuopio, Flow.DUE) == {"deadlines decide kept": 1}
    for state, n in (("returned", 0), ("revoked", 0), ("accepted", 1)):
        Transfer.objects.filter(pk=arrived.pk).update(state=state)
        for _ in range(2):
            assert sum(counted(kuopio, Flow.DUE).values()) == n, state
            opens_its_rows("deadlines_kept", Question(kuopio, OCTOBER))
            recount_stale()
    Transfer.objects.filter(pk=sent.pk).update(state="accepted", version=2)
    assert not StaleDay.objects.exists(), "at the sender nothing changes"


def test_periods_that_follow_each_other_are_read_at_once(kuopio: Municipality) -> None:
    make_matter(make_client(kuopio), arrived=datetime.date(2018, 9, 30))
    make_matter(make_client(kuopio), arrived=datetime.date(2018, 10, 1))
    make_matter(make_client(kuopio), arrived=datetime.date(2018, 10, 31))
    recount_stale()
    found = read(kuopio.pk, [Measure.NOTICES], [OCTOBER.previous(), OCTOBER], restricted=True)
    assert [sum(one.of(Measure.NOTICES).values()) for one in found] == [1, 2]


def test_recounting_finds_what_differs_unseen(kuopio: Municipality) -> None:
    make_matter(make_client(kuopio), arrived=DAY)
    recount_stale()
    DailyFlow.objects.filter(flow=Flow.ARRIVED).update(n=7)
    assert recount(kuopio.pk, OCTOBER.first, OCTOBER.last).differing == 1
    assert recount(kuopio.pk, OCTOBER.first, OCTOBER.last).differing == 0
    assert counted(kuopio, Flow.ARRIVED)["notices application"] == 1


def test_what_was_stale_is_no_difference(kuopio: Municipality) -> None:
    make_matter(make_client(kuopio), arrived=DAY)
    assert recount(kuopio.pk, OCTOBER.first, OCTOBER.last).differing == 0
    assert stale(Flow.ARRIVED) == set()


def test_the_command_counts_anew(kuopio: Municipality) -> None:
    make_matter(make_client(kuopio), arrived=DAY)
    out = StringIO()
    call_command("recount", "--kunta=297", "--from=2018-10-01", "--to=2018-10-31", stdout=out)
    assert out.getvalue() == "93 days counted, 0 differed\n"
    assert DailyFlow.objects.filter(flow=Flow.ARRIVED, measure="notices").count() == 1


DEEDS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "matter",
                "contact",
                "close",
                "reopen",
                "offer",
                "settle",
                "move",
                "went_back",
                "restrict",
                "drop",
                "count",
            ]
        ),
        st.integers(0, 30),
        st.integers(0, 5),
    ),
    min_size=1,
    max_size=14,
)
KINDS = list(MatterKind)
OUTCOMES = ["reached", "no_answer", "left_message"]


def deed(verb: str, day: int, which: int, municipality: Municipality, by: User) -> None:  # noqa: C901 - a list of deeds
    when = OCTOBER.first + datetime.timedelta(days=day)
    matters = list(Matter.objects.order_by("pk"))
    matter = matters[which % len(matters)] if matters else None
    if verb == "matter" or matter is None:
        client = make_client(municipality, restricted=which == 2)
        make_matter(client, KINDS[which], when, source="phone" if which == 0 else "kela", urgent=which == 1)
        return
    appointment = Appointment.objects.order_by("pk").first()
    match verb:
        case "contact":
            record(matter, by, max(when, matter.arrived), OUTCOMES[which % 3], hour=which * 4)
        case "close":
            Matter.objects.filter(pk=matter.pk).update(
                state="closed", outcome="met_no_need", closed_at=helsinki(when), closed_by=by
            )
            Deadline.objects.filter(matter=matter).update(met_on=when)
        case "reopen":
            Matter.objects.filter(pk=matter.pk).update(state="new", outcome="", closed_at=None, closed_by=None)
            Deadline.objects.filter(matter=matter).update(met_on=None)
        case "offer":
            offer(matter, by, helsinki(when, which * 4, 30), "offered")
        case "settle":
            Appointment.objects.filter(matter=matter).update(state=["met", "missed", "cancelled_by_office"][which % 3])
        case "move":
            if appointment:
                Appointment.objects.filter(pk=appointment.pk).update(at=helsinki(when, which * 4))
            Matter.objects.filter(pk=matter.pk).update(kind=KINDS[which])
        case "went_back":
            Transfer.objects.create(
                municipality=municipality,
                incoming=which != 3,
                other_id=837,
                client=matter.client,
                matter=matter,
                state=["accepted", "returned", "revoked"][which % 3],
                reason="Muutti.",
            )
        case "restrict":
            Client.objects.filter(pk=matter.client_id).update(restricted=which > 2)
        case "drop":
            Contact.objects.filter(matter=matter).delete()
            Deadline.objects.filter(matter=matter).delete()
        case "count":
            recount_stale()


@pytest.mark.at("2019-02-01")
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(DEEDS)
def test_after_any_history_the_flows_are_the_rows(
    kuopio: Municipality, aino: User, history: list[tuple[str, int, int]]
) -> None:
    autumn = Period.parse("2018-10", "2018-12")
    start = transaction.savepoint()
    try:
        for verb, day, which in history:
            deed(verb, day, which, kuopio, aino)
        for flow in Flow:
            rows = of_rows(kuopio, flow, autumn)
            assert counted(kuopio, flow, autumn) == rows
            recount_stale()
            assert counted(kuopio, flow, autumn) == rows
            stored = DailyFlow.objects.filter(flow=flow, day__range=(autumn.first, autumn.last))
            assert sum(stored.values_list("n", flat=True)) == sum(rows.values())
        for name in ("answers_by_type", "first_contact", "first_reached", "attendance_by_age", "deadlines_kept"):
            opens_its_rows(name, Question(kuopio, autumn, restricted=False))
        assert recount(kuopio.pk, autumn.first, autumn.last).differing == 0
    finally:
        transaction.savepoint_rollback(start)
