"""Partners to whom matters are handed over, and the handing over with what came of it."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models.client import Client
from cases.models.matter import Matter
from cases.models.owned import ClientOwnedQuerySet
from core.history import keep_history
from municipalities.models import MunicipalRow


class PartnerKind(models.TextChoices):
    OUTREACH_YOUTH_WORK = "outreach_youth_work", _("outreach youth work")
    OWN_COACH = "own_coach", _("own coach")
    EMPLOYMENT_SERVICES = "employment_services", _("employment services")
    HEALTH_CARE = "health_care", _("health care")
    ASSOCIATION = "association", _("association")
    OTHER = "other", _("other partner")


@keep_history("PartnerHistory")
class Partner(MunicipalRow):
    """A partner of the municipality. One that ended is kept, because hand-overs name it."""

    kind = models.CharField(_("kind"), max_length=20, choices=PartnerKind.choices)
    name = models.CharField(_("name"), max_length=120)
    contact_person = models.CharField(_("contact person"), max_length=120, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    note = models.TextField(_("what to know of the partner"), max_length=1000, blank=True)
    ended = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "name"],
                name="partner_name_once",
                violation_error_message=_("The municipality already has a partner with this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class HandoverState(models.TextChoices):
    PROPOSED = "proposed", pgettext_lazy("hand-over", "Proposed")
    SENT = "sent", pgettext_lazy("hand-over", "Waiting for an answer")
    ACCEPTED = "accepted", pgettext_lazy("hand-over", "Accepted")
    DECLINED = "declined", pgettext_lazy("hand-over", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("hand-over", "Withdrawn")


OPEN_HANDOVER = (HandoverState.PROPOSED, HandoverState.SENT)


class HandoverQuerySet(ClientOwnedQuerySet["Handover"]):
    not_found = _("There is no such matter, or it is not yours to see.")

    def for_page(self) -> Self:
        return self.select_related("partner", "client", "matter__client", "matter__unit", "matter__assignee")


@keep_history("HandoverHistory")
class Handover(MunicipalRow):
    """A client handed to a partner. A rule only proposes; a person tells the partner, with or without consent.

    `last_asked` is the day on which the partner was last told or asked: from it the silence is counted.
    """

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="handovers")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="handovers")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="handovers")
    state = models.CharField(_("state"), max_length=10, choices=HandoverState.choices)
    told = models.TextField(_("what was told to the partner"), blank=True, max_length=10_000)
    consent = models.BooleanField(_("the client agrees"), null=True)
    ground = models.TextField(_("ground without consent"), blank=True, max_length=2000, default="", db_default="")
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    sent_on = models.DateField(null=True, blank=True)
    last_asked = models.DateField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True, max_length=10_000)
    version = models.PositiveIntegerField(default=1)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "partner"],
                condition=models.Q(state__in=["proposed", "sent"]),
                name="open_handover_once",
                violation_error_message=_("The matter is with this partner already."),
            )
        ]
        indexes = [
            models.Index(fields=["client"], name="handover_of_client"),
            models.Index(fields=["municipality", "state", "last_asked", "id"], name="handover_by_state"),
        ]

    def __str__(self) -> str:
        return f"hand-over {self.pk}"
