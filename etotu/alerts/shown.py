"""Alerts that nobody has seen yet, as a page and the menu show them."""

from dataclasses import dataclass

from django.urls import reverse

from etotu.alerts.verbs import MOST, standing
from etotu.alerts.words import alert_words
from etotu.models import Alert
from municipalities.models import Municipality

SHOWN = 10


@dataclass(frozen=True, slots=True)
class AlertShown:
    pk: int
    words: str
    url: str


@dataclass(frozen=True, slots=True)
class AlertsShown:
    """The latest of them; `more` are left out."""

    alerts: list[AlertShown]
    more: int
    seen_url: str


def alerts_shown(municipality: Municipality | None, reader_id: int | None) -> AlertsShown:
    """In the scope of the municipality, or of none."""
    found = list(standing(municipality)[: MOST + 1])
    kwargs = {"code": municipality.code} if municipality else {}
    seen_url = reverse("alerts_seen" if municipality else "installation_alerts_seen", kwargs=kwargs)
    shown = found[:SHOWN]
    listed = [AlertShown(one.pk, alert_words(one, reader_id), alert_url(one, municipality)) for one in shown]
    return AlertsShown(listed, len(found) - len(listed), seen_url)


def alert_url(alert: Alert, municipality: Municipality | None) -> str:
    if alert.batch is None:
        return ""
    kwargs = {"public_id": alert.batch.public_id}
    if municipality is None:
        return reverse("installation_batch", kwargs=kwargs)
    if alert.kind == Alert.Kind.QUARANTINED:
        return f"{reverse('repair', kwargs={'code': municipality.code})}?era={alert.batch.public_id}"
    return reverse("batch", kwargs=kwargs | {"code": municipality.code})
