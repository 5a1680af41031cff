"""Two at once, versions in any order, clocks that change: the end is the same."""

import datetime
import random
from collections.abc import Callable
from itertools import permutations, product
from threading import Thread
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client as Browser

from accounts.models import User
from etotu.models import Batch
from etotu.tests.faults.conftest import PLACES, loader, national, several, sweep_until_done
from etotu.tests.making import SEIJA, TAUNO, notice, stored, xml
from municipalities.models import Membership, Municipality, Role
from testing.clock import DAY, NOW, TODAY, at
from testing.digest import contents
from testing.people import person

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("committed_db")]

Undisturbed = Callable[..., dict[str, list[Any]]]
LOCAL = datetime.timezone(datetime.timedelta(hours=3))


def test_one_file_uploaded_twice_at_once_by_two_people_goes_in_once(undisturbed: Undisturbed) -> None:
    data = national(60)
    kuopio = Municipality.objects.get(pk=297)
    expected = undisturbed(data, received_at=NOW, municipality=kuopio)
    people = [person(f"Admin {name}", f"{name}@kuopio.example", Role.ADMIN, kuopio) for name in ("Yksi", "Kaksi")]
    for admin, place in product(people, PLACES):
        # an upload changes only municipalities where its sender has the role
        Membership.objects.get_or_create(
            user=admin, municipality_id=int(place), role=Role.ADMIN, defaults={"starts": TODAY - DAY}
        )
    answers: list[int] = []

    def upload(admin: User) -> None:
        try:
            browser = Browser()
            browser.force_login(admin)
            file = SimpleUploadedFile("era.xml", data)
            answers.append(browser.post("/297/erat/tuo/", {"chosen": file}).status_code)
        finally:
            connection.close()

    run_at_once([Thread(target=upload, args=[admin]) for admin in people])
    assert answers == [302, 302]
    loaders = [loader(batch) for batch in Batch.objects.all()]
    for process in loaders:
        process.communicate(timeout=120)
    sweep_until_done()
    assert sorted(Batch.objects.values_list("status", flat=True)) == ["loaded", "repeat"]
    assert contents() == expected


def test_two_workers_on_overlapping_batches_end_as_one_after_the_other(undisturbed: Undisturbed) -> None:
    rows = [notice(f"K{n}", code=(SEIJA, TAUNO)[n % 2], note=f"Asia {n}.") for n in range(150)]
    files = [xml(*rows[:100], code="A"), xml(*rows[50:], code="B"), xml(*rows[::3], code="C")]
    expected = undisturbed(*files)
    processes = [loader(batch) for batch in [stored(data) for data in files]]
    for process in processes:
        process.communicate(timeout=120)
    sweep_until_done()
    assert contents() == expected


def versions() -> list[bytes]:
    """Three versions of two notices that arrive on one day, each in a file of its own, and a faulty one."""
    files = [xml(notice("K1", n, note=f"Versio {n}."), notice("K2", n, code=TAUNO), code=f"V{n}") for n in (1, 2, 3)]
    return [*files, xml(notice("K3", 1, family=""), code="F")]


def test_versions_end_alike_in_whatever_order_they_come(undisturbed: Undisturbed) -> None:
    files = versions()
    expected = undisturbed(*files)
    orders = list(permutations(files))
    random.Random(1).shuffle(orders)
    for order in orders[: several(3, len(orders))]:
        assert undisturbed(*order) == expected


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Tokyo", "UTC"][: several(1, 3)])
def test_the_time_zone_of_the_machine_changes_nothing(undisturbed: Undisturbed, zone: str) -> None:
    data = national(60)
    expected = undisturbed(data)
    loader(stored(data), TZ=zone).communicate(timeout=120)
    assert contents() == expected


@pytest.mark.parametrize("minute", [0, 59, -61, -1, 30, 61][: several(2, 6)])
def test_around_the_end_of_summer_time_a_notice_arrives_on_its_day(undisturbed: Undisturbed, minute: int) -> None:
    """On 28.10.2018 at 04.00 the clock went back to 03.00: the same hour passes twice, and the day is the same."""
    change = datetime.datetime(2018, 10, 28, 1, 0, tzinfo=datetime.UTC)
    moment = change + datetime.timedelta(minutes=minute)
    data = xml(notice("K1", created="2018-10-28T03:30:00+03:00"), notice("K2", created="2018-10-28T02:59:00+02:00"))
    with at(moment):
        stored(data, received_at=moment)
        sweep_until_done()
        found = contents()
    assert {row[4] for row in found["matters"]} == {datetime.date(2018, 10, 28)}
    assert {deadline[3] for row in found["matters"] for deadline in row[-1]} == {"2018-11-06"}


def test_a_clock_that_goes_back_between_storing_and_loading_changes_nothing(undisturbed: Undisturbed) -> None:
    data = national(60)
    expected = undisturbed(data)
    stored(data)
    with at("2018-10-01 00:00"):
        sweep_until_done()
    assert contents() == expected


def run_at_once(threads: list[Thread]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_the_batches_of_these_tests_hold_several_municipalities_and_faults(undisturbed: Undisturbed) -> None:
    """A comparison of nothing with nothing would always hold."""
    found = undisturbed(national(200))
    assert {row[0] for row in found["people"]} == {int(code) for code in PLACES}
    assert all(len(found[name]) >= least for name, least in (("matters", 150), ("quarantine", 3), ("files", 1)))
