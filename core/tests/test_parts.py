"""Several lists of one model in one statement: each as it would be alone."""

import pytest

from core.parts import in_one
from municipalities.models import Municipality
from testing.people import QueryCount

pytestmark = pytest.mark.django_db
PLACES = Municipality.objects.all()


def test_each_part_keeps_its_order_and_its_limit() -> None:
    first = PLACES.filter(pk__lt=200).order_by("name_fi", "pk")
    last = PLACES.filter(pk__gt=800).order_by("-pk")
    found = in_one({"first": (first, 3), "last": (last, None), "nobody": (PLACES.filter(pk=999).order_by("pk"), 5)})
    assert found == {"first": list(first[:3]), "last": list(last), "nobody": []}


def test_a_row_may_stand_in_two_parts() -> None:
    by_name, by_key = PLACES.order_by("name_fi"), PLACES.order_by("pk")
    found = in_one({"name": (by_name.filter(pk=297), 1), "key": (by_key.filter(pk=297), 1)})
    assert [[row.pk for row in part] for part in found.values()] == [[297], [297]]


def test_a_part_that_can_have_no_rows_takes_nothing_from_the_others(query_count: QueryCount) -> None:
    rows = PLACES.select_related("county").order_by("pk")
    parts = {"none": (rows.none(), 5), "empty": (rows.filter(pk__in=[]), 5), "one": (rows.filter(pk=297), 5)}
    found: list[dict[str, list[Municipality]]] = []
    assert query_count(lambda: found.append(in_one(parts))) == 1
    assert [[row.pk for row in part] for part in found[0].values()] == [[], [], [297]]
    assert query_count(lambda: found[0]["one"][0].county) == 0
