"""What was shown around a question why so many: by it the supervisor judges whether the reason holds."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from cases.models import AccessLog, SelfMadeRight
from cases.models.access_log import Looked
from cases.models.self_made_right import SelfMadeKind
from cases.oversight.verbs import WITHIN


@dataclass(frozen=True, slots=True)
class Shown:
    """Within the hour before the reason was written, and the hour after it."""

    times: int
    client_ids: tuple[int, ...]
    """Each once, in the order of the first look."""


def shown_around(rows: Iterable[SelfMadeRight]) -> dict[int, Shown]:
    """By the numbers of those rows that are about many; one statement for them all."""
    many = [row for row in rows if row.kind == SelfMadeKind.MANY]
    if not many:
        return {}
    around = Q()
    for row in many:
        around |= Q(user=row.user_id, at__gt=row.at - WITHIN, at__lte=row.at + WITHIN)
    looks = AccessLog.objects.filter(around, municipality=many[0].municipality_id, action=Looked.REVEALED)
    found = list(looks.order_by("at", "pk").values_list("user", "at", "client_ids"))
    return {
        row.pk: _shown([ids for user, at, ids in found if user == row.user_id and abs(at - row.at) <= WITHIN])
        for row in many
    }


def _shown(looks: list[list[int]]) -> Shown:
    return Shown(
        times=sum(max(1, len(ids)) for ids in looks),
        client_ids=tuple(dict.fromkeys(pk for ids in looks for pk in ids)),
    )
