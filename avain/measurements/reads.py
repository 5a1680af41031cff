"""Measurements with all that belongs to them, in a set number of queries."""

from django.db.models import QuerySet

from avain.models import Measurement
from cases.models import Client, Event
from cases.timeline.sentences import Told, sentences


def measurements_of(client: Client) -> QuerySet[Measurement]:
    rows = Measurement.objects.for_page().filter(client=client, municipality=client.municipality_id)
    return rows.order_by("-day", "-pk")


def latest_measurement(client: Client) -> Measurement | None:
    """The client's latest measurement that has goals; a closing one has none and so ends nothing that is shown."""
    return measurements_of(client).filter(goals__isnull=False).distinct().first()


def corrections(measurement: Measurement) -> list[Told]:
    """Who corrected it, when and why, the latest first."""
    events = Event.objects.filter(
        client=measurement.client_id, kind="avain.corrected", data__measurement=measurement.pk
    )
    return sentences(events)
