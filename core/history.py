"""Change history: the old row of every change and deletion, kept by the database where nobody can edit it.

What was inserted is the row itself, and at the first change its old row: there are no events for insertion.
"""

import json
import uuid
from collections.abc import Callable
from typing import TypeVar

import pghistory
from django.db import connection, models

M = TypeVar("M", bound=type[models.Model])


def keep_history(name: str, **meta: object) -> Callable[[M], M]:
    """Class decorator: keep the old rows of this model in an append-only model `name` of the same app."""
    decorate: Callable[[M], M] = pghistory.track(
        pghistory.UpdateEvent(row=pghistory.Old),
        pghistory.DeleteEvent(),
        level=pghistory.Statement,
        model_name=name,
        append_only=False,
        obj_field=pghistory.ObjForeignKey(related_name="history"),
        context_field=pghistory.ContextJSONField(),
        context_id_field=pghistory.ContextUUIDField(),
        meta=dict(meta),
    )
    return decorate


def remember_actor(user_id: int | None, reason: str = "") -> None:
    """Say who makes the changes of this transaction; the history rows carry it."""
    metadata = json.dumps({"user": user_id} | ({"reason": reason} if reason else {}))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('pghistory.context_id', %s, true), set_config('pghistory.context_metadata', %s, true)",
            [str(uuid.uuid4()), metadata],
        )
