"""What `make quick` runs for a change."""

import pytest

from testing import changed
from testing.changed import FENCES, ROOT, what_to_run


def beyond_the_fences(*files: str) -> list[str]:
    return [path for path in what_to_run(files) if path not in FENCES]


def test_all_fences_are_there() -> None:
    assert [path for path in FENCES if not (ROOT / path).exists()] == []
    assert what_to_run([]) == sorted(FENCES)


def test_a_subject_asks_for_its_tests_in_every_app_and_for_those_of_its_app() -> None:
    assert beyond_the_fences("cases/letters/verbs.py") == ["cases/letters", "cases/tests", "desk/letters"]


def test_a_template_asks_for_its_subject_and_is_looked_at_itself() -> None:
    asked = beyond_the_fences("templates/desk/letters/letters.html")
    assert {"cases/letters", "desk/letters", "osallistava/tests/test_templates.py"} <= set(asked)
    assert any(path.endswith("test_each_page_is_accessible[desk/letters/letters.html]") for path in asked)


@pytest.mark.parametrize(
    ("file", "asked"),
    [
        ("cases/models/matter.py", ["cases"]),
        ("cases/contacts/verbs.py", ["cases/contacts", "cases/tests", "desk/life", "desk/today"]),
        ("avain/urls.py", ["avain"]),
        ("templates/components/tag.html", ["core", "osallistava/tests/test_templates.py", "testing"]),
        ("core/saving.py", ["core"]),
        ("testing/people.py", ["core", "testing"]),
        ("pytest.ini", ["core", "testing"]),
        ("desk/queue/tests/test_queue.py", ["desk/queue/tests/test_queue.py"]),
        ("locale/fi/LC_MESSAGES/django.po", ["osallistava/tests/test_catalogues.py"]),
        ("osallistava/settings.py", ["osallistava/tests"]),
        ("docs/adr/0001.md", []),
        ("README.md", []),
        ("desk/gone/verbs.py", ["desk/tests"]),
        ("static/js/queue.js", ["core/tests", "osallistava/tests/test_templates.py"]),
    ],
)
def test_each_kind_of_file_asks_for_its_tests(file: str, asked: list[str]) -> None:
    assert beyond_the_fences(file) == asked


def test_nothing_runs_twice() -> None:
    asked = what_to_run(["core/saving.py", "core/tests/test_names.py", "cases/apps.py", "cases/letters/verbs.py"])
    assert "cases/letters" not in asked
    assert "core/tests/test_widening.py" not in asked


def test_every_app_is_known() -> None:
    assert sorted(path.parent.name for path in ROOT.glob("*/apps.py")) == sorted(changed.APPS)


def test_each_subject_of_cases_has_its_pages_tested() -> None:
    """By a folder of the same name, or by the table."""
    subjects = {path.name for path in (ROOT / "cases").iterdir() if path.is_dir() and (path / "__init__.py").exists()}
    of_their_own = {name for name in subjects if (ROOT / "desk" / name).is_dir()}
    shown = {name.removeprefix("cases/") for name in changed.SHOWN_IN}
    assert subjects - of_their_own - changed.OF_THE_APP - shown == set()
    assert [folder for folders in changed.SHOWN_IN.values() for folder in folders if not (ROOT / folder).is_dir()] == []


def test_what_was_not_committed_has_changed() -> None:
    new = ROOT / "testing" / "a_new_file_of_a_test.txt"
    new.touch()
    try:
        assert f"testing/{new.name}" in changed.changed_files("HEAD")
    finally:
        new.unlink()
