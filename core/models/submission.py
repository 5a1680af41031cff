"""A double click makes one record: a form carries a token that is spent when its record is made."""

import uuid

from django.conf import settings
from django.db import connection, models
from django.utils import timezone


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def spend(self, token: str, user_id: int, purpose: str) -> bool:
        """Whether this is the first time that the token comes. A second one waits for the first to commit.

        `purpose` is the address of the form with its record: only there is a token the same one. A text that is no
        token counts as new: the form was made by hand, and there is nothing to compare.
        """
        try:
            key = uuid.uuid5(uuid.UUID(token), f"{user_id}:{purpose}")
        except ValueError:
            return True
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO core_submission (token, user_id, spent_at) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
                [key, user_id, timezone.now()],
            )
            return bool(cursor.rowcount == 1)


class Submission(models.Model):
    # made of the token of the form, its user and its purpose
    token = models.UUIDField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    spent_at = models.DateTimeField()

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["spent_at"]

    def __str__(self) -> str:
        return str(self.token)
