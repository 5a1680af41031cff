"""What the pages of a client read: each part once, in a number of statements that does not grow with the rows."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, FilteredRelation, IntegerField, JSONField, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from avain.models import Measurement
from cases.access.reads import access
from cases.models import Case, Client, Contact, Event, Matter, OwnWorker
from cases.models.contact import REACHING
from cases.models.matter import MatterSource
from desk.appointments.shown import Time, times_of_client
from desk.matter.lists import matters_of
from desk.matter.words import for_lists
from municipalities.requests import MunicipalRequest
from records.models import AgreedItem, Document, Version
from records.notes.content import NOTES as KINDS_OF_NOTES

NOTES = "19"
"""The numbers of notes begin so: documents that have a page of their own."""
AGREED: Final = 4


class ClientFile:
    """A client whom this person may see, else 404; each further part is read when a page first asks for it."""

    def __init__(self, request: MunicipalRequest, pk: int) -> None:
        self.request = request
        self.client = access(Client, request, pk, reading=with_head)
        # a relation that joined no row leaves no attribute
        self.own_worker: OwnWorker | None = getattr(self.client, "assignment", None)
        self.case: Case | None = getattr(self.client, "open_case", None)
        self.event_count: int = self.client.event_count  # type: ignore[attr-defined]
        self.measurement_count: int = self.client.measurement_count  # type: ignore[attr-defined]
        self.document_count: int = self.client.document_count  # type: ignore[attr-defined]
        self.note_count: int = self.client.note_count  # type: ignore[attr-defined]
        self.last_note: dict[str, Any] | None = self.client.last_note  # type: ignore[attr-defined]
        self.agreed_items: list[dict[str, Any]] = self.client.agreed_open  # type: ignore[attr-defined]
        self.client.own_worker = self.own_worker

    @cached_property
    def matters(self) -> list[Matter]:
        """The latest first, with their deadlines. Whoever may see the client sees them all."""
        return list(for_lists(matters_of(self.request, self.client)))

    @property
    def arrivals(self) -> list[Matter]:
        """Matters whose arrival the timeline tells: made in sets, thousands at a time, those of Kela leave no event."""
        return [matter for matter in self.matters if matter.source == MatterSource.KELA]

    @cached_property
    def _times(self) -> tuple[list[Time], Time | None]:
        return times_of_client(self.request, self.client)

    @property
    def times(self) -> list[Time]:
        """The latest first."""
        return self._times[0]

    @property
    def next_time(self) -> Time | None:
        return self._times[1]

    def contacts_of(self, events: Sequence[Event]) -> dict[int, Contact]:
        """Those that the events tell of; read with the two that the head shows, so ask before the head is made."""
        self._contacts = self._read_contacts([event.data["contact"] for event in events if "contact" in event.data])
        return {contact.pk: contact for contact in self._contacts}

    @cached_property
    def _contacts(self) -> list[Contact]:
        return self._read_contacts([])

    def _read_contacts(self, ids: list[int]) -> list[Contact]:
        """The latest first."""
        reaching = self.client.contacts.filter(outcome__in=REACHING).order_by("-at", "-pk").values("pk")
        of_head = Q(pk=Subquery(reaching[:1])) | Q(pk=Subquery(reaching.exclude(text="")[:1]))
        rows = Contact.objects.filter(Q(pk__in=ids) | of_head, municipality=self.client.municipality_id)
        return list(rows.select_related("by", "note").order_by("-at", "-pk"))

    @property
    def reached(self) -> Contact | None:
        return next((one for one in self._contacts if one.reached), None)

    @property
    def agreed(self) -> Contact | None:
        return next((one for one in self._contacts if one.reached and one.text), None)


def with_head(clients: QuerySet[Client]) -> QuerySet[Client]:
    """With the own worker, the open case and the numbers of the tabs."""
    joined = clients.annotate(
        assignment=FilteredRelation("own_workers", condition=Q(own_workers__ended=None)),
        open_case=FilteredRelation("cases", condition=Q(cases__closed_at=None)),
        event_count=number_of(Event),
        measurement_count=number_of(Measurement),
        document_count=number_of(Document, ~Q(number__startswith=NOTES)),
        note_count=number_of(Document, Q(number__in=KINDS_OF_NOTES, latest__gt=0)),
        last_note=last_note(),
        agreed_open=ArraySubquery(agreed_open()),
    )
    return joined.select_related("assignment__user", "open_case")  # type: ignore[misc]


def last_note() -> Subquery:
    """Of the latest note that holds, what a page tells of it at a glance."""
    rows = Version.objects.filter(
        document__client=OuterRef("pk"),
        municipality=OuterRef("municipality"),
        document__number__in=KINDS_OF_NOTES,
        document__cancelled_at=None,
        number=F("document__latest"),
    )
    told = JSONObject(document="document", at="document__happened_at", author="author_name", aside="aside")
    rows = rows.order_by(F("document__happened_at").desc(nulls_last=True), "-document")
    return Subquery(rows.values(told=told)[:1], output_field=JSONField())


def agreed_open() -> QuerySet[AgreedItem, Any]:
    """What was agreed and is not settled, the first due first."""
    rows = AgreedItem.objects.open().filter(client=OuterRef("pk"), municipality=OuterRef("municipality"))
    told = JSONObject(what="what", worker="worker__name", who="who", by_when="by_when", pk="pk")
    return rows.order_by(F("by_when").asc(nulls_last=True), "pk").values(told=told)[:AGREED]


def number_of(model: type[Model], which: Q | None = None) -> Coalesce:
    """For the statement that reads the client: how many of these are theirs."""
    of_client = Q(client=OuterRef("pk"), municipality=OuterRef("municipality"))
    rows = model._default_manager.filter(of_client & which if which is not None else of_client)
    count = rows.order_by().values("client").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(count, output_field=IntegerField()), 0)
