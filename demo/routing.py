"""The routing rules of the demo, as the trial had them, and what the weeks did to the matters on hold."""

import datetime
from collections.abc import Sequence

from django.utils import timezone

from accounts.models import User
from cases.holds.verbs import RELEASED, release_of_week
from cases.models import Client, Event, Handover, MatterKind, Partner
from cases.models.matter import Outcome
from cases.models.partner import HandoverState, PartnerKind
from demo.accounts import SOUTH
from demo.by_hand import event
from demo.calendar import at
from demo.course import Course, Deed
from demo.scale import KUOPIO, TAMPERE, Scale
from etotu.models import RoutingRule
from municipalities.models import LocalSettings, Unit

SUPERVISOR = "taina@tampere.example"
# where the first of the two teams for adults works
FIRST_TEAM_CODES = ("70600", "70780", "70820", "33500", "33580", "33720")
YOUNG_UNTIL, GROWN_FROM = 24, 26
# so many of Kela's days back, counted from the last one
MARKED, COACHED, HELD = 48, 46, 12
JUST_AFTER_MIDNIGHT = 10
TO_COACH = (MatterKind.YOUNG_UNEMPLOYED, MatterKind.REDUCED_AMOUNT, MatterKind.SOCIAL_WORK_NEED)
CAN_WAIT = (MatterKind.LONG_UNEMPLOYED, MatterKind.REDUCED_AMOUNT)
ACCEPTED = 0.7
A_MOMENT = datetime.timedelta(minutes=2)
STATES = {
    "handover.sent": HandoverState.SENT,
    "handover.accepted": HandoverState.ACCEPTED,
    "handover.withdrawn": HandoverState.WITHDRAWN,
}
Target = RoutingRule.Target


def make_rules(scale: Scale, days: Sequence[datetime.date]) -> None:
    """Kuopio holds those over 25 for capacity; Tampere proposes the young of the employment trial to their coaches."""
    for team in Unit.objects.filter(municipality=KUOPIO, name=SOUTH):
        team.postal_codes = sorted(code for code in FIRST_TEAM_CODES if code.startswith("70"))
        team.save()
        RoutingRule.objects.create(
            municipality_id=KUOPIO,
            position=2,
            active=False,
            starts=days[-1],
            reason="Eteläisen alueen asiakkaat",
            area=team,
            target=Target.UNIT,
            to_unit=team,
        )
    RoutingRule.objects.create(
        municipality_id=KUOPIO,
        position=1,
        active=True,
        starts=day_back(days, HELD),
        reason="Yli 25-vuotiaat odottavat vuoroaan, kun nuoret otetaan ensin",
        kinds=[kind.value for kind in CAN_WAIT],
        age_from=GROWN_FROM,
        target=Target.HOLD,
    )
    LocalSettings.objects.update_or_create(
        municipality_id=KUOPIO, defaults={"held_per_week": max(1, scale.daily[KUOPIO] * 2 // 3)}
    )
    coaches = Partner.objects.create(
        municipality_id=TAMPERE,
        kind=PartnerKind.OWN_COACH,
        name="Työllisyyskokeilun omavalmentajat",
        contact_person="Oona Ohjaaja-Demo",
        phone="040 000 9900",
        email="omavalmentajat@tampere.example",
    )
    RoutingRule.objects.create(
        municipality_id=TAMPERE,
        position=1,
        active=True,
        starts=day_back(days, COACHED),
        reason="Työllisyyskokeilun nuorella on oma valmentaja",
        kinds=[kind.value for kind in TO_COACH],
        age_to=YOUNG_UNTIL,
        employment_trial=True,
        target=Target.PARTNER,
        to_partner=coaches,
    )


def before_batch(day: datetime.date, back: int) -> None:
    """What stood between the former batch and that of `day`, which is so many of Kela's days back."""
    if back <= HELD:
        release_of_week(KUOPIO, at(day, JUST_AFTER_MIDNIGHT))
    # the list of the trial is brought in again each week
    if back <= MARKED and day.weekday() == 0:
        mark_young(day)


def mark_young(day: datetime.date) -> None:
    """Two of three of the young whom Tampere knows by now."""
    young = [
        client
        for client in Client.objects.filter(municipality=TAMPERE, employment_trial=False).order_by("pk")
        if (client.age(day) or 99) <= YOUNG_UNTIL and client.pk % 3
    ]
    moment = at(day, 9 * 60)
    for client in young:
        client.employment_trial = True
        client.version += 1
    Client.objects.bulk_update(young, ["employment_trial", "version"])
    actor = User.objects.get(email=SUPERVISOR)
    Event.objects.bulk_create(event(client, actor, "client.trial_marked", moment) for client in young)


def day_back(days: Sequence[datetime.date], back: int) -> datetime.date:
    return days[max(0, len(days) - 1 - back)]


def released_on(code: int) -> dict[int, datetime.date]:
    """By matter, the day on which its hold ended."""
    ended = Event.objects.filter(municipality=code, kind=RELEASED).values_list("matter", "at")
    return {matter: timezone.localdate(moment) for matter, moment in ended if matter}


def proposals(code: int) -> dict[int, Handover]:
    rows = Handover.objects.filter(municipality=code, state=HandoverState.PROPOSED).select_related("partner")
    return {row.matter_id: row for row in rows}


def answer_proposal(course: Course, proposal: Handover) -> None:
    """What the worker does about it, between the deeds of the course: tells the partner, or leaves it."""
    first = next((deed for deed in course.deeds if deed.actor == course.worker), None)
    if first is None:
        return
    closed = next((deed for deed in course.deeds if deed.kind == "matter.closed"), None)
    data = {"handover": proposal.pk, "partner": proposal.partner_id, "name": proposal.partner.name}
    if closed is None or closed.data["outcome"] == Outcome.OWN_COACH or course.chance(ACCEPTED):
        if closed or course.chance(0.6):
            course.deeds.append(Deed(first.at + A_MOMENT, "handover.sent", course.worker, dict(data)))
        if closed and closed is not first:
            course.deeds.append(Deed(closed.at - A_MOMENT, "handover.accepted", course.worker, dict(data)))
    else:
        course.deeds.append(Deed(first.at + A_MOMENT, "handover.withdrawn", course.worker, dict(data)))
    course.deeds.sort(key=lambda deed: deed.at)


def store_proposals(courses: Sequence[Course], now: datetime.datetime) -> None:
    """The proposals as the deeds by `now` left them."""
    for course in courses:
        for deed in course.deeds:
            if deed.kind in STATES and deed.at <= now:
                change(Handover.objects.get(pk=deed.data["handover"]), deed)


def change(row: Handover, deed: Deed) -> None:
    day = timezone.localdate(deed.at)
    row.state = STATES[deed.kind]
    row.version += 1
    if row.state == HandoverState.SENT:
        row.created_by, row.sent_on, row.last_asked, row.consent = deed.actor, day, day, True
        row.told = "Asiakas on työllisyyskokeilussa ja toivoo, että oma valmentaja soittaa hänelle."
    elif row.state == HandoverState.ACCEPTED:
        row.answered_on, row.answer = day, "Otamme asiakkaan valmennukseen ja soitamme hänelle tällä viikolla."
    row.save()
