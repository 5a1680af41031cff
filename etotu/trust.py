"""Whose rows a batch or a person may change (rule 12 of the exchange format): trust follows the channel."""

from collections.abc import Iterable

from django.db.models import Q

from accounts.models import User
from etotu.models import Batch
from etotu.models.batch import Via
from municipalities.models import Membership, Role

Places = frozenset[int] | None
"""Codes of municipalities; None is every one."""


def is_kelas_channel(batch: Batch) -> bool:
    """Folder and command are Kela's, and so is what the installation admin brings."""
    who = batch.delivered_by
    return batch.via != Via.UPLOAD or bool(who and who.is_active and who.is_installation_admin)


def kelas_among(batch_ids: Iterable[int]) -> set[int]:
    """Those of the batches that came by Kela's channel."""
    of_kela = ~Q(via=Via.UPLOAD) | Q(delivered_by__is_active=True, delivered_by__is_installation_admin=True)
    return set(Batch.objects.filter(of_kela, pk__in=set(batch_ids)).values_list("pk", flat=True))


def places_of_batch(batch: Batch) -> Places:
    """Asked when the rows are entered: a role that ended after the upload opens nothing any more."""
    return None if is_kelas_channel(batch) else places_of(batch.delivered_by)


def places_of(person: User | None) -> frozenset[int]:
    """The municipalities in which the person is an admin today."""
    if person is None or not person.is_active:
        return frozenset()
    found = Membership.objects.in_force().filter(user=person, role=Role.ADMIN, municipality__isnull=False)
    return frozenset(found.values_list("municipality", flat=True))
