import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.history import keep_history
from municipalities.models.membership import Membership, Role
from municipalities.models.municipality import Municipality
from municipalities.models.unit import Unit

LIFE = datetime.timedelta(days=7)
"""How long a request waits for the second person, and after that an offer for its own."""


class RightRequestQuerySet(models.QuerySet["RightRequest"]):
    def waiting_for_second(self) -> Self:
        """For another admin or a supervisor, and not too old."""
        return self.filter(state=RightRequest.State.SECOND, asked_at__gt=timezone.now() - LIFE)

    def waiting_for_person(self) -> Self:
        """For whom it concerns, and not too old."""
        return self.filter(state=RightRequest.State.PERSON, offered_at__gt=timezone.now() - LIFE)

    def run_out(self) -> Self:
        limit = timezone.now() - LIFE
        return self.filter(
            Q(state=RightRequest.State.SECOND, asked_at__lte=limit)
            | Q(state=RightRequest.State.PERSON, offered_at__lte=limit)
        )

    def ended(self) -> Self:
        """Those that wait no longer, the latest decided first; those whose time is out among them at once."""
        states = RightRequest.State
        waiting = [states.SECOND, states.PERSON]
        waited = Coalesce("offered_at", "asked_at")
        at = Case(
            When(state__in=[*waiting, states.RAN_OUT], then=waited + LIFE),
            default=Coalesce("answered_at", "decided_at", "asked_at"),
        )
        over = self.exclude(state__in=waiting) | self.run_out()
        return over.annotate(over_at=at).order_by("-over_at", "-pk")


@keep_history("RightRequestHistory")
class RightRequest(models.Model):
    """A right that one admin asked for somebody: nothing of it is in force before those whom it needs have said yes.

    A second person confirms what opens casework; the person accepts where the account was made by others. Only then is
    there a membership, so that no rule that reads memberships has to know of requests.
    """

    class What(models.TextChoices):
        ROLE = "role", _("a role")
        UNIT = "unit", _("another unit")
        LONGER = "longer", _("a later end")
        SECOND_FACTOR = "second_factor", _("a reset of the two-step sign-in")
        RESTORE = "restore", _("an account back into use")

    class State(models.TextChoices):
        SECOND = "second", _("waits for a second person")
        PERSON = "person", _("waits for the person's confirmation")
        DONE = "done", _("in force")
        REFUSED = "refused", _("refused")
        DECLINED = "declined", _("refused by the person")
        WITHDRAWN = "withdrawn", _("withdrawn")
        RAN_OUT = "ran_out", _("ran out of time")

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="right_requests")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="right_requests")
    what = models.CharField(max_length=14, choices=What.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.SECOND)
    # ROLE: all of them; UNIT: the new unit; LONGER: the new last day
    role = models.CharField(max_length=20, choices=Role.choices, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    # which one is widened, or came of it; one that never began may be gone meanwhile
    membership = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    must_accept = models.BooleanField(default=False)
    # the account was made with this request, and has no link before it is confirmed
    new_account = models.BooleanField(default=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    reason = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(max_length=300, blank=True)
    offered_at = models.DateTimeField(null=True, blank=True)
    # by the person, or taken back by the asker
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = RightRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [
            models.Index(fields=["municipality", "state", "-asked_at"], name="right_request_of_place"),
            models.Index(fields=["person", "state"], name="right_request_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.state}"

    @property
    def ended_at(self) -> datetime.datetime:
        """When it was decided, answered or taken back, or its time ran out."""
        if self.state in {self.State.SECOND, self.State.PERSON, self.State.RAN_OUT}:
            return (self.offered_at or self.asked_at) + LIFE
        return self.answered_at or self.decided_at or self.asked_at

    @property
    def last_day(self) -> datetime.date:
        """The day until which an answer is waited for."""
        return timezone.localdate((self.offered_at or self.asked_at) + LIFE)

    @property
    def shown_name(self) -> str:
        """Of somebody whom others know, an admin sees the address that was written, until the person has accepted."""
        return self.person.email if self.must_accept and self.state != self.State.DONE else self.person.name
