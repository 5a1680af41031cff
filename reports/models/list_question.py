"""What was asked of the supervisor about a list behind a number."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.history import keep_history
from municipalities.models import Municipality, MunicipalRow


class ListQuestionQuerySet(models.QuerySet["ListQuestion"]):
    def waiting(self, municipality: Municipality) -> Self:
        """For a supervisor's answer."""
        return self.filter(municipality=municipality, answered_at=None)


@keep_history("ListQuestionHistory")
class ListQuestion(MunicipalRow):
    """Somebody who reads a list behind a number asks the supervisor to look at it; the list goes along by its address.

    `name` and `key` are those of the number, `query` its filters as an address has them, `rows` how many rows it had
    then. Answered without words is read.
    """

    name = models.CharField(max_length=60)
    key = models.CharField(max_length=120)
    query = models.CharField(max_length=200)
    rows = models.PositiveIntegerField()
    words = models.TextField(_("what you ask"), max_length=1000)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    answer = models.TextField(_("answer"), blank=True, max_length=1000)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ListQuestionQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, answer="")
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="answered_by_somebody",
            )
        ]
        indexes = [
            models.Index(fields=["municipality", "-asked_at"], name="list_question_by_time"),
            models.Index(fields=["municipality"], condition=Q(answered_at=None), name="list_question_open"),
        ]

    def __str__(self) -> str:
        return f"question {self.pk}"
