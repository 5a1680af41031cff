"""Records that two may edit carry a version: a save made from an older one is refused, and nothing is overwritten."""

from typing import Generic, Protocol, TypeVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _


class Versioned(Protocol):
    version: int


M = TypeVar("M", bound=models.Model)


class EditConflictError(Exception, Generic[M]):
    """Somebody saved in between. `current` is the record as it is now, for showing what changed."""

    def __init__(self, current: M) -> None:
        super().__init__(_("Somebody else has saved this in the meantime."))
        self.current = current


def claim(rows: models.QuerySet[M], pk: int, version: int) -> M:
    """The row, locked for this transaction, its version moved on; the caller changes and saves it.

    Raises EditConflictError when `version` is not the current one.
    """
    row = rows.select_for_update(of=("self",)).get(pk=pk)
    refuse_older(row, version)
    held: Versioned = row  # type: ignore[assignment]
    held.version += 1
    return row


def refuse_older(row: models.Model, version: int | None) -> None:
    """Raises EditConflictError when `version` is not that of the locked row; None comes from no form."""
    held: Versioned = row  # type: ignore[assignment]
    if version is not None and held.version != version:
        raise EditConflictError(row)


def posted_version(request: HttpRequest) -> int:
    """The version that the form was made from; 0, which no record has, when it is missing."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
