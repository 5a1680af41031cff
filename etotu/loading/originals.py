"""A row as received, with its attachments, encrypted: what quarantine keeps to be looked at and corrected."""

import json
from dataclasses import dataclass
from typing import Any

from core.encryption import decrypt, encrypt
from etotu.parsing import RawNotice

LENGTH = 4


@dataclass(frozen=True, slots=True)
class Original:
    """`values` as the parser gave them, and the bytes of the attachments in their order."""

    values: dict[str, Any]
    dialect: str
    attachments: list[tuple[str, str, bytes]]


def original_context(batch_id: int, position: int) -> bytes:
    return b"etotu.original:%d:%d" % (batch_id, position)


def corrected_context(batch_id: int, position: int) -> bytes:
    """Of what people typed over the row."""
    return b"etotu.corrected:%d:%d" % (batch_id, position)


def seal(raw: RawNotice, batch_id: int) -> bytes:
    attachments = [(one.name, one.mime, one.read()) for one in raw.content.attachments]
    head = {
        "values": raw.values,
        "dialect": raw.dialect,
        "attachments": [(name, mime, len(data)) for name, mime, data in attachments],
    }
    text = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    plain = b"".join((len(text).to_bytes(LENGTH, "big"), text, *(data for _, _, data in attachments)))
    return encrypt(plain, original_context(batch_id, raw.position))


def unseal(sealed: bytes | memoryview, batch_id: int, position: int) -> Original:
    plain = decrypt(sealed, original_context(batch_id, position))
    end = LENGTH + int.from_bytes(plain[:LENGTH], "big")
    head = json.loads(plain[LENGTH:end].decode("utf-8", "surrogatepass"))
    attachments = []
    for name, mime, size in head["attachments"]:
        attachments.append((name, mime, plain[end : end + size]))
        end += size
    return Original(head["values"], head["dialect"], attachments)
