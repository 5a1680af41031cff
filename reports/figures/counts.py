"""The rows behind the figures, and the counts that are not flows. Numbers of flows come from `reports.flows.read`.

`restricted=False` leaves restricted clients out: so it is
wherever a number opens its rows.
"""

import datetime
from collections import Counter

from django.db.models import Count, DateField, Exists, F, Func, IntegerField, OuterRef, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast, TruncDate
from django.utils import timezone

from avain.models import Goal, Measurement
from cases.models import Appointment, Contact, Deadline, Matter, MatterKind, MatterState, Transfer
from cases.models.appointment import AppointmentState
from cases.models.contact import REACHING
from cases.models.matter import MatterSource
from cases.models.transfer import BACK
from core.periods import Period
from municipalities.models import Municipality
from reports.figures.ages import AGE_GROUPS, UNKNOWN_AGE

AGES: dict[str, tuple[int, int | None]] = {"0-7": (0, 7), "8-14": (8, 14), "15-30": (15, 30), "31-": (31, None)}
"""Classes of calendar days since arrival, both ends included."""


def matters_of(municipality: Municipality, *, restricted: bool) -> QuerySet[Matter]:
    matters = Matter.objects.filter(municipality=municipality)
    return matters if restricted else matters.filter(client__restricted=False)


def notices(municipality: Municipality, period: Period, *, restricted: bool) -> QuerySet[Matter]:
    """Matters that a Kela notice opened, by the day of its arrival, each notice once: figure 6."""
    return matters_of(municipality, restricted=restricted).filter(
        source=MatterSource.KELA, arrived__range=(period.first, period.last)
    )


def open_matters(municipality: Municipality, *, restricted: bool) -> QuerySet[Matter]:
    return matters_of(municipality, restricted=restricted).filter(closed_at=None)


def of_age(age: str, today: datetime.date) -> Q:
    """Matters that arrived so many days ago. One that came in the future by a wrong clock is as if it came today."""
    least, most = AGES[age]
    oldest = Q() if most is None else Q(arrived__gte=today - datetime.timedelta(days=most))
    newest = Q() if least == 0 else Q(arrived__lte=today - datetime.timedelta(days=least))
    return oldest & newest


def never_investigated(municipality: Municipality, period: Period, *, restricted: bool) -> QuerySet[Matter]:
    """Notices of the period that are still New though a deadline has passed; found by the index of the open ones."""
    open_now = notices(municipality, period, restricted=restricted).filter(closed_at=None)
    return open_now.filter(state=MatterState.NEW, due__lt=timezone.localdate())


def ended_deadlines(municipality: Municipality, period: Period, *, restricted: bool) -> QuerySet[Deadline]:
    """Deadlines whose shown day lies in the period and is past: one still running is neither kept nor missed.

    What went back to the municipality that it came from was never this one's to do.
    """
    last = min(period.last, timezone.localdate() - datetime.timedelta(days=1))
    deadlines = Deadline.objects.filter(municipality=municipality, due__range=(period.first, last))
    went_back = Transfer.objects.filter(matter=OuterRef("matter"), incoming=True, state__in=BACK)
    deadlines = deadlines.filter(~Exists(went_back))
    return deadlines if restricted else deadlines.filter(matter__client__restricted=False)


KEPT = Q(met_on__lte=F("due"))
WITHIN_OUTER_LIMIT = Q(met_on__gt=F("due"), met_on__lte=F("outer"))
LATE = Q(met_on__gt=F("outer")) | Q(met_on=None)


def with_contact(matters: QuerySet[Matter], *, reached: bool = False) -> tuple[QuerySet[Matter], QuerySet[Matter]]:
    """Those with a contact (that reached the client) and those without."""
    contacts = Contact.objects.filter(matter=OuterRef("pk"))
    found = Exists(contacts.filter(outcome__in=REACHING) if reached else contacts)
    return matters.filter(found), matters.filter(~found)


