"""A municipality's rules of whose work a matter is (`docs/domain.md`, Routing)."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models import MatterKind, Partner
from core.history import keep_history
from municipalities.models import MunicipalRow, Unit


@keep_history("RoutingRuleHistory")
class RoutingRule(MunicipalRow):
    """In the order of `position` the first rule whose every condition holds is applied; an empty condition holds.

    `age_from` and `age_to` are full years on the day of arrival, both included. `area` holds when the client's postal
    code is one of the unit's. The rule sends to a unit, a person or a partner, or holds for capacity; `reason` is
    shown on the matter. A rule that is not `active`, or out of its days, is not applied.
    """

    class Target(models.TextChoices):
        UNIT = "unit", _("to a unit")
        PERSON = "person", _("to a person")
        PARTNER = "partner", _("to a partner")
        HOLD = "hold", _("hold for capacity")

    position = models.PositiveSmallIntegerField(_("order"))
    active = models.BooleanField(_("in use"), default=False)
    starts = models.DateField(_("first day"))
    ends = models.DateField(_("last day"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=200)
    kinds = ArrayField(
        models.CharField(max_length=20, choices=MatterKind.choices), verbose_name=_("types"), default=list, blank=True
    )
    urgent = models.BooleanField(_("urgency"), null=True, blank=True)
    age_from = models.PositiveSmallIntegerField(_("age from"), null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(_("age to"), null=True, blank=True)
    languages = ArrayField(
        models.CharField(max_length=20), verbose_name=_("service languages"), default=list, blank=True
    )
    area = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("area of the unit")
    )
    has_own_worker = models.BooleanField(_("own worker"), null=True, blank=True)
    employment_trial = models.BooleanField(_("in the employment trial"), null=True, blank=True)
    target = models.CharField(_("where to"), max_length=10, choices=Target.choices)
    to_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit")
    )
    to_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("person"),
    )
    to_partner = models.ForeignKey(
        Partner, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("partner")
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["municipality", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=models.F("starts")),
                name="rule_ends_after_it_starts",
                violation_error_message=_("The last day must not be before the first day."),
            ),
            models.CheckConstraint(
                condition=Q(age_from=None) | Q(age_to=None) | Q(age_to__gte=models.F("age_from")),
                name="rule_ages_in_order",
                violation_error_message=_("The upper age must not be below the lower one."),
            ),
            models.CheckConstraint(
                condition=Q(target="unit", to_unit__isnull=False, to_user=None, to_partner=None)
                | Q(target="person", to_unit=None, to_user__isnull=False, to_partner=None)
                | Q(target="partner", to_unit=None, to_user=None, to_partner__isnull=False)
                | Q(target="hold", to_unit=None, to_user=None, to_partner=None),
                name="rule_has_its_target",
                violation_error_message=_("Choose where the rule sends the matters."),
            ),
        ]
        indexes = [models.Index(fields=["municipality", "position"], name="routing_rule_in_order")]

    def __str__(self) -> str:
        return f"rule {self.pk}"
