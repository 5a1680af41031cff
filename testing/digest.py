"""What is in the database after ingestion, without ids, times, history and batch rows: two runs that should end alike
are compared by it."""

import hashlib
import json
from typing import Any

from cases.models import Client, ContactDetail, Matter
from core.encryption import decrypt
from core.row_security import across_municipalities
from etotu.loading.originals import unseal
from etotu.loading.rows import attachment_context
from etotu.models import Attachment, Notice, QuarantineRow, QuarantineState


def contents() -> dict[str, list[Any]]:
    """Decrypted persons, matters with their deadlines, notices in force with their files, open faulty rows; sorted."""
    with across_municipalities("a test compares what two runs have left"):
        found = {
            "people": [person(client) for client in Client.objects.prefetch_related("name_tokens")],
            "details": [detail(row) for row in ContactDetail.objects.select_related("client")],
            "matters": [matter(row) for row in Matter.objects.select_related("client").prefetch_related("deadlines")],
            "notices": [notice(row) for row in Notice.objects.select_related("matter__client")],
            "files": [file(row) for row in Attachment.objects.select_related("notice")],
            "quarantine": [faulty(row) for row in QuarantineRow.objects.filter(state=QuarantineState.OPEN)],
        }
    return {name: sorted(rows, key=as_text) for name, rows in found.items()}


def digest() -> str:
    return hashlib.sha256(as_text(contents()).encode()).hexdigest()


def as_text(value: Any) -> str:
    return json.dumps(value, sort_keys=True, default=str)


def person(client: Client) -> list[Any]:
    tokens = sorted((token.token, token.phonetic) for token in client.name_tokens.all())
    return [
        client.municipality_id,
        client.identity_code(),
        client.birth_date,
        client.family_name,
        client.given_names,
        client.language,
        client.non_disclosure,
        tokens,
    ]


def detail(row: ContactDetail) -> list[Any]:
    return [
        row.client.identity_code(),
        row.kind,
        row.source,
        row.value,
        row.postal_code,
        row.post_office,
        row.known_on,
        row.dismissed,
    ]


def matter(row: Matter) -> list[Any]:
    deadlines = sorted(
        (d.duty, str(d.counted_from), d.counted_from_what, str(d.due), str(d.outer), str(d.met_on))
        for d in row.deadlines.all()
    )
    return [
        row.municipality_id,
        row.client.identity_code(),
        row.kind,
        row.source,
        row.arrived,
        row.urgent,
        row.state,
        row.due,
        row.routed,
        row.held_since,
        row.unit_id,
        row.assignee_id,
        deadlines,
    ]


def notice(row: Notice) -> list[Any]:
    flags = sorted(as_text(flag) for flag in row.flags)
    whose = row.matter.client.identity_code()
    return [
        row.municipality_id,
        row.sender,
        row.number,
        row.version,
        whose,
        row.urgent,
        row.sent_at,
        row.content,
        flags,
    ]


def file(row: Attachment) -> list[Any]:
    data = decrypt(row.data, attachment_context(row.notice.sender, row.notice.number, row.version, row.ordinal))
    return [row.notice.number, row.version, row.name, row.mime, row.size, hashlib.sha256(data).hexdigest()]


def faulty(row: QuarantineRow) -> list[Any]:
    original = unseal(row.original, row.batch_id, row.position)
    return [row.municipality_id, row.sender, row.number, row.version, row.kind, row.faults, original.values]
