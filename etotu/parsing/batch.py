"""Opens a batch: tells XML from CSV by its content and reads it in pieces."""

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import PurePath
from typing import Final

from etotu.faults import FileFault, FileFaultCode
from etotu.parsing.csv_batch import CsvBatch
from etotu.parsing.limits import MIB, Limits
from etotu.parsing.other_files import refuse_other_files
from etotu.parsing.xml_batch import PIECE, XmlBatch

DEFAULT_SENDER: Final = "KELA"
_BLANKS: Final = b" \t\r\n"
_BOMS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def open_batch(
    chunks: Iterable[bytes],
    *,
    file_name: str,
    sender: str = DEFAULT_SENDER,
    batch_code: str = "",
    limits: Limits | None = None,
) -> XmlBatch | CsvBatch:
    """The batch in `chunks`, to iterate over once: `envelope` at once, then a RawNotice for each row in file order.

    Raises FileFault here or at any row: then none of the rows counts. `received` is the number of rows read so far.
    `sender` and `batch_code` (default: the file's name) are for CSV, which does not hold them. Memory stays flat.
    """
    limits = limits or Limits()
    pieces = _pieces(chunks, limits)
    head = _head(pieces)
    refuse_other_files(head)
    if looks_like_xml(head, file_name):
        bare = without_blanks(head)
        passed = head[: len(head) - len(bare)]
        return XmlBatch(chain([bare], pieces), limits, lines=passed.count(b"\n"), offset=len(passed))
    joined = chain([head], pieces)
    code = batch_code or PurePath(file_name.replace("\\", "/")).name
    return CsvBatch(joined, limits, sender=sender, batch_code=code[:255], head=head)


def _pieces(chunks: Iterable[bytes], limits: Limits) -> Iterator[bytes]:
    """The same bytes in pieces of a size that keeps memory flat."""
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > limits.file_bytes:
            raise FileFault(FileFaultCode.TOO_LARGE, params={"limit": limits.file_bytes // MIB})
        for start in range(0, len(chunk), PIECE):
            yield bytes(chunk[start : start + PIECE])


def _head(pieces: Iterator[bytes]) -> bytes:
    """The first bytes, as many as it takes to see one that is not blank, at most about a piece."""
    head = b""
    for piece in pieces:
        head += piece
        if head[3:].strip(_BLANKS) or len(head) > PIECE:
            break
    if len(head) <= PIECE and not _without_bom(head).strip(_BLANKS):
        raise FileFault(FileFaultCode.EMPTY)
    return head


def looks_like_xml(head: bytes, file_name: str) -> bool:
    visible = _without_bom(head).strip(_BLANKS + b"\0")
    return visible.startswith(b"<") if visible else not file_name.lower().endswith(".csv")


def without_blanks(head: bytes) -> bytes:
    """Without the blank lines before the declaration, which may stand nowhere else than at the beginning."""
    text = head.removeprefix(_BOMS[0])
    bare = text.lstrip(_BLANKS)
    return head if len(bare) == len(text) else bare


def _without_bom(head: bytes) -> bytes:
    for bom in _BOMS:
        head = head.removeprefix(bom)
    return head
