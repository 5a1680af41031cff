"""The mark "in the employment trial": set by hand on one client, or on those of a list of henkilötunnus."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import F

from accounts.models import User
from cases.models import Client, Event
from cases.timeline.events import record_event
from core.encryption import blind_index
from core.identity_code import IdentityCodeError, parse
from municipalities.models import Municipality

LINES = 10_000


@dataclass(slots=True)
class Listed:
    """What became of a list. Lines are numbers from 1; what stood on them is kept nowhere.

    `changed` and `already` are clients, by id. `unknown`: nobody here, or nobody whom the actor may see; `wrong`: no
    henkilötunnus.
    """

    changed: list[int] = field(default_factory=list)
    already: list[int] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)
    wrong: list[int] = field(default_factory=list)


@transaction.atomic
def mark_client(actor: User, client: Client, *, on: bool) -> bool:
    """Whether the mark was changed."""
    row = Client.objects.select_for_update(of=("self",)).get(pk=client.pk)
    if row.employment_trial == on:
        return False
    row.employment_trial = on
    row.version += 1
    row.save(update_fields=["employment_trial", "version"])
    record_event(kind_of(on), client=row, actor=actor)
    return True


@transaction.atomic
def mark_listed(actor: User, municipality: Municipality, lines: Iterable[str], *, on: bool) -> Listed:
    """A henkilötunnus on each line; blank lines are passed over. In three statements for any number of lines."""
    found = Listed()
    wanted: dict[bytes, list[int]] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            wanted.setdefault(blind_index(parse(line).text, municipality.pk), []).append(number)
        except IdentityCodeError:
            found.wrong.append(number)
    seen = Client.objects.visible_to(actor, municipality).filter(identity_code_index__in=list(wanted)).values("pk")
    clients = {
        bytes(client.identity_code_index or b""): client
        for client in Client.objects.filter(pk__in=seen).select_for_update(of=("self",)).order_by("pk")
    }
    found.unknown = sorted(number for index, numbers in wanted.items() if index not in clients for number in numbers)
    changed = [client for client in clients.values() if client.employment_trial != on]
    found.changed = [client.pk for client in changed]
    found.already = [client.pk for client in clients.values() if client.employment_trial == on]
    Client.objects.filter(pk__in=found.changed).update(employment_trial=on, version=F("version") + 1)
    Event.objects.bulk_create(
        Event(municipality=municipality, client=client, kind=kind_of(on), actor=actor, data={"list": True})
        for client in changed
    )
    return found


def kind_of(on: bool) -> str:
    return "client.trial_marked" if on else "client.trial_mark_removed"
