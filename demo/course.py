"""What people did to one matter, deed by deed, on the working days after it arrived."""

import datetime
from dataclasses import dataclass, field
from random import Random
from typing import Any

from django.utils import timezone

from accounts.models import User
from cases.matters.outcomes import NEED_REASON
from cases.models import Act, Appointment, Contact, Matter, MatterKind, MatterState
from cases.models.appointment import AppointmentState
from cases.models.contact import Channel, ContactOutcome
from cases.models.contact_detail import DetailKind
from cases.models.matter import Outcome
from demo.accounts import Staff
from demo.calendar import at, later, office_hour
from demo.words import pick

TOPICS = {
    MatterKind.APPLICATION: "money",
    MatterKind.REDUCED_AMOUNT: "work",
    MatterKind.YOUNG_UNEMPLOYED: "work",
    MatterKind.LONG_UNEMPLOYED: "work",
    MatterKind.IMMIGRANT: "integration",
}
REASONS = {
    Outcome.DECLINED: "declined",
    Outcome.TRANSFERRED: "transferred",
    Outcome.WRONG_OR_WITHDRAWN: "wrong",
}
SHORTEST = datetime.timedelta(minutes=6)


@dataclass(slots=True)
class Deed:
    """One event, with the contact that it tells of."""

    at: datetime.datetime
    kind: str
    actor: User
    data: dict[str, Any] = field(default_factory=dict)
    contact: Contact | None = None
    act: Act | None = None


@dataclass(slots=True)
class OfferedTime:
    """A time with the deed that offered it and the one that tells what became of it."""

    offered: Deed
    appointment: Appointment
    settled: Deed | None = None


@dataclass(slots=True)
class WrittenLetter:
    made: Deed
    sent: Deed | None = None


