"""Change history: the old row of every change and deletion, kept by the database where nobody can edit it.

What was inserted is the row itself, and at the first change its old row: there are no events for insertion.
Who made a change is told by the program under a seal that the application's role cannot make (`history_fences`).
"""

import json
import uuid
from collections.abc import Callable
from typing import TypeVar

import pghistory
from django.db import models

from core.encryption import seal_of_actor
from core.transaction_settings import set_for_transaction

M = TypeVar("M", bound=type[models.Model])


def keep_history(name: str, *, derived: tuple[str, ...] = (), **meta: object) -> Callable[[M], M]:
    """Class decorator: keep the old rows of this model in an append-only model `name` of the same app.

    `derived`: columns that the database computes from others of the row, which the old rows do without.
    """
    decorate: Callable[[M], M] = pghistory.track(
        pghistory.UpdateEvent(row=pghistory.Old),
        pghistory.DeleteEvent(),
        level=pghistory.Statement,
        model_name=name,
        exclude=list(derived) or None,
        append_only=False,
        obj_field=pghistory.ObjForeignKey(related_name="history"),
        context_field=pghistory.ContextJSONField(),
        context_id_field=pghistory.ContextUUIDField(),
        meta=dict(meta),
    )
    return decorate


def actor_values(user_id: int | None, reason: str = "") -> dict[str, str]:
    """The settings that make the history rows of a transaction carry who makes the changes."""
    metadata = json.dumps({"user": user_id} | ({"reason": reason} if reason else {}))
    context = str(uuid.uuid4())
    return {
        "pghistory.context_id": context,
        "pghistory.context_metadata": metadata,
        "osallistava.actor_seal": seal_of_actor(f"{context} {metadata}"),
    }


def remember_actor(user_id: int | None, reason: str = "") -> None:
    """Say who makes the changes of this transaction; the history rows carry it."""
    set_for_transaction(actor_values(user_id, reason))
