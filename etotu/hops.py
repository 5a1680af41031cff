"""A notice goes along with its matter: the receiver gets it as it is, the sender's row becomes a past hop.

Later versions from Kela go to the row that is in force. When the matter comes back, the sender's row is it again, and
gets the versions that came in between (rule 4 of the exchange format).
"""

import datetime
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases import intake
from cases.models import Client, ContactDetail, Matter
from cases.models.contact_detail import DetailSource
from cases.timeline.events import record_event
from cases.transfers.carrying import carry_along
from cases.transfers.people import carry_details, set_protection, ways_to_reach
from core.row_security import across_municipalities
from core.saving import NotPossible
from etotu.kinds import MATTER_KINDS
from etotu.models import Attachment, Notice
from etotu.repair.release import BusyError, apply_alone_soon

CONTENT = (
    "version",
    "batch_id",
    "position",
    "sent_at",
    "received_at",
    "urgent",
    "content",
    "content_hash",
    "flags",
)


class NoticeCarrier:
    def prepare(self, matter: Matter) -> None:
        """No batch is applied meanwhile: it might change the row that is about to be past."""
        if Notice.objects.filter(matter=matter).exists():
            try:
                apply_alone_soon()
            except BusyError:
                raise NotPossible(_("A batch from Kela is being processed. Try again in a moment.")) from None

    def go(self, sent: Matter, arrived: Matter) -> None:
        old = Notice.objects.filter(matter=sent).first()
        if old is None:
            return
        put_in_the_past(old)
        new = Notice.objects.create(
            municipality_id=arrived.municipality_id,
            matter=arrived,
            sender=old.sender,
            number=old.number,
            first_batch_id=old.first_batch_id,
            sent_to=old.sent_to or old.municipality_id,
            claimed_in=old.claimed_in,
            **content_of(old),
        )
        copy_attachments(old, new, old.version)

    def come_back(self, sent: Matter, arrived: Matter) -> None:
        old, new = (Notice.objects.filter(matter=matter).first() for matter in (sent, arrived))
        if old is None or new is None:
            return
        put_in_the_past(new)
        old.past_hop = None
        old.save(update_fields=["past_hop"])
        later = versions_after(old.version, new)
        if later:
            take_versions(old, new, later)
            bring_up_to_date(sent, arrived, old, later)


def put_in_the_past(notice: Notice) -> None:
    """Hops are numbered over all the municipalities where the notice has been; nobody else numbers at this moment."""
    with across_municipalities("the number of a hop follows those in other municipalities"):
        same = Notice.objects.filter(sender=notice.sender, number=notice.number)
        last = same.aggregate(last=Max("past_hop"))["last"]
    notice.past_hop = 0 if last is None else last + 1
    notice.save(update_fields=["past_hop"])


def content_of(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in CONTENT}


def versions_after(version: int, notice: Notice) -> list[dict[str, Any]]:
    """The contents of the later versions, in their order, each as it was last."""
    rows = notice.history.filter(version__gt=version).order_by("version", "pgh_id")  # type: ignore[attr-defined]
    found = {row.version: content_of(row) for row in rows}
    if notice.version > version:
        found[notice.version] = content_of(notice)
    return [found[key] for key in sorted(found)]


def take_versions(old: Notice, new: Notice, later: list[dict[str, Any]]) -> None:
    """One by one, so that each leaves the one before it in the history."""
    for content in later:
        for name, value in content.items():
            setattr(old, name, value)
        old.save(update_fields=[name.removesuffix("_id") for name in CONTENT])
        copy_attachments(new, old, old.version)


def copy_attachments(source: Notice, target: Notice, version: int) -> None:
    """The bytes are bound to the notice's sender, number and version and to their ordinal, which are the same."""
    Attachment.objects.bulk_create(
        Attachment(
            municipality_id=target.municipality_id,
            notice=target,
            version=version,
            ordinal=file.ordinal,
            name=file.name,
            mime=file.mime,
            size=file.size,
            data=file.data,
        )
        for file in Attachment.objects.filter(notice=source, version=version).order_by("pk")
    )


def bring_up_to_date(sent: Matter, arrived: Matter, notice: Notice, later: list[dict[str, Any]]) -> None:
    """The sender's matter and person as if the versions had come there: what Kela knows, nothing of the receiver."""
    carry_details(details_of_versions(arrived.client, notice, later), sent.client)
    if any(content["content"].get("non_disclosure") for content in later):
        set_protection(sent.client)
    sent.kind = MATTER_KINDS[notice.content["kind"]]
    sent.urgent = notice.urgent
    need = notice.content.get("need") or {}
    intake.change_one(
        sent,
        stays_urgent=all(content["urgent"] for content in later),
        wants_discussion=bool(need.get("wants_discussion")) and notice.content["kind"] == "SOSIAALITYON_TARVE",
        requested_on=need.get("discussion_requested_on"),
        created_on=timezone.localdate(datetime.datetime.fromisoformat(notice.content["created_at"])),
        arrived=notice.batch.arrived,
        at=notice.received_at,
    )
    record_event(
        "notice.changed",
        client=sent.client,
        actor=None,
        matter=sent,
        kind=sent.kind,
        number=notice.number,
        version=notice.version,
    )


def details_of_versions(client: Client, notice: Notice, later: list[dict[str, Any]]) -> list[ContactDetail]:
    """Of Kela's contact details those that came with these versions.

    Other notices tell the receiver where the person lives now, which the sender must not learn from them: what may have
    come with one of those, in the same batch, stays there.
    """
    came = {(day_of(content), content["received_at"]) for content in later}
    others = Notice.objects.filter(matter__client=client).exclude(sender=notice.sender, number=notice.number)
    for other in others:
        came -= {(day_of(content_of(row)), row.received_at) for row in (other, *other.history.all())}  # type: ignore[attr-defined]
    found = ways_to_reach(client).filter(source=DetailSource.KELA)
    return [detail for detail in found if (detail.known_on, detail.entered_at) in came]


def day_of(content: dict[str, Any]) -> datetime.date:
    """The day on which Kela made the version."""
    return timezone.localdate(datetime.datetime.fromisoformat(content["content"]["created_at"]))


carry_along(NoticeCarrier())
