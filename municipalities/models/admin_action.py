"""The log of what admins did to people's accounts, rights and units. Append-only."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from municipalities.models.owned import MunicipalRow


class AdminAction(MunicipalRow):
    class Kind(models.TextChoices):
        INVITED = "invited", _("Invited")
        GAVE_MEMBERSHIP = "gave_membership", _("Gave a role")
        ENDED_MEMBERSHIP = "ended_membership", _("Ended a role")
        CHANGED_UNIT = "changed_unit", _("Changed the unit")
        MADE_LINK = "made_link", _("Made a new sign-in link")
        DEACTIVATED = "deactivated", _("Deactivated the account")
        REACTIVATED = "reactivated", _("Took the account into use again")
        RESET_SECOND_FACTOR = "reset_second_factor", _("Reset the second factor")
        ADDED_UNIT = "added_unit", _("Added a unit")
        RENAMED_UNIT = "renamed_unit", _("Renamed a unit")
        ENDED_UNIT = "ended_unit", _("Ended a unit")
        REOPENED_UNIT = "reopened_unit", _("Took a unit into use again")
        CHANGED_AREA = "changed_area", _("Changed the postal codes of a unit")
        ASKED_RIGHT = "asked_right", _("Asked for another to confirm")
        CONFIRMED_RIGHT = "confirmed_right", _("Confirmed what another asked for")
        REFUSED_RIGHT = "refused_right", _("Refused what was asked for")
        WITHDREW_RIGHT = "withdrew_right", _("Withdrew what was asked for")
        ACCEPTED_RIGHT = "accepted_right", _("Accepted the offered role")
        DECLINED_RIGHT = "declined_right", _("Refused the offered role")
        EXTENDED_MEMBERSHIP = "extended_membership", _("Gave a role a later end")
        CHANGED_SETTINGS = "changed_settings", _("Changed the settings")

    kind = models.CharField(max_length=24, choices=Kind.choices)
    at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # whose account or rights; empty where a unit was changed
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    details = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["municipality", "person", "-at"], name="admin_action_of_person")]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"
