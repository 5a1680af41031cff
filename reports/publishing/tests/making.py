"""Editions for tests that need one to be there, whatever it tells."""

from accounts.models import User
from municipalities.models import Municipality
from reports.models import Edition
from reports.publishing.definitions import definitions_of
from reports.publishing.draft import draft_of
from reports.publishing.periods import read_key


def make_edition(municipality: Municipality, key: str = "2018-10", by: User | None = None) -> Edition:
    """Of a month, also where nothing happened in it."""
    draft = draft_of(municipality, read_key(key, municipality))
    return Edition.objects.create(
        municipality=municipality,
        period=draft.period.key,
        first=draft.period.first,
        last=draft.period.last,
        made_by=by,
        smallest=draft.smallest,
        definitions=definitions_of(draft.tables),
        tables=[table.as_json() for table in draft.tables],
        audit=draft.audit.as_json(),
    )
