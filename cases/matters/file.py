"""The file of a matter: the matter with everything that belongs to it, each part read once."""

from collections.abc import Iterable
from functools import cached_property
from typing import TypeVar

from django.db.models import Model, OuterRef, QuerySet

from cases.models import (
    Appointment,
    Contact,
    Deadline,
    Event,
    Handover,
    InformationRequest,
    Letter,
    Matter,
    MatterKind,
    Transfer,
)
from cases.models.appointment import AppointmentState
from cases.models.information_request import RequestState
from cases.models.transfer import BACK, TransferState
from core.json_rows import all_as_json, from_json
from municipalities.models import LocalSettings

EVENTS = 100
R = TypeVar("R", bound=Model)

OF_MATTER = {"matter": OuterRef("pk"), "municipality": OuterRef("municipality")}
DEADLINES = Deadline.objects.order_by("due", "pk")
REQUESTS = InformationRequest.objects.exclude(state=RequestState.WITHDRAWN).order_by("pk")
TRANSFERS = Transfer.objects.order_by("-pk")
HANDOVERS = Handover.objects.order_by("-created_at", "-pk")
LETTERS = Letter.objects.order_by("-made_at", "-pk")
APPOINTMENTS = Appointment.objects.order_by("-at", "-pk")


def with_parts(matters: QuerySet[Matter]) -> QuerySet[Matter]:
    """With what a page shows of the matter beside contacts and events, all in the statement that reads the matter."""
    return matters.annotate(
        file_deadlines=all_as_json(DEADLINES.filter(**OF_MATTER)),
        file_requests=all_as_json(REQUESTS.filter(**OF_MATTER), "by__name"),
        file_transfers=all_as_json(TRANSFERS.filter(**OF_MATTER)[:1], "other__name_fi", "other__name_sv"),
        file_handovers=all_as_json(HANDOVERS.filter(**OF_MATTER), "partner__name", "partner__kind"),
        file_letters=all_as_json(LETTERS.filter(**OF_MATTER), "made_by__name", "sent_by__name"),
        file_appointments=all_as_json(APPOINTMENTS.filter(**OF_MATTER), "worker__name"),
    )


class MatterFile:
    """Each part is one query, sent when the part is first asked for, and never again.

    So a file is for one page, or for one verb that holds the matter's lock (`cases.matters.changing`): it does not
    hear of what is changed later.
    """

    def __init__(self, matter: Matter, settings: LocalSettings | None = None) -> None:
        """`settings`: the municipality's, where a page has read them."""
        self.matter = matter
        self._settings = settings

    @cached_property
    def settings(self) -> LocalSettings:
        return self._settings or LocalSettings.objects.of(self.matter.municipality_id)

    @cached_property
    def deadlines(self) -> list[Deadline]:
        """By their day."""
        known = getattr(self.matter, "_prefetched_objects_cache", {})
        if "deadlines" in known:
            return list(self.matter.deadlines.all())
        return self._part("deadlines", DEADLINES)

    @cached_property
    def contacts(self) -> list[Contact]:
        """In the order of time."""
        return list(Contact.objects.filter(matter=self.matter).select_related("by").order_by("at", "pk"))

    @cached_property
    def requests(self) -> list[InformationRequest]:
        """The requests for information that were not withdrawn, in the order in which they were sent."""
        if self.matter.kind != MatterKind.APPLICATION:
            return []
        return self._part("requests", REQUESTS.select_related("by"))

    @property
    def open_request(self) -> InformationRequest | None:
        return next((row for row in self.requests if row.state == RequestState.OPEN), None)

    @property
    def latest_request(self) -> InformationRequest | None:
        return self.requests[-1] if self.requests else None

    @cached_property
    def transfer(self) -> Transfer | None:
        """The latest one of the matter on this side."""
        return next(iter(self._part("transfers", TRANSFERS.select_related("other"), 1)), None)

    @property
    def moving(self) -> Transfer | None:
        """The transfer whose answer is waited for, on whichever side."""
        asked = self.matter.is_open and self.transfer is not None and self.transfer.state == TransferState.REQUESTED
        return self.transfer if asked else None

    @property
    def is_elsewhere(self) -> bool:
        """Whether the matter ended here because another municipality has it."""
        if self.matter.is_open or self.transfer is None:
            return False
        if self.transfer.incoming:
            return self.transfer.state in BACK
        return self.transfer.state == TransferState.ACCEPTED

    @cached_property
    def handovers(self) -> list[Handover]:
        """To partners, the latest first."""
        return self._part("handovers", HANDOVERS.select_related("partner"))

    @cached_property
    def letters(self) -> list[Letter]:
        """The latest first."""
        return self._part("letters", LETTERS.select_related("made_by", "sent_by"))

    @cached_property
    def appointments(self) -> list[Appointment]:
        """The latest first."""
        return self._part("appointments", APPOINTMENTS.select_related("worker", "contact"))

    @property
    def offered_time(self) -> Appointment | None:
        """The first of those offered and not yet marked."""
        return next((row for row in reversed(self.appointments) if row.state == AppointmentState.OFFERED), None)

    def _part(self, name: str, rows: QuerySet[R], most: int | None = None) -> list[R]:
        """As the matter brought it (`with_parts`), else read now."""
        brought = getattr(self.matter, f"file_{name}", None)
        if brought is None:
            return self._own(rows.filter(matter=self.matter)[:most])
        return self._own(from_json(rows.model, brought))

    def _own(self, rows: Iterable[R]) -> list[R]:
        """The rows with this matter and its client, so that nobody reads these again."""
        found = list(rows)
        for row in found:
            row.matter = self.matter  # type: ignore[attr-defined]
            if hasattr(row, "client_id"):
                row.client = self.matter.client  # type: ignore[attr-defined]
        return found

    @cached_property
    def events(self) -> list[Event]:
        """The latest of what was done, in the order in which it was recorded, the last first."""
        rows = Event.objects.filter(matter=self.matter).select_related("actor").order_by("-pk")
        return self._own(rows[:EVENTS])

    @property
    def last_deed(self) -> Event | None:
        """What a person did last to the matter."""
        return next((row for row in self.events if row.actor_id is not None), None)
