"""Whether the person of a faulty row is a client already, for the access log."""

from cases.models import Client
from core.encryption import blind_index
from core.identity_code import IdentityCodeError, parse
from etotu.models import QuarantineRow
from etotu.repair.corrected_rows import corrected_row


def clients_of(row: QuarantineRow) -> list[int]:
    """Ids of the clients whom the row's identity code names, as it came or as corrected: none, one or two."""
    if row.municipality_id is None:
        return []
    it = corrected_row(row)
    person = it.notice.content.person
    codes = [person.identity_code if person else "", str(it.values.get("henkilo", {}).get("henkilotunnus", ""))]
    indexes = []
    for code in codes:
        try:
            indexes.append(blind_index(parse(code).text, row.municipality_id))
        except IdentityCodeError:
            continue
    found = Client.objects.filter(municipality_id=row.municipality_id, identity_code_index__in=indexes)
    return sorted(found.values_list("pk", flat=True))
