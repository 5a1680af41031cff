"""AVAIN: a dated measurement with goals, what supports and hinders each, and methods."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Client
from cases.models.owned import ClientOwnedQuerySet
from core.history import keep_history
from core.models import Code
from municipalities.models import MunicipalRow


class MeasurementKind(models.TextChoices):
    INITIAL = "initial", _("Initial")
    INTERIM = "interim", _("Interim")
    CLOSING = "closing", _("Closing")


class Direction(models.TextChoices):
    IMPROVE = "improve", _("change for the better")
    PREVENT = "prevent", _("prevent the situation from worsening")


class Effect(models.TextChoices):
    SUPPORTS = "supports", _("Supports")
    HINDERS = "hinders", _("Hinders")


class MeasurementQuerySet(ClientOwnedQuerySet["Measurement"]):
    not_found = _("There is no such measurement.")

    def for_page(self) -> Self:
        """With all that belongs to it, in a set number of statements."""
        goals = models.Prefetch("goals", Goal.objects.for_page())
        methods = models.Prefetch("methods", MeasurementMethod.objects.select_related("code"))
        return self.select_related("by").prefetch_related(goals, methods)


@keep_history("MeasurementHistory")
class Measurement(MunicipalRow):
    """One filling of AVAIN. `together` says whether the client was there; if not, why not."""

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="measurements")
    day = models.DateField(_("date"))
    kind = models.CharField(_("kind"), max_length=10, choices=MeasurementKind.choices)
    together = models.BooleanField(_("filled together with the client"))
    why_not_together = models.CharField(_("why not together"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    objects = MeasurementQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(together=True) | ~Q(why_not_together=""),
                name="why_not_together_told",
                violation_error_message=_("Tell why it was not filled together."),
            )
        ]
        indexes = [
            models.Index(fields=["client", "-day", "-id"], name="measurement_of_client"),
            models.Index(fields=["municipality", "day"], name="measurement_by_day"),
        ]

    def __str__(self) -> str:
        return f"measurement {self.pk}"


class GoalQuerySet(ClientOwnedQuerySet["Goal"]):
    to_client = "measurement__client__"

    def for_page(self) -> Self:
        """The main one first, each with what supports and hinders it."""
        factors = models.Prefetch("factors", GoalFactor.objects.select_related("code"))
        return self.select_related("code").prefetch_related(factors).order_by("-main", "position", "pk")


@keep_history("GoalHistory")
class Goal(MunicipalRow):
    """A goal in the client's own words, with its code, direction, and whether it is the main one."""

    measurement = models.ForeignKey(Measurement, on_delete=models.CASCADE, related_name="goals")
    position = models.PositiveSmallIntegerField()
    code = models.ForeignKey(Code, on_delete=models.PROTECT, related_name="+")
    direction = models.CharField(_("direction"), max_length=10, choices=Direction.choices)
    own_words = models.TextField(_("the goal in the client's own words"), blank=True, max_length=2000)
    main = models.BooleanField(_("main goal"), default=False)

    objects = GoalQuerySet.as_manager()

    class Meta:
        ordering = ["measurement", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["measurement"], condition=Q(main=True), name="one_main_goal"),
        ]

    def __str__(self) -> str:
        return f"goal {self.pk}"


class GoalFactorQuerySet(ClientOwnedQuerySet["GoalFactor"]):
    to_client = "goal__measurement__client__"


@keep_history("GoalFactorHistory")
class GoalFactor(MunicipalRow):
    """A situational factor that supports or hinders one goal."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="factors")
    code = models.ForeignKey(Code, on_delete=models.PROTECT, related_name="+")
    effect = models.CharField(max_length=10, choices=Effect.choices)
    note = models.CharField(max_length=500, blank=True)

    objects = GoalFactorQuerySet.as_manager()

    class Meta:
        ordering = ["goal", "code__position", "pk"]
        constraints = [models.UniqueConstraint(fields=["goal", "code", "effect"], name="factor_once_for_a_goal")]

    def __str__(self) -> str:
        return f"factor {self.pk}"


class MeasurementMethodQuerySet(ClientOwnedQuerySet["MeasurementMethod"]):
    to_client = "measurement__client__"


@keep_history("MeasurementMethodHistory")
class MeasurementMethod(MunicipalRow):
    """A method of work on the plan. `used` is asked at the evaluation: yes, no, or unknown, which is not no."""

    measurement = models.ForeignKey(Measurement, on_delete=models.CASCADE, related_name="methods")
    code = models.ForeignKey(Code, on_delete=models.PROTECT, related_name="+")
    used = models.BooleanField(null=True, blank=True)

    objects = MeasurementMethodQuerySet.as_manager()

    class Meta:
        ordering = ["measurement", "code__position", "pk"]
        constraints = [models.UniqueConstraint(fields=["measurement", "code"], name="method_once")]

    def __str__(self) -> str:
        return f"method {self.pk}"
