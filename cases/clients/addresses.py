"""Where a letter to a client goes."""

from collections.abc import Iterable

from cases.models import ContactDetail
from cases.models.contact_detail import DetailKind, in_use


def postal_addresses(client_ids: Iterable[int]) -> dict[int, ContactDetail]:
    """Whole addresses by client, in one query: what was entered here, else what Kela knows, else what came along.

    One without a street or a postal code is none: nothing can be posted to it. Then Kela's is not used instead: who
    entered another one, or put Kela's aside, knows that the client is not to be written to there.
    """
    rows = ContactDetail.objects.filter(client__in=list(client_ids), kind=DetailKind.ADDRESS)
    return {key: row for key, row in in_use(rows).items() if row.value.strip() and row.postal_code.strip()}