def with_decision(matters: QuerySet[Matter]) -> tuple[QuerySet[Matter], QuerySet[Matter]]:
    """Applications whose notice tells a day of Kela's decision not after their arrival, and the others."""
    text = KeyTextTransform("decision_date", KeyTransform("application", "notice__content"))
    applications = matters.filter(kind=MatterKind.APPLICATION).annotate(decided=Cast(text, DateField()))
    told = Q(decided__isnull=False, decided__lte=F("arrived"))
    return applications.filter(told), applications.exclude(told)


class Age(Func):
    """Full years on a day, from the day of birth."""

    template = "date_part('year', age(%(expressions)s))::int"
    output_field = IntegerField()


def appointments(municipality: Municipality, period: Period, *, restricted: bool) -> QuerySet[Appointment]:
    """Those whose time lies in the period and has passed, without what the office cancelled."""
    starts, ends = (_midnight(day) for day in (period.first, period.last + datetime.timedelta(days=1)))
    found = Appointment.objects.filter(municipality=municipality, at__gte=starts, at__lt=ends, at__lte=timezone.now())
    found = found.exclude(state=AppointmentState.CANCELLED_BY_OFFICE)
    return found if restricted else found.filter(client__restricted=False)


def of_age_group(found: QuerySet[Appointment], group: str) -> QuerySet[Appointment]:
    """Raises KeyError for a group that no figure has."""
    if group == UNKNOWN_AGE:
        return found.filter(client__birth_date=None)
    least, above = AGE_GROUPS[group]
    # of one without a day of birth the age is null, which is in no group
    found = found.annotate(age=Age(TruncDate("at"), "client__birth_date")).filter(age__gte=least)
    return found if above is None else found.filter(age__lt=above)


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))


def latest_measurements(municipality: Municipality, period: Period) -> QuerySet[Measurement]:
    """Each client's latest measurement with a goal that is dated in the period: the denominator of figure 3."""
    with_goals = Measurement.objects.filter(
        municipality=municipality, day__range=(period.first, period.last), goals__isnull=False
    )
    latest = with_goals.order_by("client_id", "-day", "-pk").distinct("client_id").values("pk")
    return Measurement.objects.filter(municipality=municipality, pk__in=latest)


def clients_by_goal(measurements: QuerySet[Measurement], *, main_only: bool) -> dict[int, int]:
    """Clients by goal code: by the main goal of each, or by every goal that each has."""
    found = Goal.objects.filter(measurement__in=measurements.values("pk"))
    if main_only:
        found = found.filter(main=True)
    rows = found.order_by("code").values_list("code").annotate(n=Count("measurement__client", distinct=True))
    return dict(rows)


def goals_by_month(
    municipality: Municipality, year: Period, *, main_only: bool, restricted: bool
) -> Counter[tuple[str, tuple[str, ...]]]:
    """Clients by goal and month of a year, each client by the latest measurement of the month; months as `Period.path`.

    Main goals come with the clients that have none, under "none".
    """
    goals = Goal.objects.filter(
        municipality=municipality,
        measurement__municipality=municipality,
        measurement__day__range=(year.first, year.last),
    )
    if not restricted:
        goals = goals.filter(measurement__client__restricted=False)
    rows = goals.order_by("measurement__day", "measurement").values_list(
        "measurement__client", "measurement__day", "measurement", "code__code", "main"
    )
    months: dict[tuple[int, tuple[str, ...]], tuple[int, set[str]]] = {}
    for client, day, measurement, code, main in rows:
        key = (client, Period.containing(day).path)
        if key not in months or months[key][0] != measurement:
            months[key] = (measurement, set())
        if main or not main_only:
            months[key][1].add(code)
    counted: Counter[tuple[str, tuple[str, ...]]] = Counter()
    for (_client, month), (_measurement, codes) in months.items():
        counted.update((code, month) for code in codes or ({"none"} if main_only else ()))
    return counted
