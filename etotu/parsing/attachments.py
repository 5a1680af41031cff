"""Attachments: base64 decoded in pieces, checked against the type they claim, named safely when served."""

import binascii
import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from tempfile import SpooledTemporaryFile
from typing import Final

from etotu.faults import RowFault, RowFaultCode
from etotu.parsing.limits import Limits

MIB: Final = 1024 * 1024
# the types that are allowed, with how they begin and the endings of their names, the first one is given
TYPES: Final[dict[str, tuple[bytes, tuple[str, ...]]]] = {
    "application/pdf": (b"%PDF-", (".pdf",)),
    "image/png": (b"\x89PNG\r\n\x1a\n", (".png",)),
    "image/jpeg": (b"\xff\xd8\xff", (".jpg", ".jpeg")),
    "text/plain": (b"", (".txt",)),
}
LONGEST_NAME: Final = 255
_BLANKS: Final = bytes.maketrans(b"", b""), b" \t\r\n"
_BINARY: Final = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_UNSAFE: Final = re.compile(r'[\\/:*?"<>|;%\s]+')


class _Spool(SpooledTemporaryFile[bytes]):
    """In memory up to 1 MiB, then in a file without a name that is gone with the object."""

    def __init__(self) -> None:
        super().__init__(max_size=MIB)

    def __del__(self) -> None:
        self.close()


@dataclass(frozen=True, slots=True)
class Attachment:
    """A decoded attachment; incomplete when `fault` says that it was too large or could not be decoded."""

    name: str = field(repr=False)
    mime: str
    size: int
    sha256: bytes
    head: bytes = field(repr=False)
    binary: bool
    fault: RowFaultCode | None
    spool: SpooledTemporaryFile[bytes] = field(repr=False, compare=False)

    @property
    def safe_name(self) -> str:
        return safe_name(self.name, self.mime)

    def chunks(self, size: int = 256 * 1024) -> Iterator[bytes]:
        self.spool.seek(0)
        while piece := self.spool.read(size):
            yield piece

    def read(self) -> bytes:
        return b"".join(self.chunks())


class AttachmentReader:
    """Takes the base64 text of one attachment in pieces of any size; keeps at most `limits.attachment_bytes`."""

    def __init__(self, name: str, mime: str, limits: Limits) -> None:
        self.name = name
        self.mime = mime
        self.limit = limits.attachment_bytes
        self.fault: RowFaultCode | None = None
        self._spool = _Spool()
        self._hash = hashlib.sha256()
        self._rest = b""
        self._padded = False
        self._size = 0
        self._head = b""
        self._binary = False

    def feed(self, text: str) -> None:
        if self.fault:
            return
        try:
            encoded = self._rest + text.encode("ascii").translate(*_BLANKS)
        except UnicodeEncodeError:
            self.fault = RowFaultCode.UNREADABLE
            return
        whole = len(encoded) - len(encoded) % 4
        self._rest = encoded[whole:]
        if whole:
            self._decode(encoded[:whole])

    def close(self) -> Attachment:
        if self._rest and not self.fault:
            self.fault = RowFaultCode.UNREADABLE
        return Attachment(
            self.name, self.mime, self._size, self._hash.digest(), self._head, self._binary, self.fault, self._spool
        )

    def _decode(self, encoded: bytes) -> None:
        try:
            # padding ends the data: nothing may follow it, in this piece or in a later one
            if self._padded:
                raise binascii.Error
            data = binascii.a2b_base64(encoded, strict_mode=True)
        except binascii.Error:
            self.fault = RowFaultCode.UNREADABLE
            return
        self._padded = encoded.endswith(b"=")
        self._size += len(data)
        if self._size > self.limit:
            self.fault = RowFaultCode.ATTACHMENT_TOO_LARGE
            return
        self._head = self._head or data[:16]
        self._binary = self._binary or _BINARY.search(data) is not None
        self._hash.update(data)
        self._spool.write(data)


def attachment_of(name: str, mime: str, data: bytes, fault: RowFaultCode | None) -> Attachment:
    """From bytes that were decoded before, with what was wrong with them then."""
    spool = _Spool()
    spool.write(data)
    binary = _BINARY.search(data) is not None
    return Attachment(name, mime, len(data), hashlib.sha256(data).digest(), data[:16], binary, fault, spool)


def attachment_fault(attachment: Attachment, path: str, limits: Limits) -> RowFault | None:
    """The first thing that is wrong with the bytes or their type; `mime` without parameters is compared."""
    if attachment.fault is RowFaultCode.ATTACHMENT_TOO_LARGE:
        return RowFault(path, attachment.fault, {"limit": limits.attachment_bytes // MIB})
    if attachment.mime and attachment.mime not in TYPES:
        return RowFault(path, RowFaultCode.ATTACHMENT_TYPE, {"allowed": ", ".join(TYPES)})
    if attachment.fault:
        return RowFault(path, attachment.fault, {"form": "base64"})
    if not attachment.size:
        return RowFault(path, RowFaultCode.MISSING)
    if attachment.mime and not _is_what_it_says(attachment):
        return RowFault(path, RowFaultCode.ATTACHMENT_MISMATCH)
    return None


def _is_what_it_says(attachment: Attachment) -> bool:
    if attachment.mime == "text/plain":
        magics = (magic for magic, _ in TYPES.values() if magic)
        return not attachment.binary and not attachment.head.startswith(tuple(magics))
    return attachment.head.startswith(TYPES[attachment.mime][0])


def safe_name(name: str, mime: str) -> str:
    """A file name for the browser: no folders, no invisible or reserved characters, the ending that fits the type."""
    printable = "".join(c for c in unicodedata.normalize("NFC", name) if not unicodedata.category(c).startswith("C"))
    last = re.split(r"[\\/]", printable)[-1]
    plain = _UNSAFE.sub("_", last).strip("._ ")[:100].rstrip("._ ") or "liite"
    endings = TYPES[mime][1] if mime in TYPES else (".bin",)
    return plain if plain.lower().endswith(endings) else plain + endings[0]
