"""What only the pages of a client show: a measurement, Kela's details, deeds of colleagues, and who has looked."""

import datetime

from accounts.models import User
from avain.measurements.verbs import FactorEntry, GoalEntry, MeasurementEntry, record_measurement
from cases.contacts.verbs import record_contact
from cases.matters.life import hand_over
from cases.models import AccessLog, Client, ContactDetail
from cases.models.access_log import Looked
from cases.models.contact import Channel, ContactOutcome
from cases.models.contact_detail import DetailKind, DetailSource
from core.models import Code
from records.tests.making import make_note
from testing.factories import make_matter

DAY = datetime.timedelta(days=1)
KELA_KNOWS = {
    DetailKind.PHONE: "040 999 9999",
    DetailKind.EMAIL: "tauno@posti.example",
    DetailKind.HOME_MUNICIPALITY: "297",
}


def fill_client(client: Client, worker: User, colleague: User, third: User, now: datetime.datetime) -> None:
    """The own worker is `worker`; the last matter goes from a colleague to a third, whom nothing else names."""
    measure(client, worker, now.date())
    make_note(worker, client)
    for kind, value in KELA_KNOWS.items():
        ContactDetail.objects.create(
            municipality_id=client.municipality_id,
            client=client,
            kind=kind,
            source=DetailSource.KELA,
            value=value,
            known_on=now.date() + DAY,
        )
    at = now - DAY
    record_contact(
        colleague, client, channel=Channel.CALL, outcome=ContactOutcome.REACHED, at=at, text="", client_words="Tulen."
    )
    hand_over(colleague, make_matter(client, kind="discussion", arrived=now.date() - DAY), third)
    for who in (worker, colleague):
        AccessLog.objects.create(
            municipality_id=client.municipality_id,
            user=who,
            action=Looked.OPENED,
            page="client",
            client_ids=[client.pk],
            at=at,
        )


def measure(client: Client, worker: User, day: datetime.date) -> None:
    goals = codes("goals")[:2]
    supports, hinders = codes("factors")[:2]
    entries = [
        GoalEntry(
            goal,
            "improve",
            f"Haluan {n}.",
            n == 1,
            [FactorEntry(supports, "supports"), FactorEntry(hinders, "hinders")],
        )
        for n, goal in enumerate(goals, start=1)
    ]
    record_measurement(
        worker, client, MeasurementEntry(day, "initial", True, goals=entries, methods=codes("methods")[:2])
    )


def codes(name: str) -> list[Code]:
    return list(Code.objects.filter(list__name=f"avain.{name}").order_by("-list__starts", "position", "pk"))
