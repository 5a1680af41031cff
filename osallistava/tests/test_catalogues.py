"""Finnish and Swedish are complete: every text of the code and the templates has a translation that fits it."""

import os
from pathlib import Path

import polib
import pytest

from core import catalogues
from core.catalogues import Text
from osallistava import translations
from testing.translations import pytest_configure as before_the_tests


@pytest.fixture(scope="module")
def texts() -> dict[Text, list[str]]:
    return catalogues.texts()


def test_texts_are_found_in_code_and_in_templates(texts: dict[Text, list[str]]) -> None:
    assert "templates/base.html" in texts[Text("Skip to the content")]
    assert "desk/frame.py" in texts[Text("Queue")]


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_nothing_is_missing_unused_or_fuzzy(language: str, texts: dict[Text, list[str]]) -> None:
    assert catalogues.gaps(language, texts) == []


def entry(msgstr: str = "", plural: dict[int, str] | None = None, **fields: object) -> polib.POEntry:
    return polib.POEntry(msgid="x", msgstr=msgstr, msgstr_plural=plural or {}, **fields)


@pytest.mark.parametrize(
    ("text", "given", "fault"),
    [
        (Text("Queue"), None, "missing"),
        (Text("Queue"), entry(), "not translated"),
        (Text("Queue"), entry("Työjono", flags=["fuzzy"]), "fuzzy"),
        (Text("by %(name)s"), entry("tekijä %(nimi)s"), "other placeholders"),
        (Text("at {time}"), entry("klo"), "other placeholders"),
        (Text("%(n)s day", "%(n)s days"), entry(plural={0: "%(n)s päivä", 1: ""}), "not translated"),
        (
            Text("%(n)s day", "%(n)s days"),
            entry(plural={0: "%(m)s päivä", 1: "%(n)s päivää"}),
            "other placeholders in the singular",
        ),
        (Text("%(n)s day", "%(n)s days"), entry(plural={0: "yksi päivä", 1: "%(n)s päivää"}), ""),
        (Text("Queue"), entry("Työjono"), ""),
    ],
)
def test_a_fault_is_named(text: Text, given: polib.POEntry | None, fault: str) -> None:
    assert catalogues._fault(given, text) == fault


def test_tests_that_begin_without_compiled_translations_say_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(translations, "LOCALE_DIR", tmp_path)
    source = tmp_path / "fi" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text('msgid "Queue"\nmsgstr "Työjono"\n', encoding="utf-8")
    with pytest.raises(pytest.UsageError, match=r"not compiled.*fi/LC_MESSAGES/django\.po.*make setup"):
        before_the_tests()
    translations.compile_catalogues(tmp_path)
    before_the_tests()
    changed_later = source.stat().st_mtime + 1000
    os.utime(source, (changed_later, changed_later))
    with pytest.raises(pytest.UsageError, match="older than their texts"):
        before_the_tests()
