"""The file of a matter: the matter with everything that belongs to it, each part read once."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, OuterRef, QuerySet

from cases.deadlines.settling import standing
from cases.models import (
    Act,
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
from cases.models.appointment import CANCELLED, AppointmentState
from cases.models.information_request import RequestState
from cases.models.transfer import BACK, TransferState
from core.json_rows import all_as_json, from_json
from municipalities.models import LocalSettings

EVENTS = 100
R = TypeVar("R", bound=Model)


@dataclass(frozen=True, slots=True)
class Part(Generic[R]):
    """Rows that belong to a matter, and of which related rows a page shows which fields (`by__name`)."""

    rows: QuerySet[R]
    related: tuple[str, ...] = ()
    most: int | None = None

    def of(self, matter: Matter) -> QuerySet[R]:
        joined = {path.partition("__")[0] for path in self.related}
        rows = self.rows.filter(matter=matter)
        return (rows.select_related(*joined) if joined else rows)[: self.most]

    def as_json(self) -> ArraySubquery:
        """For a query of matters."""
        rows = self.rows.filter(matter=OuterRef("pk"), municipality=OuterRef("municipality"))
        return all_as_json(rows[: self.most], *self.related)


PARTS: dict[str, Part[Any]] = {
    "file_deadlines": Part(Deadline.objects.order_by("due", "pk")),
    "file_requests": Part(
        InformationRequest.objects.exclude(state=RequestState.WITHDRAWN).order_by("pk"), ("by__name",)
    ),
    "file_transfers": Part(Transfer.objects.order_by("-pk"), ("other__name_fi", "other__name_sv"), most=1),
    "file_handovers": Part(Handover.objects.order_by("-created_at", "-pk"), ("partner__name", "partner__kind")),
    "file_letters": Part(Letter.objects.order_by("-made_at", "-pk"), ("made_by__name", "sent_by__name")),
    "file_acts": Part(Act.objects.order_by("-day", "-pk"), ("by__name", "taken_back_by__name")),
    "file_appointments": Part(Appointment.objects.order_by("-at", "-pk"), ("worker__name",)),
}


def with_parts(matters: QuerySet[Matter]) -> QuerySet[Matter]:
    """With what a page shows of the matter beside contacts and events, all in the statement that reads the matter."""
    return matters.annotate(**{name: part.as_json() for name, part in PARTS.items()})


class MatterFile:
    """Each part is read once: with the matter (`with_parts`), else when it is first asked for, and never again.

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
        return self._part("file_deadlines")

    @cached_property
    def contacts(self) -> list[Contact]:
        """In the order of time."""
        return list(Contact.objects.filter(matter=self.matter).select_related("by").order_by("at", "pk"))

    @cached_property
    def requests(self) -> list[InformationRequest]:
        """The requests for information that were not withdrawn, in the order in which they were sent."""
        if self.matter.kind != MatterKind.APPLICATION:
            return []
        return self._part("file_requests")

    @property
    def open_request(self) -> InformationRequest | None:
        return next((row for row in self.requests if row.state == RequestState.OPEN), None)

    @property
    def latest_request(self) -> InformationRequest | None:
        return self.requests[-1] if self.requests else None

    @cached_property
    def transfer(self) -> Transfer | None:
        """The latest one of the matter on this side."""
        return next(iter(self._part("file_transfers")), None)

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
        return self._part("file_handovers")

    @cached_property
    def letters(self) -> list[Letter]:
        """The latest first."""
        return self._part("file_letters")

    @cached_property
    def acts(self) -> list[Act]:
        """The latest first, those taken back among them."""
        return self._part("file_acts")

    @property
    def standing_acts(self) -> list[Act]:
        """Those that can do a duty."""
        return standing(self.acts, {time.pk for time in self.appointments if time.state in CANCELLED})

    @cached_property
    def appointments(self) -> list[Appointment]:
        """The latest first."""
        return self._part("file_appointments")

    @property
    def offered_time(self) -> Appointment | None:
        """The first of those offered and not yet marked."""
        return next((row for row in reversed(self.appointments) if row.state == AppointmentState.OFFERED), None)

    def _part(self, name: str) -> list[Any]:
        """As the matter brought it, else read now."""
        part = PARTS[name]
        brought = getattr(self.matter, name, None)
        return self._own(part.of(self.matter) if brought is None else from_json(part.rows.model, brought))

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
