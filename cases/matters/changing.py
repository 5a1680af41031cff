"""Changing one matter: one at a time, nothing written over."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from accounts.models import User
from cases.deadlines.settling import settle
from cases.matters.file import MatterFile
from cases.models import Matter, MatterState
from core.saving import ChangedMeanwhile


@contextmanager
def changing(matter: Matter, version: int | None = None) -> Iterator[MatterFile]:
    """Lock the matter and bring `matter` up to date; on leaving, settle its deadlines and save it as the next version.

    Gives the file of the matter as it is now, for the rules.

    `version` is the one that the person's form was made from; another one in the database refuses the change.
    """
    with transaction.atomic():
        # without joins: after waiting for a lock PostgreSQL reads the locked row anew, but not what was joined to it
        matter.refresh_from_db(from_queryset=Matter.objects.select_for_update())
        if version is not None and version != matter.version:
            raise ChangedMeanwhile
        yield MatterFile(matter)
        settle(matter)
        if matter.held_since and (matter.state != MatterState.NEW or matter.assignee_id):
            # somebody has it, or has begun it: it waits for capacity no more
            matter.held_since = None
        matter.version += 1
        matter.save()


def begin(actor: User, matter: Matter) -> None:
    """Whoever has the matter and does something about it has begun it."""
    if matter.assignee_id == actor.pk:
        matter.seen_by_assignee = True
        if matter.state == MatterState.NEW:
            matter.state = MatterState.IN_PROGRESS
