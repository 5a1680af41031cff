"""Ways to reach a client: what was entered here and what Kela knows stand side by side."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from cases.clients.registering import locked
from cases.models import Client, ContactDetail
from cases.models.contact_detail import DetailSource
from cases.timeline.events import record_event
from core.saving import claim, refuse_older


@transaction.atomic
def set_contact_detail(
    actor: User,
    client: Client,
    kind: str,
    value: str,
    *,
    postal_code: str = "",
    post_office: str = "",
    known_on: datetime.date | None = None,
) -> ContactDetail | None:
    """Keep what the client told; an empty value removes what was entered here. Nothing changed: nothing is written."""
    new = {"value": value.strip(), "postal_code": postal_code.strip(), "post_office": post_office.strip()}
    own = ContactDetail.objects.filter(client=client, kind=kind, source=DetailSource.HERE)
    old = own.select_for_update().first()
    if not any(new.values()):
        if old is not None:
            old.delete()
            record_event("client.detail_removed", client=client, actor=actor, detail=kind)
        return None
    if old is not None and all(getattr(old, field) == text for field, text in new.items()):
        return old
    row, _made = ContactDetail.objects.update_or_create(
        client=client,
        kind=kind,
        source=DetailSource.HERE,
        defaults={
            **new,
            "municipality_id": client.municipality_id,
            "known_on": known_on or timezone.localdate(),
            "entered_by": actor,
            "entered_at": timezone.now(),
        },
    )
    record_event("client.detail_set", client=client, actor=actor, detail=kind, first=old is None)
    return row


@transaction.atomic
def save_contact_details(actor: User, client: Client, version: int, details: Mapping[str, Mapping[str, Any]]) -> None:
    """All the details of a form at once; raises core.saving.ChangedMeanwhile."""
    claim(Client.objects.filter(municipality=client.municipality_id), client.pk, version).save(
        update_fields=["version"]
    )
    for kind, detail in details.items():
        set_contact_detail(actor, client, kind, **detail)


@transaction.atomic
def take_kela_detail(actor: User, client: Client, kind: str) -> None:
    """Use Kela's value from now on: the one that was entered here goes (the change history keeps it)."""
    ContactDetail.objects.filter(client=client, kind=kind, source=DetailSource.KELA).update(dismissed=False)
    ContactDetail.objects.filter(client=client, kind=kind, source=DetailSource.HERE).delete()
    record_event("client.kela_detail_taken", client=client, actor=actor, detail=kind)


@transaction.atomic
def keep_own_detail(actor: User, client: Client, kind: str) -> None:
    """Somebody has looked at Kela's value and keeps the one entered here; a still newer one is shown again."""
    ContactDetail.objects.filter(client=client, kind=kind, source=DetailSource.KELA).update(dismissed=True)
    record_event("client.kela_detail_kept", client=client, actor=actor, detail=kind)


@transaction.atomic
def set_non_disclosure(actor: User, client: Client, on: bool, reason: str = "", *, version: int | None = None) -> bool:
    """Turvakielto on or off; whether that changed anything. Raises core.saving.ChangedMeanwhile."""
    row = locked(client)
    if row.non_disclosure == on:
        return False
    refuse_older(row, version)
    row.non_disclosure = on
    row.version += 1
    row.save(update_fields=["non_disclosure", "version"])
    record_event(
        "client.non_disclosure_set" if on else "client.non_disclosure_lifted", client=row, actor=actor, reason=reason
    )
    return True
