"""The same day of work with many rows of each kind, so that every list is longer than a page shows."""

from typing import Any

from django.db.models import Model

from cases.models import (
    Appointment,
    Client,
    Contact,
    Deadline,
    Event,
    Handover,
    Letter,
    Matter,
    OwnWorker,
    Transfer,
)
from municipalities.models import Municipality

TO_CLIENT: tuple[type[Model], ...] = (Contact, OwnWorker, Event, Appointment, Handover, Letter, Transfer)


def multiply(municipality: Municipality, doublings: int) -> None:
    """Double the clients of a municipality so many times, with what belongs to them."""
    for _ in range(doublings):
        clients = list(Client.objects.filter(municipality=municipality))
        new_clients = copies(clients, identity_code_index=None, identity_code_cipher=None, identity_code_mask="")
        matters = list(Matter.objects.filter(municipality=municipality))
        new_matters = copies(matters, client=new_clients)
        copies(list(Deadline.objects.filter(municipality=municipality)), matter=new_matters)
        for model in TO_CLIENT:
            rows = list(model._default_manager.filter(municipality=municipality))
            # the contact that a time or a letter made is made by one of them only
            without: dict[str, Any] = {"contact": None} if model in (Appointment, Letter) else {}
            copies(rows, client=new_clients, matter=new_matters, **without)


def copies(rows: list[Any], **changed: Any) -> dict[int, Any]:
    """New rows by the key of the row that each is a copy of. A mapping among `changed` leads from old keys to rows."""
    made = {}
    for row in rows:
        values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
        del values["id"]
        values.pop("public_id", None)
        for name, value in changed.items():
            if isinstance(value, dict):
                if values.get(f"{name}_id") is not None:
                    values[f"{name}_id"] = value[values[f"{name}_id"]].pk
            else:
                values[f"{name}_id" if f"{name}_id" in values else name] = value
        made[row.pk] = type(row)(**values)
    if made:
        type(rows[0])._default_manager.bulk_create(made.values())
    return made
