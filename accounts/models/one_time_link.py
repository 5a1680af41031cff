"""A link that lets one person set a password once. Only a digest of it is stored: nobody can read it from here."""

import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class OneTimeLink(models.Model):
    """`made_by` and `municipality_number` are what decided that it may be made: it is asked again when it is taken.

    Both are empty for a link that the person asked for or that was made on the server.
    """

    class Purpose(models.TextChoices):
        INVITATION = "invitation", _("invitation")
        FORGOTTEN = "forgotten", _("forgotten password")
        # sets no password: shows that whoever accepts a role reads what is sent to the address
        OFFER = "offer", _("offer of a role")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="one_time_links")
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    digest = models.CharField(max_length=64, unique=True)
    expires = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", null=True)
    municipality_number = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["user", "purpose"], name="one_link_for_each_purpose")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.user_id}"


LIFE = {
    OneTimeLink.Purpose.INVITATION: datetime.timedelta(days=7),
    OneTimeLink.Purpose.FORGOTTEN: datetime.timedelta(hours=2),
    OneTimeLink.Purpose.OFFER: datetime.timedelta(days=7),
}
