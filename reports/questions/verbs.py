"""Asking the supervisor about a list, and answering. The row tells who did it and when; its history keeps what was."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.saving import NotPossible, claim
from municipalities.models import Municipality
from reports.models import ListQuestion


def ask(
    actor: User, municipality: Municipality, *, name: str, key: str, query: str, rows: int, words: str
) -> ListQuestion:
    return ListQuestion.objects.create(
        municipality=municipality, name=name, key=key, query=query, rows=rows, words=words, asked_by=actor
    )


def answer(actor: User, question: ListQuestion, *, version: int | None, words: str) -> ListQuestion:
    """Without words it is marked as read. Raises NotPossible when a colleague was quicker."""
    found = claim(ListQuestion.objects.filter(municipality=question.municipality), question.pk, version)
    if found.answered_at is not None:
        raise NotPossible(_("A colleague has answered this already."))
    found.answer, found.answered_by, found.answered_at = words, actor, timezone.now()
    found.save()
    return found
