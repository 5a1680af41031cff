"""What a note leaves behind that somebody has to do: things agreed, and questions to a colleague."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Client
from cases.models.owned import ClientOwnedQuerySet
from core.history import keep_history
from municipalities.models import MunicipalRow
from records.models.document import Document


class AgreedItemQuerySet(ClientOwnedQuerySet["AgreedItem"]):
    not_found = _("There is no such agreed item.")

    def open(self) -> Self:
        return self.filter(done_at=None, put_aside_at=None)

    def for_page(self) -> Self:
        return self.select_related("client", "document", "worker")


@keep_history("AgreedItemHistory")
class AgreedItem(MunicipalRow):
    """What was agreed, who does it and by when. With a worker and a day it is the worker's task: nothing is copied.

    `worker` is a colleague or oneself, `who` anybody else by name; neither of them: the client.
    """

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="agreed_items")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="agreed_items")
    position = models.PositiveSmallIntegerField()
    what = models.CharField(_("what"), max_length=300)
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    who = models.CharField(_("who"), max_length=120, blank=True)
    by_when = models.DateField(_("by when"), null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    put_aside_at = models.DateTimeField(null=True, blank=True)
    put_aside_reason = models.CharField(_("why it is put aside"), max_length=300, blank=True)

    objects = AgreedItemQuerySet.as_manager()

    class Meta:
        ordering = ["document", "position"]
        indexes = [
            models.Index(fields=["client", "by_when"], name="agreed_of_client"),
            models.Index(
                fields=["worker", "by_when"],
                condition=models.Q(done_at=None, put_aside_at=None),
                name="agreed_to_do",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(worker=None) | models.Q(who=""), name="agreed_by_one_person"),
            models.CheckConstraint(
                condition=models.Q(done_at=None, done_by=None)
                | models.Q(done_at__isnull=False, done_by__isnull=False, put_aside_at=None),
                name="agreed_done_by_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(put_aside_at=None, put_aside_reason="")
                | models.Q(put_aside_at__isnull=False) & ~models.Q(put_aside_reason=""),
                name="agreed_put_aside_with_a_reason",
                violation_error_message=_("Write why it is put aside."),
            ),
        ]

    def __str__(self) -> str:
        return f"agreed item {self.pk}"


class ColleagueQuestionQuerySet(ClientOwnedQuerySet["ColleagueQuestion"]):
    not_found = _("There is no such question.")

    def waiting(self) -> Self:
        return self.filter(answered_at=None)

    def for_page(self) -> Self:
        return self.select_related("client", "document", "asked_by", "to")


@keep_history("ColleagueQuestionHistory")
class ColleagueQuestion(MunicipalRow):
    """A question about a client to a colleague, who has it on Today until it is answered."""

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="colleague_questions")
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="colleague_questions"
    )
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("question"), max_length=2000)
    asked_at = models.DateTimeField(default=timezone.now)
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = ColleagueQuestionQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [
            models.Index(fields=["client", "-asked_at"], name="question_of_client"),
            models.Index(fields=["to"], condition=models.Q(answered_at=None), name="question_waiting"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered_at=None, answer="")
                | models.Q(answered_at__isnull=False) & ~models.Q(answer=""),
                name="question_answered_in_words",
                violation_error_message=_("Write the answer."),
            )
        ]

    def __str__(self) -> str:
        return f"question {self.pk}"
