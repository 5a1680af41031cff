"""Lines of text from pieces of bytes, UTF-8 with or without a byte order mark, or Windows-1252."""

from collections.abc import Iterable, Iterator
from typing import Final

from etotu.faults import FileFault, FileFaultCode
from etotu.parsing.limits import Limits

Line = tuple[int, str]

BOM: Final = b"\xef\xbb\xbf"
WINDOWS: Final = "cp1252"


def read_lines(pieces: Iterable[bytes], limits: Limits) -> Iterator[Line]:
    """(number from 1, text without its end); raises FileFault where a line cannot be decoded or does not end.

    The first line with a letter outside ASCII decides the encoding of the file.
    """
    decoder = _Decoder()
    number = 0
    for block in _whole_lines(pieces, limits):
        for line in decoder.decode(block, number):
            number += 1
            yield number, line.removesuffix("\r")


def _whole_lines(pieces: Iterable[bytes], limits: Limits) -> Iterator[bytes]:
    """Blocks that end where a line ends, each without its last line feed."""
    held: list[bytes] = []
    size = lines = 0
    first = True
    for piece in pieces:
        end = piece.rfind(b"\n")
        if end < 0:
            held.append(piece)
            size += len(piece)
            if size > limits.record_chars:
                raise FileFault(FileFaultCode.NO_END, lines + 1, 1)
            continue
        block = b"".join([*held, piece[:end]])
        held = [piece[end + 1 :]]
        size = len(held[0])
        lines += block.count(b"\n") + 1
        yield block.removeprefix(BOM) if first else block
        first = False
    last = b"".join(held)
    if first:
        last = last.removeprefix(BOM)
    if last:
        yield last


class _Decoder:
    def __init__(self) -> None:
        self._encoding = ""

    def decode(self, block: bytes, before: int) -> list[str]:
        """The lines of a block; `before` is the number of the line before it."""
        if block.isascii():
            return block.decode("ascii").split("\n")
        if self._encoding == "utf-8":
            return self._decode(block, before).split("\n")
        return [self._decode_line(line, before + number) for number, line in enumerate(block.split(b"\n"))]

    def _decode_line(self, line: bytes, before: int) -> str:
        if line.isascii():
            return line.decode("ascii")
        if not self._encoding:
            self._encoding = "utf-8" if _is_utf8(line) else WINDOWS
        elif self._encoding == WINDOWS and _is_utf8(line):
            # two encodings in one file: one of the two would come out as other letters
            raise FileFault(FileFaultCode.UNDECODABLE, before + 1, 1)
        return self._decode(line, before)

    def _decode(self, data: bytes, before: int) -> str:
        try:
            return data.decode(self._encoding)
        except UnicodeDecodeError as error:
            lines = data[: error.start].split(b"\n")
            raise FileFault(FileFaultCode.UNDECODABLE, before + len(lines), len(lines[-1]) + 1) from None


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
