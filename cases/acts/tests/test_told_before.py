"""What the migration to acts says of the deadlines that contacts had met."""

import datetime
from importlib import import_module

import pytest
from django.db import connection

from accounts.models import User
from cases.appointments.verbs import offer
from cases.contacts.verbs import record_contact
from cases.models import Deadline, Matter, MatterKind
from cases.models.contact import Channel, ContactOutcome
from municipalities.models import Municipality
from testing.clock import DAY, NOW, TODAY
from testing.factories import make_client, make_matter

FILLING = import_module("cases.migrations.0009_fill_next_dates")


def migrated(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("kind", "channel", "outcome", "met_on", "told"),
    [
        (MatterKind.SOCIAL_WORK_NEED, Channel.LETTER, ContactOutcome.REACHED, TODAY, True),
        (MatterKind.SOCIAL_WORK_NEED, Channel.CALL, ContactOutcome.NO_ANSWER, TODAY, False),
        (MatterKind.SOCIAL_WORK_NEED, Channel.CALL, ContactOutcome.REACHED, None, False),
        (MatterKind.SOCIAL_WORK_NEED, Channel.CALL, ContactOutcome.REACHED, TODAY - DAY, False),
        (MatterKind.DISCUSSION, Channel.CALL, ContactOutcome.REACHED, TODAY, True),
        (MatterKind.DISCUSSION, Channel.LETTER, ContactOutcome.REACHED, TODAY, False),
        (MatterKind.REDUCED_AMOUNT, Channel.CALL, ContactOutcome.REACHED, TODAY, False),
        (MatterKind.APPLICATION, Channel.CALL, ContactOutcome.REACHED, TODAY, False),
    ],
)
def test_only_what_a_contact_met_is_marked(
    kuopio: Municipality,
    aino: User,
    kind: str,
    channel: str,
    outcome: str,
    met_on: datetime.date | None,
    told: bool,
) -> None:
    matter = make_matter(make_client(kuopio), kind, arrived=TODAY - 5 * DAY)
    record_contact(aino, matter.client, matter=matter, channel=channel, outcome=outcome, at=NOW)
    Deadline.objects.filter(matter=matter).update(met_on=met_on)
    migrated(FILLING.TOLD_BEFORE)
    assert Deadline.objects.get(matter=matter).told_before is told


def test_open_matters_learn_of_their_first_time(kuopio: Municipality, aino: User) -> None:
    matter = make_matter(make_client(kuopio), MatterKind.CONTACT)
    for days in (4, 2):
        offer(aino, matter.client, matter=matter, at=NOW + days * DAY, worker=aino)
    Matter.objects.filter(pk=matter.pk).update(time_on=None)
    migrated(FILLING.FIRST_TIMES)
    matter.refresh_from_db()
    assert matter.time_on == TODAY + 2 * DAY
