"""Publishing the numbers of a closed period, and correcting what was published."""

from typing import Final

from django.db import connection
from django.utils.translation import gettext as _

from accounts.models import User
from core.saving import ChangedMeanwhile, NotPossible
from municipalities.models import Municipality
from reports.models import Edition
from reports.publishing.audit import Audit
from reports.publishing.definitions import definitions_of
from reports.publishing.draft import Draft, draft_of
from reports.publishing.earlier import tables_of
from reports.publishing.periods import EditionPeriod

LOCK: Final = 0x45444954  # the first half of the advisory lock; the other is the municipality


def publish(
    by: User | None, municipality: Municipality, period: EditionPeriod, seen: str | None = None
) -> tuple[Edition, bool]:
    """The edition of the period, and whether it was made now; one that there is stays as it is.

    `by` is None for the worker, `seen` the digest of the preview that a person has looked at. Raises NotPossible, and
    ChangedMeanwhile when the numbers are others than were seen.
    """
    refuse_open(period)
    lock(municipality)
    there = Edition.objects.published(municipality, period.key)
    if there is not None:
        return there, False
    return _store(by, _checked(draft_of(municipality, period), seen)), True


def correct(by: User, edition: Edition, reason: str, seen: str | None = None) -> Edition:
    """A new edition of the same period that says what it corrects and why; raises as `publish` does."""
    if not reason.strip():
        raise NotPossible(_("Write why the numbers are corrected."), "reason")
    lock(edition.municipality)
    refuse_corrected(Edition.objects.filter(corrects=edition).exists())
    period = EditionPeriod(edition.first, edition.last)
    draft = _checked(draft_of(edition.municipality, period, corrects=edition), seen)
    if all(new.same_numbers(old) for new, old in zip(draft.tables, tables_of(edition), strict=True)):
        raise NotPossible(_("Nothing that may be told has changed: there is nothing to correct."))
    return _store(by, draft, edition, reason.strip())


def refuse_open(period: EditionPeriod) -> None:
    if not period.closed:
        raise NotPossible(_("The period is not over. Numbers are published once it is."))


def refuse_corrected(is_corrected: bool) -> None:
    if is_corrected:
        raise NotPossible(_("This edition has been corrected already. Correct the latest one."))


def refuse_telling(audit: Audit) -> None:
    """Raises NotPossible, with the hidden numbers that could be found out."""
    if audit.passed:
        return
    cells = [f"{one.cell.table} {one.cell.period} {one.cell.key}" for one in audit.computable]
    cells += [f"{one.key} {one.column}" for one in audit.telling]
    cells += [f"{one.name} {one.period.key}" for one in audit.guessed]
    words = _("The numbers are not published, because hidden ones could be computed from what is told: %(cells)s.")
    raise NotPossible(words % {"cells": ", ".join(sorted(set(cells)))})


def lock(municipality: Municipality) -> None:
    """One at a time publishes for a municipality, to the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, municipality.pk])


def _checked(draft: Draft, seen: str | None) -> Draft:
    if draft.is_empty:
        raise NotPossible(_("There are no data of this period, so there is nothing to publish."))
    refuse_telling(draft.audit)
    if seen is not None and seen != draft.digest:
        raise ChangedMeanwhile
    return draft


def _store(by: User | None, draft: Draft, corrects: Edition | None = None, reason: str = "") -> Edition:
    return Edition.objects.create(
        municipality=draft.municipality,
        period=draft.period.key,
        first=draft.period.first,
        last=draft.period.last,
        version=corrects.version + 1 if corrects else 1,
        made_by=by,
        smallest=draft.smallest,
        definitions=definitions_of(draft.tables),
        tables=[table.as_json() for table in draft.tables],
        audit=draft.audit.as_json(),
        corrects=corrects,
        reason=reason,
    )