class Course:
    """Writes deeds in the order of time. `known`: the client has a case already."""

    def __init__(self, matter: Matter, worker: User, staff: Staff, random: Random, *, known: bool) -> None:
        self.matter = matter
        self.worker = worker
        self.staff = staff
        self.random = random
        self.known = known
        self.topic = TOPICS.get(MatterKind(matter.kind), "life")
        self.deeds: list[Deed] = []
        self.case_at: datetime.datetime | None = None
        self.times: list[OfferedTime] = []
        self.letters: list[WrittenLetter] = []
        self._spent = 0
        self._last = matter.created_at

    @property
    def spent(self) -> int:
        """Working days since arrival."""
        return self._spent

    @property
    def day(self) -> datetime.date:
        return later(self.matter.arrived, self._spent)

    def pass_days(self, number: int) -> None:
        self._spent += number

    def pass_until(self, number: int) -> None:
        self._spent = max(self._spent, number)

    def between(self, low: int, high: int) -> int:
        return self.random.randint(low, high)

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def start(self, begin: int) -> None:
        """The matter comes to the worker's desk: the supervisor gives it in the morning, or the worker takes it."""
        if self.matter.created_by_id:
            self.do("matter.taken")
            self.pass_until(begin)
        elif self.matter.assignee_id:
            self.pass_until(self.spent + begin)
            self.do("matter.taken", given=self.matter.assignee_id)
        elif self.staff.supervisor and self.chance(0.6):
            self._give_in_the_morning(self.staff.supervisor)
            self.pass_until(begin)
        else:
            self.pass_until(begin)
            self.do("matter.taken")

    def do(self, kind: str, **data: Any) -> datetime.datetime:
        deed = Deed(self._moment(), kind, self.worker, {key: value for key, value in data.items() if value})
        self.deeds.append(deed)
        return deed.at

    def contact(self, channel: Channel, outcome: ContactOutcome, text: str, words: str = "") -> datetime.datetime:
        client = self.matter.client
        moment = self._moment()
        contact = Contact(
            municipality_id=client.municipality_id,
            client=client,
            matter=self.matter,
            channel=channel,
            outcome=outcome,
            at=moment,
            text=text,
            client_words=words,
            by=self.worker,
            recorded_at=moment,
        )
        self.deeds.append(contacted(contact))
        return moment

    def try_in_vain(self, times: int, *, until: int | None = None) -> None:
        """Calls and messages without an answer, a day or two apart."""
        for _ in range(times):
            channel, outcome, text = self.random.choice(IN_VAIN)
            self.contact(channel, outcome, self._note(text) if self.chance(0.7) else "")
            self.pass_days(self.between(1, 2))
            if until is not None and self._spent > until:
                self._spent = until

    def reach(self) -> None:
        """The client answers."""
        channel, text = self.random.choices(REACHED, (80, 12, 4, 4))[0]
        if channel == Channel.CALL:
            self.contact(channel, ContactOutcome.REACHED, self._note(f"reached.{self.topic}"), self._client_words(0.35))
        else:
            self.contact(channel, ContactOutcome.REACHED, self._note(text), self._client_words(0.15))

    def offer_time(self) -> None:
        """A time that the next meeting keeps or misses; when it is, is known then."""
        self.do("appointment.offered", user=self.worker.pk)
        offered = self.deeds[-1]
        appointment = Appointment(
            municipality_id=self.matter.municipality_id,
            client=self.matter.client,
            matter=self.matter,
            worker=self.worker,
            by=self.worker,
            recorded_at=offered.at,
            place=self._note("place"),
            note=self._note("time_note") if self.chance(0.6) else "",
        )
        offered.data["place"] = appointment.place
        self.times.append(OfferedTime(offered, appointment))

    def cancel_time(self, state: AppointmentState) -> None:
        """The open time, which was to be some days from now, is cancelled."""
        at_that_time = at(later(self.day, self.between(2, 4)), 15 * self.between(36, 60))
        self.do("appointment.cancelled", state=state.value)
        self._settle_time(state, at_that_time)

    def _settle_time(self, state: AppointmentState, moment: datetime.datetime) -> None:
        """The last deed tells what became of the open time, if there is one."""
        time = self.times[-1] if self.times and self.times[-1].settled is None else None
        if time is None:
            return
        deed = self.deeds[-1]
        time.settled = deed
        time.appointment.at = moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0)
        time.appointment.state, time.appointment.settled_at = state, deed.at
        time.offered.data["time"] = time.appointment.at.isoformat()
        if deed.contact is None:
            deed.data["time"] = time.appointment.at.isoformat()

    def write(self) -> None:
        """A letter that says where to turn, made and posted."""
        if any(one.kind == DetailKind.ADDRESS and one.postal_code for one in self.matter.client.contact_details.all()):
            self.do("letter.made", letter_kind="not_reached")
            self.letters.append(WrittenLetter(self.deeds[-1]))
            if self.chance(0.5):
                self.pass_days(1)
        self.contact(Channel.LETTER, ContactOutcome.SENT, self._note("letter"))
        if self.letters:
            self.letters[-1].sent = self.deeds[-1]

    def meet(self) -> datetime.datetime:
        if self._time_is_open or self.chance(0.85):
            met = self.contact(Channel.MEETING, ContactOutcome.REACHED, self._note("meeting"), self._client_words(0.6))
            self._settle_time(AppointmentState.MET, met)
            return met
        return self.contact(Channel.VISIT, ContactOutcome.REACHED, self._note("home_visit"), self._client_words(0.6))

    def stay_away(self) -> None:
        if self._time_is_open or self.chance(0.85):
            missed = self.contact(Channel.MEETING, ContactOutcome.DID_NOT_COME, self._note("did_not_come"))
            self._settle_time(AppointmentState.MISSED, missed)
        else:
            self.contact(Channel.VISIT, ContactOutcome.NO_ANSWER, self._note("visit_missed"))

    @property
    def _time_is_open(self) -> bool:
        return bool(self.times) and self.times[-1].settled is None

    def wait(self, state: MatterState, words: str, days: int) -> None:
        """Wait so many working days, then go on."""
        until = later(self.day, days)
        reason = pick(self.random, words)
        self.do("matter.waiting", state=state.value, until=until.isoformat(), reason=reason)
        self.pass_days(days)
        self.do("matter.resumed")

    def close(self, outcome: Outcome) -> None:
        reason = pick(self.random, REASONS[outcome]) if outcome in NEED_REASON else ""
        self.do("matter.closed", outcome=outcome.value, reason=reason)

    def hand_over(self, to: User) -> None:
        self.do("matter.handed_over", to=to.pk, before=self.worker.pk, unit=self.matter.unit_id)
        self.worker = to

    def _give_in_the_morning(self, actor: User) -> None:
        moment = max(at(self.day, 8 * 60 + self.between(0, 40)), self._last + SHORTEST)
        note = pick(self.random, "assign_note") if self.chance(0.25) else ""
        data = {"to": self.worker.pk, "unit": self.matter.unit_id, "reason": note}
        self.deeds.append(Deed(moment, "matter.assigned", actor, {key: value for key, value in data.items() if value}))
        self._last = moment

    def _note(self, name: str) -> str:
        return pick(self.random, name)

    def _client_words(self, share: float) -> str:
        return pick(self.random, f"client.{self.topic}", self.matter.client.language) if self.chance(share) else ""

    def _moment(self) -> datetime.datetime:
        local = timezone.localtime(self._last)
        earliest = local.hour * 60 + local.minute + 6 if local.date() == self.day else 0
        moment = office_hour(self.day, self.random, max(earliest, 8 * 60 + 5))
        self._last = max(moment, self._last + SHORTEST)
        return self._last


def contacted(contact: Contact) -> Deed:
    data = {"channel": str(contact.channel), "outcome": str(contact.outcome)}
    return Deed(contact.at, "contact.recorded", contact.by, data, contact)


IN_VAIN = (
    (Channel.CALL, ContactOutcome.NO_ANSWER, "no_answer"),
    (Channel.CALL, ContactOutcome.NO_ANSWER, "no_answer"),
    (Channel.CALL, ContactOutcome.LEFT_MESSAGE, "left_message"),
    (Channel.MESSAGE, ContactOutcome.SENT, "message"),
)
REACHED = (
    (Channel.CALL, ""),
    (Channel.MESSAGE, "message_answer"),
    (Channel.LETTER, "letter_answer"),
    (Channel.VISIT, "home_visit"),
)
