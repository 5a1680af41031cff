"""The translation catalogues: which texts the program has, and what their translations lack."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import polib
from django.conf import settings
from django.utils.translation.template import templatize

LANGUAGES = ("fi", "sv")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
NO_TEXTS = {"tests", "testing", "migrations", "benchmarks", "static", "locale", "docs"}
PLACEHOLDER = re.compile(r"%\(\w+\)|%[sd]|\{\w*\}")
WIDTH = 110


class Text(NamedTuple):
    msgid: str
    plural: str = ""
    context: str | None = None


def texts() -> dict[Text, list[str]]:
    """Every text of the Python files and the templates, with the files that have it."""
    found: dict[Text, list[str]] = {}
    for path in sorted(_sources()):
        for text in _texts_of(path):
            files = found.setdefault(text, [])
            name = path.relative_to(settings.BASE_DIR).as_posix()
            if name not in files:
                files.append(name)
    for text in [text for text in found if text.plural]:
        # one entry of a catalogue serves both the text and its plural
        found[text] += found.pop(Text(text.msgid, "", text.context), [])
    return found


def catalogue_path(language: str) -> Path:
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"


def update(language: str, wanted: dict[Text, list[str]]) -> None:
    """Bring the catalogue up to the texts: translations stay, new texts come without one, unused ones go."""
    path = catalogue_path(language)
    catalogue = polib.pofile(str(path), wrapwidth=WIDTH)
    old: dict[tuple[str, str | None], polib.POEntry] = {(entry.msgid, entry.msgctxt): entry for entry in catalogue}
    catalogue.clear()
    for text in wanted:
        entry = old.get((text.msgid, text.context)) or polib.POEntry(msgid=text.msgid, msgctxt=text.context)
        if text.plural:
            entry.msgid_plural = text.plural
            entry.msgstr_plural = entry.msgstr_plural or {0: "", 1: ""}
        if "%(" in text.msgid + text.plural and "python-format" not in entry.flags:
            entry.flags.append("python-format")
        # a file that moves would change every catalogue; `gaps` names the files of what is missing
        entry.occurrences = []
        catalogue.append(entry)
    catalogue.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ""))
    catalogue.save(str(path))


def gaps(language: str, wanted: dict[Text, list[str]]) -> list[str]:
    """What is wrong in the catalogue, a line for each."""
    catalogue = polib.pofile(str(catalogue_path(language)))
    entries: dict[tuple[str, str | None], polib.POEntry] = {(entry.msgid, entry.msgctxt): entry for entry in catalogue}
    lines = []
    for text, files in wanted.items():
        entry = entries.pop((text.msgid, text.context), None)
        fault = _fault(entry, text)
        if fault:
            lines.append(f"{language}: {fault}: {text.msgid!r} ({files[0]})")
    return lines + [f"{language}: unused: {msgid!r}" for msgid, _context in entries]


def _fault(entry: polib.POEntry | None, text: Text) -> str:
    if entry is None or entry.obsolete:
        return "missing"
    if entry.fuzzy:
        return "fuzzy"
    forms = [entry.msgstr_plural.get(0, ""), entry.msgstr_plural.get(1, "")] if text.plural else [entry.msgstr]
    if not all(forms):
        return "not translated"
    if _placeholders(forms[-1]) != _placeholders(text.plural or text.msgid):
        return "other placeholders"
    # the singular may say "one" in words
    if not _placeholders(forms[0]) <= _placeholders(text.msgid) | _placeholders(text.plural):
        return "other placeholders in the singular"
    return ""


def _placeholders(words: str) -> set[str]:
    return set(PLACEHOLDER.findall(words.replace("%%", "")))


def _sources() -> Iterator[Path]:
    for folder in settings.BASE_DIR.iterdir():
        if folder.is_dir() and not folder.name.startswith((".", "_")) and folder.name not in NO_TEXTS:
            for path in folder.rglob("*"):
                if path.suffix in {".py", ".html", ".txt"} and not NO_TEXTS & set(path.parts):
                    yield path


def _texts_of(path: Path) -> Iterator[Text]:
    # a tool of development: the program itself runs without it
    from babel.messages.extract import extract

    source = path.read_text()
    if path.suffix != ".py":
        # indentation means something to the Python tokenizer and nothing in a template
        source = "\n".join(line.strip() for line in templatize(source).splitlines())
    for _line, message, _comments, context in extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS):
        singular, plural = message if isinstance(message, tuple) else (message, "")
        yield Text(singular, plural, context)
