"""Measurements with all that belongs to them, in a set number of queries."""

from django.db.models import QuerySet, Subquery

from avain.models import Goal, Measurement
from cases.models import Client, Event
from cases.timeline.sentences import Told, sentences


def measurements_of(client: Client) -> QuerySet[Measurement]:
    rows = Measurement.objects.for_page().filter(client=client, municipality=client.municipality_id)
    return rows.order_by("-day", "-pk")


def latest_measurement(client: Client) -> Measurement | None:
    """The client's latest measurement that has goals; a closing one has none and so ends nothing that is shown."""
    return measurements_of(client).filter(goals__isnull=False).distinct().first()


def latest_goals(client: Client, *, factors: bool = True) -> list[Goal]:
    """The goals of the latest measurement that has any, with it and their factors: a closing one ends nothing."""
    latest = measurements_of(client).filter(goals__isnull=False).prefetch_related(None).values("pk")[:1]
    goals = Goal.objects.for_page().filter(measurement=Subquery(latest)).select_related("measurement__by")
    return list(goals if factors else goals.prefetch_related(None))


def corrections(measurement: Measurement) -> list[Told]:
    """Who corrected it, when and why, the latest first."""
    events = Event.objects.filter(
        client=measurement.client_id, kind="avain.corrected", data__measurement=measurement.pk
    )
    return sentences(events)
