from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models.client import Client
from cases.models.owned import ClientOwnedQuerySet
from core.history import keep_history
from municipalities.models import BulkMunicipalRow


class DetailKind(models.TextChoices):
    PHONE = "phone", _("phone")
    ADDRESS = "address", _("address")
    EMAIL = "email", _("e-mail")
    HOME_MUNICIPALITY = "home_municipality", _("municipality of residence")


class DetailSource(models.TextChoices):
    """Whose knowledge it is. Kela's never overwrites what a person here has entered: both stand side by side.

    What another municipality told when a matter came from there is used only where nothing else is known: `RANK`.
    """

    KELA = "kela", _("Kela")
    HERE = "here", _("entered here")
    TRANSFER = "transfer", _("another municipality")


RANK = (DetailSource.TRANSFER, DetailSource.KELA, DetailSource.HERE)
"""The last of these that is known is in use."""


class ContactDetailQuerySet(ClientOwnedQuerySet["ContactDetail"]):
    pass


@keep_history("ContactDetailHistory")
class ContactDetail(BulkMunicipalRow):
    """A way to reach a client, one row for each kind and source, with the day on which the source knew it.

    `value` is the number, the street address, the e-mail or the municipality code. `dismissed` marks a Kela value
    that somebody here has looked at and chosen not to use.
    """

    client = models.ForeignKey(
        Client, on_delete=models.CASCADE, db_index=False, db_constraint=False, related_name="contact_details"
    )
    kind = models.CharField(max_length=20, choices=DetailKind.choices)
    source = models.CharField(max_length=10, choices=DetailSource.choices)
    value = models.CharField(max_length=200, blank=True)
    postal_code = models.CharField(max_length=20, blank=True)
    post_office = models.CharField(max_length=100, blank=True)
    known_on = models.DateField()
    dismissed = models.BooleanField(default=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    entered_at = models.DateTimeField(default=timezone.now)

    objects = ContactDetailQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "source"]
        constraints = [models.UniqueConstraint(fields=["client", "kind", "source"], name="contact_detail_once")]

    def __str__(self) -> str:
        return f"contact detail {self.pk}"


def in_use(rows: Iterable[ContactDetail]) -> dict[int, ContactDetail]:
    """Of rows of one kind, the one in use by client. One that was put aside lets none of a lower rank be used."""
    ranked = sorted(rows, key=lambda row: RANK.index(DetailSource(row.source)))
    return {key: row for key, row in {row.client_id: row for row in ranked}.items() if not row.dismissed}
