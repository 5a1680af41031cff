"""A finished version on paper: one tagged PDF (PDF/UA-1), set as the letters are (`cases.letters.printing`)."""

import json
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from cases.letters.printing import NotPrintable, printable
from cases.models import Client
from municipalities.models import Municipality
from records.content.digest import shown as shown_digest
from records.models import Version
from records.out.text import Line, lines
from records.structures.registry import structure
from records.structures.shown import Section, shown

__all__ = ["NotPrintable", "print_version"]

TEMPLATE: Final = Path(__file__).with_name("document.typ")


def print_version(version: Version, client: Client, municipality: Municipality, language: str) -> bytes:
    """Headings are in the language, what was written stays as it is. Raises NotPrintable."""
    import typst

    try:
        found = typst.compile(
            _template(),
            format="pdf",
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(_data(version, client, municipality, language), ensure_ascii=False)},
            pdf_standards=["ua-1"],
        )
    except typst.TypstError:
        raise NotPrintable from None
    assert isinstance(found, bytes)  # noqa: S101 - PDF is one file
    return found


def _data(version: Version, client: Client, municipality: Municipality, language: str) -> dict[str, Any]:
    name = structure(version.structure).name.in_language(language)
    at = timezone.localtime(version.finished_at)
    author = ", ".join(part for part in (version.author_name, version.author_title) if part)
    with override(language):
        head = [client.full_name, f"{date_format(at, 'SHORT_DATETIME_FORMAT')}, {author}", municipality.name]
        if version.number > 1:
            head.append(_("Version %(number)s: %(reason)s") % {"number": version.number, "reason": version.reason})
        seal = _("Fingerprint %(seal)s") % {"seal": shown_digest(version.digest)}
        return {
            "title": name,
            "name": name,
            "language": language,
            "head": [printable(line) for line in head],
            "seal": seal,
            "sections": _sections(version, language),
        }


def _sections(version: Version, language: str) -> list[dict[str, Any]]:
    told = lines(version, language)
    return [
        {"title": section.title.in_language(language), "blocks": _blocks(version, own)}
        for section in shown(version.structure).sections
        if (own := _of(section, told))
    ]


def _of(section: Section, told: list[Line]) -> list[Line]:
    keys = {node.key for node in section.nodes}
    return [line for line in told if line.name.split(".")[0] in keys]


def _blocks(version: Version, own: list[Line]) -> list[dict[str, Any]]:
    return [
        {"heading": ", ".join(dict.fromkeys(headings)), "fields": [_field(version, line) for line in run]}
        for headings, run in groupby(own, key=lambda line: line.headings)
    ]


def _field(version: Version, line: Line) -> dict[str, Any]:
    voice = shown(version.structure).voice(line.node)
    words = {"client": _("The client's own words"), "pro": _("The professional's view")}
    return {
        "label": printable(line.label),
        "voice": words.get(voice, ""),
        "value": [printable(part) for part in line.value.split("\n")],
    }


@lru_cache(maxsize=1)
def _template() -> bytes:
    return TEMPLATE.read_bytes()
