"""Letters as one tagged PDF (PDF/UA-1), a page or more for each, in the order given.

Typst runs in this process, with the fonts it carries: the same file on every machine. It is imported when the first
letter is printed, so that no process forks with its threads.
"""

import datetime
import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import override

from cases.letters.words import FI, TITLES

TEMPLATE: Final = Path(__file__).with_name("letter.typ")
LONGEST_WORD: Final = 40
BREAK: Final = "\u200b"
# what the fonts have; a glyph that is missing would stop the whole file
PRINTABLE: Final = re.compile(
    "[^ -~\u00a0-\u04ff\u05d0-\u05ea\u0621-\u063a\u0641-\u064a\u1e00-\u1eff"
    "\u2010-\u2027\u2030-\u2040\u2044-\u2052\u2054-\u205e\u20a0-\u20bf\u2190-\u21ff]"
)


@dataclass(frozen=True, slots=True)
class Page:
    """One letter. `sender` and `recipient` are lines, `body` has paragraphs parted by empty lines."""

    language: str
    day: datetime.date
    sender: list[str]
    recipient: list[str]
    subject: str
    body: str


class NotPrintable(Exception):
    """The letters could not be set. Says nothing of what was in them."""


def print_letters(pages: Sequence[Page]) -> bytes:
    import typst

    language = pages[0].language if pages else FI
    data = {"title": TITLES.get(language, TITLES[FI]), "language": language, "letters": [_data(one) for one in pages]}
    try:
        found = typst.compile(
            _template(),
            format="pdf",
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            pdf_standards=["ua-1"],
        )
    except typst.TypstError:
        raise NotPrintable from None
    assert isinstance(found, bytes)  # noqa: S101 - PDF is one file
    return found


def unprintable(text: str) -> list[str]:
    """The characters of the text that no font has, each once: a picture, a rare script."""
    return list(dict.fromkeys(PRINTABLE.findall(_plain(text).replace("\n", ""))))


def _data(page: Page) -> dict[str, object]:
    with override(page.language):
        day = date_format(page.day, "SHORT_DATE_FORMAT")
    paragraphs = [part.split("\n") for part in re.split(r"\n\s*\n", page.body.strip())]
    return {
        "language": page.language,
        "day": day,
        "sender": [printable(line) for line in page.sender],
        "recipient": [printable(line) for line in page.recipient],
        "subject": printable(page.subject),
        "paragraphs": [[printable(line) for line in part] for part in paragraphs],
    }


def printable(text: str) -> str:
    """One line as the fonts can set it: what they lack becomes a question mark, and long words may break."""
    text = PRINTABLE.sub("?", _plain(text))
    return re.sub(rf"\S{{{LONGEST_WORD}}}(?=\S)", lambda match: match[0] + BREAK, text)


def _plain(text: str) -> str:
    """Composed letters, without control characters and marks of direction."""
    text = unicodedata.normalize("NFC", text.replace("\t", " "))
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf", "Cn", "Co", "Cs"))


@lru_cache(maxsize=1)
def _template() -> bytes:
    return TEMPLATE.read_bytes()
