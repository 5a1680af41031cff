from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models.appointment import Appointment
from cases.models.client import Client
from cases.models.contact import Channel
from cases.models.matter import Matter
from cases.models.owned import ClientOwnedQuerySet
from core.history import keep_history
from municipalities.models import MunicipalRow


class ActKind(models.TextChoices):
    """What was done of social work itself. A contact is none of these (`domain.md`, What meets a deadline)."""

    ASSESSMENT_BEGUN = "assessment_begun", pgettext_lazy("act", "Service-need assessment begun")
    ASSESSMENT_BOOKED = "assessment_booked", pgettext_lazy("act", "Service-need assessment booked")
    ASSESSMENT_FINISHED = "assessment_finished", pgettext_lazy("act", "Service-need assessment finished")
    ASSESSMENT_UNNEEDED = "assessment_unneeded", pgettext_lazy("act", "Service-need assessment found unnecessary")
    PLAN_BEGUN = "plan_begun", pgettext_lazy("act", "Plan begun with the client")
    PLAN_BOOKED = "plan_booked", pgettext_lazy("act", "Planning booked")
    PLAN_MADE = "plan_made", pgettext_lazy("act", "Plan made")
    MULTISECTOR_PLAN = "multisector_plan", pgettext_lazy("act", "Multi-sector plan made")
    DISCUSSION_HELD = "discussion_held", pgettext_lazy("act", "Discussion held")
    KELA_MEETING = "kela_meeting", pgettext_lazy("act", "Joint meeting with Kela held")
    INTEGRATION_JOINED = "integration_joined", pgettext_lazy("act", "Took part in the integration assessment")


BOOKED = frozenset({ActKind.ASSESSMENT_BOOKED, ActKind.PLAN_BOOKED})
"""These stand as long as their time is not cancelled."""


class ActQuerySet(ClientOwnedQuerySet["Act"]):
    not_found = _("There is no such mark, or it is not yours to see.")


@keep_history("ActHistory")
class Act(MunicipalRow):
    """What was done about a matter, on which day, told by whom. Only an act meets a duty.

    `how` may be empty. A wrong mark is taken back with a reason, never removed. `appointment` is the time of a booking.
    """

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="acts")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="acts")
    kind = models.CharField(_("what was done"), max_length=20, choices=ActKind.choices)
    day = models.DateField(_("day"))
    how = models.CharField(_("how"), max_length=10, choices=Channel.choices, blank=True)
    note = models.TextField(_("note"), blank=True, max_length=2000)
    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, null=True, blank=True, related_name="acts")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_back_why = models.TextField(blank=True, max_length=1000)

    objects = ActQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(taken_back_at=None, taken_back_by=None, taken_back_why="")
                | models.Q(taken_back_at__isnull=False, taken_back_by__isnull=False) & ~models.Q(taken_back_why=""),
                name="taken_back_with_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="assessment_unneeded") | ~models.Q(note=""), name="unneeded_has_grounds"
            ),
        ]
        indexes = [
            models.Index(fields=["matter", "day"], name="act_of_matter"),
            models.Index(fields=["client", "-day"], name="act_of_client"),
        ]

    def __str__(self) -> str:
        return f"act {self.pk}"
