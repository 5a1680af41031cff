"""A client of one worker with everything that a client can have, and the matter that each deed needs."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from accounts.models import User
from cases.acts.verbs import record_act
from cases.appointments.verbs import offer
from cases.clients.contact_details import set_contact_detail
from cases.information.verbs import ask_for_information
from cases.matters import life
from cases.models import Act, ActKind, Case, Client, Matter, MatterKind, MatterState, OwnWorker, Partner
from cases.partners.verbs import send_to_partner
from cases.transfers.verbs import request_transfer
from core.row_security import across_municipalities
from municipalities.models import Municipality, Unit
from osallistava.tests.permission_matrix import example_kwargs
from testing.clock import NOW, TODAY
from testing.factories import make_client, make_matter

NAME = "Kuvitteluniemi"


@dataclass
class Casework:
    """`kwargs` names for each URL an object of the client; `matters` one for each situation."""

    client: Client
    worker: User
    unit: Unit
    kwargs: dict[str, dict[str, Any]]
    matters: dict[str, Matter] = field(default_factory=dict)

    def matter(self, word: str, kind: str = MatterKind.CONTACT, *, taken: bool = True, **fields: Any) -> Matter:
        found = make_matter(self.client, kind, unit=self.unit, assignee=self.worker, **fields)
        if taken:
            life.take(self.worker, found)
        self.matters[word] = found
        return found


def casework_of(worker: User, unit: Unit, municipality: Municipality, sender: User, other: Municipality) -> Casework:
    """`sender` works in the `other` municipality, from which one matter comes and to which another goes."""
    kwargs = example_kwargs(municipality, worker)
    client = Client.objects.get(pk=kwargs["client"]["pk"])
    client.family_name, client.given_names = NAME, "Hilma Tuulikki"
    client.save(update_fields=["family_name", "given_names"])
    client.matters.update(unit=unit, assignee=worker)
    OwnWorker.objects.create(municipality=municipality, client=client, user=worker, assigned_by=worker)
    Case.objects.create(municipality=municipality, client=client, unit=unit, opened_by=worker)
    set_contact_detail(worker, client, "address", value="Mallikatu 1", postal_code="70100", post_office="KUOPIO")
    work = Casework(client, worker, unit, kwargs)
    in_every_situation(work)
    with_a_partner(work, municipality)
    moved(work, municipality, sender, other)
    return work


def in_every_situation(work: Casework) -> None:
    work.matter("given", taken=False)
    work.matter("taken", MatterKind.APPLICATION)
    tried = work.matter("tried")
    Matter.objects.filter(pk=tried.pk).update(attempts=5)
    work.matter("held", MatterKind.YOUNG_UNEMPLOYED, taken=False, held_since=TODAY)
    closed: dict[str, Any] = {
        "taken": False,
        "state": MatterState.CLOSED,
        "outcome": "met_no_need",
        "closed_at": NOW,
    }
    work.matter("closed", closed_by=work.worker, **closed)
    work.matter("changed", closed_by=work.worker, changed_after_closing=True, **closed)
    soon = TODAY + datetime.timedelta(days=14)
    life.set_waiting(work.worker, work.matter("waiting"), MatterState.WAITING_CLIENT, soon)
    ask_for_information(work.worker, work.matter("asked", MatterKind.APPLICATION), ["Tiliote"], soon)
    noon = timezone.make_aware(datetime.datetime.combine(soon, datetime.time(12)))
    record_act(work.worker, work.matter("begun"), ActKind.ASSESSMENT_BEGUN, TODAY)
    offer(work.worker, work.client, matter=work.matter("invited"), at=noon, worker=work.worker)


def with_a_partner(work: Casework, municipality: Municipality) -> None:
    partner = Partner.objects.get(municipality=municipality)
    sent = send_to_partner(work.worker, work.matter("with partner"), partner, told="Pyyntö", consent=True)
    for name in ("handover_answer", "handover_again", "handover_withdraw"):
        work.kwargs[name] = {"pk": sent.pk}


def moved(work: Casework, municipality: Municipality, sender: User, other: Municipality) -> None:
    with across_municipalities("a test sends a matter from another municipality"):
        theirs = make_client(other, work.client.identity_code())
        request_transfer(sender, make_matter(theirs, MatterKind.CONTACT, assignee=sender), municipality, "Muutti sinne")
        come = Matter.objects.get(client=work.client, source="transfer")
        Matter.objects.filter(pk=come.pk).update(unit=work.unit, assignee=work.worker)
    work.matters["coming"] = come
    request_transfer(work.worker, work.matter("going"), other, "Muutti pois")


def sends(work: Casework, colleague: User) -> dict[str, dict[str, Any]]:
    """What the worker writes into the form of each deed that has one."""
    soon = TODAY + datetime.timedelta(days=14)
    day = f"{soon:%d.%m.%Y}"
    letter = {"subject": "Hei", "body": "Tervetuloa", "language": "fi"}
    partner = Partner.objects.get(municipality=work.client.municipality_id)
    return {
        "contact": {"channel": "call", "outcome": "reached", "text": "Sovittiin", "client_words": ""},
        "act": {"kind": "discussion_held", "day": f"{TODAY:%d.%m.%Y}", "how": "", "note": ""},
        "remind": {"day": day},
        "take_back_act": {"act": Act.objects.get(client=work.client).pk, "reason": "Väärin"},
        "offer": {"worker": work.worker.pk, "day": day, "time": "14.00", "place": "", "note": ""},
        "letter": letter,
        "request_letter": letter,
        "invitation": letter,
        "wait": {"state": "waiting_client", "until": day, "reason": ""},
        "hand_over": {"to": colleague.pk, "note": ""},
        "close": {"outcome": "met_no_need", "reason": ""},
        "reopen": {"reason": "Uusi tieto"},
        "ask": {"items": "Tiliote", "note": "", "limit": day},
        "information": {"came_on": f"{TODAY:%d.%m.%Y}", "answer": ""},
        "withdraw_request": {"reason": ""},
        "partner": {"partner": partner.pk, "told": "Pyyntö", "consent": "yes", "ground": ""},
        "transfer": {"place": "Tampere", "reason": "Muutti"},
        "transfer_return": {"reason": "Ei asu täällä"},
        "transfer_revoke": {"reason": ""},
    }
