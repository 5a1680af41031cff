"""How a client is reached: for each kind what is in use, whose knowledge it is, and Kela's newer value beside it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, CharField, JSONField, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, JSONObject, LPad

from cases.models import Client, ContactDetail
from cases.models.contact_detail import DetailKind, DetailSource
from municipalities.models import Municipality


@dataclass(frozen=True, slots=True)
class Reach:
    """`newer` is Kela's detail that is younger than the one in use, differs from it and has not been put aside."""

    kind: str
    label: str
    detail: ContactDetail
    newer: ContactDetail | None

    @property
    def value(self) -> str:
        return written(self.detail)

    @property
    def newer_value(self) -> str:
        return written(self.newer) if self.newer else ""


def ways_to_reach(client: Client) -> list[Reach]:
    rows = list(with_place(ContactDetail.objects.filter(client=client)).select_related("entered_by"))
    found = []
    for kind in DetailKind:
        own, kela = of(rows, kind, DetailSource.HERE), of(rows, kind, DetailSource.KELA)
        used = own or kela or of(rows, kind, DetailSource.TRANSFER)
        if used is not None:
            found.append(Reach(kind.value, str(kind.label), used, kela if newer(own, kela) else None))
    return found


def with_place(details: QuerySet[ContactDetail]) -> QuerySet[ContactDetail]:
    """With the municipality that a detail names by its code."""
    places = Municipality.objects.annotate(digits=LPad(Cast("pk", CharField()), 3, Value("0")))
    named = places.filter(digits=OuterRef("value")).values(names=JSONObject(name_fi="name_fi", name_sv="name_sv"))
    is_place = When(kind=DetailKind.HOME_MUNICIPALITY, then=Subquery(named[:1]))
    return details.annotate(place=Case(is_place, output_field=JSONField()))


def of(rows: Iterable[ContactDetail], kind: str, source: str) -> ContactDetail | None:
    return next((row for row in rows if (row.kind, row.source) == (kind, source) and written(row)), None)


def newer(own: ContactDetail | None, kela: ContactDetail | None) -> bool:
    return (
        own is not None
        and kela is not None
        and not kela.dismissed
        and kela.known_on > own.known_on
        and written(own) != written(kela)
    )


def written(detail: ContactDetail) -> str:
    """The detail as one line; a municipality by its name."""
    if detail.kind == DetailKind.HOME_MUNICIPALITY:
        place: dict[str, str] | None = detail.place  # type: ignore[attr-defined]
        return Municipality(**place).name if place else detail.value
    place_line = " ".join(filter(None, (detail.postal_code, detail.post_office)))
    return ", ".join(filter(None, (detail.value, place_line)))
