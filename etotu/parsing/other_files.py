"""Files that are no batch, told by their first bytes: what they are, so that whoever sent one hears it (rule 18)."""

from typing import Final

from etotu.faults import FileFault, FileFaultCode

_BEGINNINGS: Final = {
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": FileFaultCode.SPREADSHEET,
    b"\x1f\x8b": FileFaultCode.ARCHIVE,
    b"7z\xbc\xaf\x27\x1c": FileFaultCode.ARCHIVE,
    b"Rar!": FileFaultCode.ARCHIVE,
    b"BZh": FileFaultCode.ARCHIVE,
    b"\xfd7zXZ\x00": FileFaultCode.ARCHIVE,
    b"\x89PNG": FileFaultCode.PICTURE,
    b"\xff\xd8\xff": FileFaultCode.PICTURE,
    b"GIF8": FileFaultCode.PICTURE,
    b"II*\x00": FileFaultCode.PICTURE,
    b"MM\x00*": FileFaultCode.PICTURE,
    b"%PDF": FileFaultCode.PICTURE,
}
_ZIP: Final = b"PK\x03\x04"
_OF_SPREADSHEETS: Final = (b"[Content_Types].xml", b"xl/", b"mimetypeapplication/vnd.oasis")
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")


def refuse_other_files(head: bytes) -> None:
    """Raises FileFault."""
    if head.startswith(_ZIP):
        is_sheet = any(mark in head[:4096] for mark in _OF_SPREADSHEETS)
        raise FileFault(FileFaultCode.SPREADSHEET if is_sheet else FileFaultCode.ARCHIVE)
    for beginning, code in _BEGINNINGS.items():
        if head.startswith(beginning):
            raise FileFault(code)


def why_no_header(head: bytes, header: str) -> FileFaultCode | None:
    """Why the first line of what should be CSV is not the header, when that can be told."""
    if head.startswith(_UTF_16) or b"\0" in head[:64]:
        return FileFaultCode.UTF_16
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[: len(header) + 40].decode("utf-8", "replace").replace('"', "")
    if start.startswith(header) and "\r" in start[len(header) :][:10]:
        return FileFaultCode.BARE_CR
    names = header.split(";")
    for separator in (",", "\t"):
        if start.startswith(separator.join(names[:4])):
            return FileFaultCode.COMMAS
    return None
