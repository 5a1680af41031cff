"""A matter on its way to another municipality: one row on each side, so that neither sees into the other."""

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models.client import Client
from cases.models.matter import Matter
from cases.models.owned import ClientOwnedQuerySet, matter_is_seen, unrestricted, verified_relation
from core.history import keep_history
from municipalities.access import access_of
from municipalities.models import Municipality, MunicipalRow

if TYPE_CHECKING:
    from accounts.models import User


class TransferState(models.TextChoices):
    REQUESTED = "requested", pgettext_lazy("transfer", "Waiting for an answer")
    ACCEPTED = "accepted", pgettext_lazy("transfer", "Accepted")
    RETURNED = "returned", pgettext_lazy("transfer", "Returned")
    REVOKED = "revoked", pgettext_lazy("transfer", "Revoked")


BACK = (TransferState.RETURNED, TransferState.REVOKED)
"""The receiver's matter ended because the sender has it again: it was never the receiver's to do."""


class TransferQuerySet(ClientOwnedQuerySet["Transfer"]):
    def visible_to(self, user: "User", municipality: Municipality) -> Self:
        """Those of the clients with whom there is a relation, and those that came to an own desk, accepted or not."""
        access = access_of(user, municipality)
        if not access.casework:
            return self.none()
        came = Q(incoming=True) & Exists(Matter.objects.filter(matter_is_seen(access), pk=OuterRef("matter")))
        return self.filter(
            unrestricted(access, self.to_client),
            came | verified_relation(access, self.to_client),
            municipality=municipality,
        )


@keep_history("TransferHistory")
class Transfer(MunicipalRow):
    """This side of a transfer (toimeentulotukilaki 14 d §): `incoming` at the receiver. Both sides share `public_id`.

    `hides_place`: the person is under turvakielto, so the sender's pages do not name the `other` municipality.
    `restricts`: a client whom the receiver knew was restricted by this transfer, until it is revoked or returned.
    `asked_by_name` and `answered_by_name` are words, because the other side's people are not of this municipality.
    """

    public_id = models.UUIDField(default=uuid.uuid4, editable=False)
    incoming = models.BooleanField()
    other = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    hides_place = models.BooleanField(default=False)
    restricts = models.BooleanField(default=False, db_default=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="transfers")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="transfers")
    state = models.CharField(_("state"), max_length=10, choices=TransferState.choices, default=TransferState.REQUESTED)
    reason = models.TextField(_("reason"), max_length=2000)
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    asked_by_name = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    answered_by_name = models.CharField(max_length=200, blank=True)
    answer = models.TextField(_("answer"), blank=True, max_length=2000)
    version = models.PositiveIntegerField(default=1)

    objects = TransferQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["public_id", "incoming"], name="transfer_side_once"),
            models.UniqueConstraint(
                fields=["matter"],
                condition=models.Q(state="requested"),
                name="one_open_transfer",
                violation_error_message=_("The matter is being transferred already."),
            ),
        ]
        indexes = [models.Index(fields=["client"], name="transfer_of_client")]

    def __str__(self) -> str:
        return f"transfer {self.pk}"
