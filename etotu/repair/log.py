"""Who did what to a faulty row, and in which fields."""

from collections.abc import Iterable, Mapping

from accounts.models import User
from etotu.models import QuarantineAction, QuarantineRow


def note(
    rows: Iterable[QuarantineRow], kind: str, actor: User | None, fields: Mapping[int, list[str]] | None = None
) -> None:
    """One action for each row, with the names of the fields that it touched; never a value."""
    QuarantineAction.objects.bulk_create(
        QuarantineAction(
            municipality_id=row.municipality_id, row=row, kind=kind, actor=actor, fields=(fields or {}).get(row.pk, [])
        )
        for row in rows
    )
