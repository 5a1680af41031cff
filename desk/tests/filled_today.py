"""A day of work on which every section of Today has something to show."""

import datetime
from typing import Any

from accounts.models import User
from cases.appointments.verbs import offer
from cases.contacts.verbs import record_contact
from cases.information.verbs import ask_for_information
from cases.matters.life import close, hand_over, set_waiting, take
from cases.models import Client, Deadline, Letter, Matter, MatterState, OwnWorker, Partner, Transfer
from cases.models.contact import Channel, ContactOutcome
from cases.models.deadline import CountedFrom, Duty
from cases.models.letter import LetterKind
from cases.models.matter import Outcome
from cases.partners.verbs import send_to_partner
from core import drafts
from municipalities.models import LocalSettings, Municipality
from records.tests.making import make_note
from testing.factories import make_client, make_matter

DAY = datetime.timedelta(days=1)


class Filling:
    """One matter for each section, each of a client of its own, whose family name is that of the section."""

    def __init__(self, place: Municipality, worker: User, colleague: User, now: datetime.datetime) -> None:
        self.place, self.worker, self.colleague, self.now = place, worker, colleague, now
        self.today = now.date()
        LocalSettings.objects.get_or_create(municipality=place)
        self.partner, _new = Partner.objects.get_or_create(
            municipality=place, name="Velkaneuvonta", defaults={"kind": "debt_advice"}
        )

    def client(self, name: str, **fields: Any) -> Client:
        return make_client(self.place, given_names="Urho", family_name=name, **fields)

    def mine(self, name: str, days: int, kind: str = "application") -> Matter:
        matter = make_matter(self.client(name), kind=kind, arrived=self.today - days * DAY)
        take(self.worker, matter)
        return matter

    def whole(self, other: Municipality) -> None:
        self.deadlines()
        self.beside()
        self.silent()
        self.ended()
        self.times()
        self.drafts()
        self.notes()
        self.from_elsewhere(other)
        self.of_a_supervisor()

    def deadlines(self) -> None:
        for name, days in (("Myöhäinen", 12), ("Tämäpäiväinen", 9), ("Huominen", 8), ("Loppuviikkoinen", 6)):
            matter = self.mine(name, days)
            record_contact(
                self.worker, matter.client, matter=matter, channel=Channel.CALL, outcome=ContactOutcome.NO_ANSWER,
                at=self.now - DAY
            )  # fmt: skip

    def beside(self) -> None:
        hand_over(self.colleague, make_matter(self.client("Siirretty")), self.worker)
        waiting = self.mine("Odottava", 2)
        set_waiting(self.worker, waiting, MatterState.WAITING_CLIENT, self.today + 2 * DAY)
        changed = self.mine("Muuttunut", 2)
        close(self.worker, changed, Outcome.SUPPORT_GRANTED)
        Matter.objects.filter(pk=changed.pk).update(changed_after_closing=True)
        asked = self.mine("Vastaamaton", 3)
        ask_for_information(self.worker, asked, ["Tiliote"], self.today + 7 * DAY)
        Deadline.objects.filter(matter=asked, duty=Duty.DECIDE_ASKED).update(
            counted_from_what=CountedFrom.LIMIT, counted_from=self.today - DAY
        )

    def silent(self) -> None:
        for name, days in (("Hiljainen", 47), ("Tavoittamaton", 0)):
            client = self.client(name)
            OwnWorker.objects.create(
                municipality=self.place, client=client, user=self.worker, assigned_by=self.colleague,
                started=self.today - 90 * DAY
            )  # fmt: skip
            if days:
                record_contact(
                    self.colleague, client, channel=Channel.CALL, outcome=ContactOutcome.REACHED,
                    at=self.now - days * DAY
                )  # fmt: skip
        matter = self.mine("Kumppaninen", 1, "discussion")
        one = send_to_partner(self.worker, matter, self.partner, told="Asiakas soittaa.", consent=True)
        type(one).objects.filter(pk=one.pk).update(last_asked=self.today - 40 * DAY)

    def ended(self) -> None:
        """A letter that was not sent, and of a transferred one also a time and a hand-over."""
        for outcome in (Outcome.MET_NO_NEED, Outcome.TRANSFERRED):
            matter = self.mine("Päättynyt", 4, "discussion")
            offer(self.worker, matter.client, matter=matter, at=self.now + 3 * DAY, worker=self.colleague, place="")
            send_to_partner(self.worker, matter, self.partner, told="Asiakas soittaa.", consent=True)
            Letter.objects.create(
                municipality=self.place, client=matter.client, matter=matter, kind=LetterKind.NOT_REACHED,
                language="fi", recipient="Urho", subject="Aihe", body="Teksti", made_by=self.worker
            )  # fmt: skip
            close(self.worker, matter, Outcome.MET_NO_NEED)
            Matter.objects.filter(pk=matter.pk).update(outcome=outcome)

    def times(self) -> None:
        matter = self.mine("Tapaaminen", 1, "discussion")
        first = offer(
            self.worker, matter.client, matter=matter, at=self.now + DAY, worker=self.worker, place="Toimisto"
        )
        offer(self.worker, matter.client, at=self.now + 2 * DAY, worker=self.worker, place="Toimisto")
        type(first).objects.filter(pk=first.pk).update(at=self.now - DAY)

    def drafts(self) -> None:
        matter = self.mine("Kesken", 1, "discussion")
        for form, what in (
            ("contact", f"matter:{matter.pk}"),
            ("close", f"matter:{matter.pk}"),
            ("measurement", f"client:{matter.client_id}"),
            ("person", ""),
        ):
            drafts.save(self.worker.pk, self.place.pk, form, what, {"text": ["kesken"]})

    def notes(self) -> None:
        """Something agreed that is due, a question, and a note that is being written."""
        note = make_note(self.worker, self.mine("Kirjattu", 1, "discussion").client)
        note.agreed_items.update(by_when=self.today)

    def from_elsewhere(self, other: Municipality) -> None:
        matter = make_matter(self.client("Muuttanut"), kind="discussion", source="transfer")
        Transfer.objects.create(
            municipality=self.place, incoming=True, other=other, client=matter.client, matter=matter, reason="Muutti."
        )

    def of_a_supervisor(self) -> None:
        """What nobody has taken, and a restricted client's matter that is due."""
        make_matter(self.client("Vapaa"), arrived=self.today - 8 * DAY)
        make_matter(self.client("Rajattu", restricted=True), arrived=self.today - 12 * DAY)
