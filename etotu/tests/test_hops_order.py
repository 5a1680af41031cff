"""Transfers between the files of a batch after batch: the counts stay those of rows handled one by one."""

from collections import Counter
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from cases.models import Matter
from cases.transfers import verbs as transfers
from core.saving import NotPossible
from etotu.loading.tests.test_loading_order import OUTCOMES, ROWS, OneByOne, Row
from etotu.models import Notice, QuarantineRow
from etotu.tests.making import everything, loaded, xml
from municipalities.models import Municipality, Role
from testing.people import person

pytestmark = pytest.mark.django_db
PLACES = (297, 837)
MOVES = st.tuples(st.sampled_from(["send", "accept", "return", "revoke"]), st.sampled_from(["K1", "K2"]))
STEPS = st.lists(st.one_of(st.lists(ROWS, min_size=1, max_size=4), MOVES), min_size=3, max_size=9)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_moving_a_notice_changes_no_count_and_no_content(steps: list[Any], db: Any) -> None:
    with transaction.atomic():
        with everything():
            people = {pk: worker(pk) for pk in PLACES}
        _compare(steps, people)
        transaction.set_rollback(True)


def worker(place: int) -> User:
    municipality = Municipality.objects.get(pk=place)
    return person(f"Johtaja {place}", f"johtaja@{place}.example", Role.SUPERVISOR, municipality)


def _compare(steps: list[Any], people: dict[int, User]) -> None:
    model = OneByOne()
    places: dict[str, list[int]] = {}
    for number, step in enumerate(steps):
        if isinstance(step, tuple):
            _move(step[0], step[1], places, people)
            continue
        rows: list[Row] = step
        expected: Counter[str] = sum((model.handle(row) for row in rows), Counter())
        batch = loaded(xml(*(row.as_xml() for row in rows), code=f"ERA-{number}"))
        found = Counter({name: getattr(batch, name) for name in ("received", *OUTCOMES)})
        assert +found == expected, f"step {number} of {steps}"
        for key, row in model.stored.items():
            places.setdefault(key, [int(row.kunta)])
    with everything():
        in_force = {n.number: n for n in Notice.objects.filter(past_hop=None)}
        assert {key: (n.version, n.content["note"], n.municipality_id) for key, n in in_force.items()} == {
            key: (row.version, row.note, places[key][-1]) for key, row in model.stored.items()
        }
        for key, notice in in_force.items():
            past = Notice.objects.filter(number=key).exclude(past_hop=None)
            assert len({n.past_hop for n in past}) == past.count(), "hops are numbered once"
            assert notice.matter.client.identity_code() == model.stored[key].code
        waiting = QuarantineRow.objects.filter(state="open")
        assert sorted((r.number, r.version) for r in waiting) == sorted(
            (r.number, r.version) for r in model.waiting.values()
        )


def _move(how: str, key: str, places: dict[str, list[int]], people: dict[int, User]) -> None:
    """What a person may do now; anything else is refused and changes nothing."""
    trail = places.get(key)
    if trail is None:
        return
    here = trail[-1]
    other = PLACES[1 - PLACES.index(here)]
    with everything():
        matter = Matter.objects.get(notice__number=key, notice__past_hop=None)
        before = Matter.objects.filter(notice__number=key, transfers__state="requested", transfers__incoming=False)
        sent = before.exclude(pk=matter.pk).first()
        try:
            with transaction.atomic():
                if how == "send":
                    transfers.request_transfer(people[here], matter, Municipality.objects.get(pk=other), "Muutti.")
                    trail.append(other)
                elif how == "accept":
                    transfers.accept(people[here], matter)
                elif how == "return":
                    transfers.give_back(people[here], matter, "Ei kuulu meille.")
                    trail.pop()
                elif sent is not None:
                    transfers.revoke(people[other], sent)
                    trail.pop()
        except NotPossible:
            pass
