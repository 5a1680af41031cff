from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.matter import Matter
from cases.models.owned import ClientOwnedQuerySet
from municipalities.models import BulkMunicipalRow


class Duty(models.TextChoices):
    """What must have happened by the due day."""

    DECIDE_URGENT = "decide_urgent", _("decide on the urgent application")
    DECIDE = "decide", _("decide, or ask for what is missing")
    DECIDE_ASKED = "decide_asked", _("decide with the information that was asked for")
    DISCUSS = "discuss", _("meet the client")
    PLAN = "plan", _("make a plan with the client")
    ASSESS_URGENT = "assess_urgent", _("assess the urgent need")
    ASSESS = "assess", _("start the service-need assessment")
    ACTIVATE = "activate", _("start the activation plan")
    INTEGRATE = "integrate", _("start the initial assessment of integration")


class CountedFrom(models.TextChoices):
    """Which day is the first of the count, which itself is not counted (laki 150/1930, 2 §)."""

    ARRIVAL = "arrival", _("arrival")
    REQUEST = "request", _("the request")
    CREATED = "created", _("the notice, as the day of the request is not known")
    ANSWERED = "answered", _("the arrival of the information")
    LIMIT = "limit", _("the end of the time given")


class DeadlineQuerySet(ClientOwnedQuerySet["Deadline"]):
    to_client = "matter__client__"

    def unmet(self) -> Self:
        return self.filter(met_on=None)


class Deadline(BulkMunicipalRow):
    """A duty with its day. `due` is the shown day of the municipality's reading, `outer` that of the wide one.

    `local` marks a target of the municipality's own; the others are law. The words come from `cases.deadlines.rules`.
    `told_before`: met by a contact, when contacts still met duties; what was told then stays as it was told.
    """

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, db_constraint=False, related_name="deadlines")
    duty = models.CharField(max_length=20, choices=Duty.choices)
    counted_from = models.DateField()
    counted_from_what = models.CharField(max_length=10, choices=CountedFrom.choices, default=CountedFrom.ARRIVAL)
    working_days = models.PositiveSmallIntegerField()
    due = models.DateField()
    outer = models.DateField()
    local = models.BooleanField(default=False)
    met_on = models.DateField(null=True, blank=True)
    told_before = models.BooleanField(default=False, db_default=False)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        ordering = ["due", "pk"]
        constraints = [
            # every request for information brings a new time to decide
            models.UniqueConstraint(fields=["matter", "duty"], condition=~Q(duty="decide_asked"), name="duty_once"),
            models.CheckConstraint(
                condition=Q(outer__gte=models.F("due")),
                name="outer_limit_not_before_due",
            ),
        ]
        indexes = [models.Index(fields=["municipality", "due", "duty"], name="deadline_by_due")]

    def __str__(self) -> str:
        return f"deadline {self.pk}"
