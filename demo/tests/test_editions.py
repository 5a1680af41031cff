"""The demo has its published numbers, as the worker would have made them."""

import datetime

import pytest

from accounts.models import User
from demo.editions import publish_editions
from municipalities.models import Municipality
from reports.models import Edition
from reports.tests.making import fill


@pytest.mark.at("2019-01-15 09:00")
def test_whole_periods_behind_are_published_and_those_in_part_are_not(kuopio: Municipality, aino: User) -> None:
    fill(kuopio, aino, datetime.date(2018, 12, 20))
    first, today = datetime.date(2018, 10, 17), datetime.date(2019, 1, 15)
    assert publish_editions((kuopio.pk,), first, today) == 2
    assert set(Edition.objects.filter(municipality=kuopio).values_list("period", flat=True)) == {"2018-11", "2018-12"}
    assert publish_editions((kuopio.pk,), first, today) == 0
