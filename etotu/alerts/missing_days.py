"""Days on which a batch was expected and none came (the municipality's setting; `docs/ingestion.md`)."""

import datetime
from collections.abc import Iterable, Iterator

from django.db.models import Min
from django.utils import timezone

from core.row_security import across_municipalities
from core.working_days import eves, public_holidays
from etotu.locks import MISSING, session_lock
from etotu.models import Alert, BatchShare, BatchStatus
from municipalities.models import LocalSettings, Membership, Role
from municipalities.models.local_settings import monday_to_friday

REASON = "every municipality with an admin is told of its days without a batch"
DAY = datetime.timedelta(days=1)
LOOK_BACK = 14
# a file that came late in the evening may still be on its way through the folder
JUDGED_FROM = datetime.time(6)


def is_expected(day: datetime.date, kela_days: Iterable[int]) -> bool:
    """Kela sends nothing on public holidays and the two eves, whatever weekday they are."""
    return day.isoweekday() in kela_days and day not in public_holidays(day.year) and day not in eves(day.year)


def last_judged(now: datetime.datetime) -> datetime.date:
    """Yesterday, from six in the morning on; today is never missing yet."""
    local = timezone.localtime(now)
    return local.date() - (DAY if local.time() >= JUDGED_FROM else 2 * DAY)


def missing_days(
    kela_days: Iterable[int], first: datetime.date, came: set[datetime.date], last: datetime.date
) -> Iterator[datetime.date]:
    """Of the two weeks up to `last`, the expected days after the first batch on which none came."""
    expected = set(kela_days)
    day = max(first + DAY, last - (LOOK_BACK - 1) * DAY)
    while day <= last:
        if day not in came and is_expected(day, expected):
            yield day
        day += DAY


def tell_missing_days(now: datetime.datetime | None = None) -> int:
    """Make an alert of each; gives how many are new. A day on which one has come after all needs nobody any more."""
    now = now or timezone.now()
    with session_lock(MISSING) as held, across_municipalities(REASON):
        return _tell(now, last_judged(now)) if held else 0


def _tell(now: datetime.datetime, last: datetime.date) -> int:
    places = set(
        Membership.objects.in_force(timezone.localdate(now))
        .filter(role=Role.ADMIN, user__is_active=True, municipality__isnull=False)
        .values_list("municipality_id", flat=True)
    )
    shares = BatchShare.objects.filter(municipality__in=places)
    firsts = dict(shares.order_by().values_list("municipality").annotate(Min("batch__arrived")))
    recent = shares.filter(batch__arrived__gte=last - LOOK_BACK * DAY).exclude(batch__status=BatchStatus.REPEAT)
    came: dict[int, set[datetime.date]] = {}
    for place, day in recent.order_by().values_list("municipality", "batch__arrived").distinct():
        came.setdefault(place, set()).add(day)
    chosen = dict(LocalSettings.objects.filter(pk__in=places).values_list("pk", "kela_days"))
    alerts = [
        Alert(municipality_id=place, kind=Alert.Kind.MISSING_DAY, day=day, created_at=now)
        for place, first in firsts.items()
        for day in missing_days(chosen.get(place, monday_to_friday()), first, came.get(place, set()), last)
    ]
    for place, days in came.items():
        told = Alert.objects.filter(municipality=place, kind=Alert.Kind.MISSING_DAY, day__in=days, seen_at=None)
        told.update(seen_at=now)
    all_told = Alert.objects.filter(kind=Alert.Kind.MISSING_DAY, day__gt=last - LOOK_BACK * DAY)
    before = all_told.count()
    Alert.objects.bulk_create(alerts, ignore_conflicts=True)
    return all_told.count() - before
