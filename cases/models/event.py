from django.conf import settings
from django.db import models
from django.utils import timezone

from cases.models.client import Client
from cases.models.matter import Matter
from cases.models.owned import ClientOwnedQuerySet
from municipalities.models import BulkMunicipalRow


class EventQuerySet(ClientOwnedQuerySet["Event"]):
    pass


class Event(BulkMunicipalRow):
    """What a service did, for the timeline, which renders it as a sentence. Append-only.

    `kind` is a dotted name such as `matter.taken`; `data` holds ids, codes and dates, the reason in the actor's words.
    No actor: the program did it.
    """

    client = models.ForeignKey(Client, on_delete=models.PROTECT, db_index=False, related_name="events")
    matter = models.ForeignKey(
        Matter, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="events"
    )
    kind = models.CharField(max_length=40)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    data = models.JSONField(default=dict)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["client", "-at"], name="event_of_client"),
            models.Index(fields=["matter", "-at"], name="event_of_matter"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
