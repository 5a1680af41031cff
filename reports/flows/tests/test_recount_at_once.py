"""A change that is not committed while its day is counted is not lost, and nobody waits for the counting."""

import datetime
import threading
from collections.abc import Callable

from django.db import connection, transaction

from cases.models import Matter
from core.periods import Period
from core.row_security import scope
from municipalities.models import Municipality
from reports.flows.measures import Measure
from reports.flows.read import read
from reports.flows.recounting import LOCK, recount_stale
from reports.models import Flow, StaleDay
from testing.factories import make_client, make_matter

PATIENCE = 20
DAY = datetime.date(2018, 10, 12)


def elsewhere(act: Callable[[], object]) -> None:
    """In a connection of its own, to its end: a wait for this one would not end."""

    def run() -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '10s'")
            act()
            done.append(True)
        finally:
            connection.close()

    done: list[bool] = []
    thread = threading.Thread(target=run)
    thread.start()
    thread.join(PATIENCE)
    assert done, "it waited or failed"


def notices(municipality: Municipality) -> int:
    period = Period.parse("2018-10", "2018-10")
    (found,) = read(municipality.pk, [Measure.NOTICES], [period], restricted=True)
    return found.kinds(Measure.NOTICES)["application"]


def test_a_change_committed_after_the_counting_keeps_its_day_stale(committed_db: None) -> None:
    kuopio = Municipality.objects.get(pk=297)
    with scope([kuopio.pk]):
        matter = make_matter(make_client(kuopio), arrived=DAY)
    with transaction.atomic(), scope([kuopio.pk]):
        Matter.objects.filter(pk=matter.pk).update(kind="immigrant")
        elsewhere(recount_stale)
    with scope([kuopio.pk]):
        assert StaleDay.objects.filter(flow=Flow.ARRIVED).count() == 1
        assert notices(kuopio) == 0
    recount_stale()
    with scope([kuopio.pk]):
        assert not StaleDay.objects.filter(flow=Flow.ARRIVED).exists()
        assert notices(kuopio) == 0


def test_two_changes_of_one_day_wait_for_each_other_no_more_than_their_rows_do(committed_db: None) -> None:
    kuopio = Municipality.objects.get(pk=297)
    with scope([kuopio.pk]):
        first, second = (make_matter(make_client(kuopio), arrived=DAY) for _ in range(2))

    def change_second() -> None:
        with scope([kuopio.pk]):
            Matter.objects.filter(pk=second.pk).update(urgent=True)

    with transaction.atomic(), scope([kuopio.pk]):
        Matter.objects.filter(pk=first.pk).update(urgent=True)
        elsewhere(change_second)
    with scope([kuopio.pk]):
        assert notices(kuopio) == 2


def test_a_municipality_that_is_being_counted_is_left_to_its_counter(committed_db: None) -> None:
    kuopio = Municipality.objects.get(pk=297)
    with scope([kuopio.pk]):
        make_matter(make_client(kuopio), arrived=DAY)
    counted: list[int] = []
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, kuopio.pk])
        elsewhere(lambda: counted.append(recount_stale()))
    assert counted == [0]
    assert recount_stale() > 0
