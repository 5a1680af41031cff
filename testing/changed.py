"""Which tests a change asks for: those of the fences, always, and those of the subjects that it touches.

A subject is a folder of an app; the subject of the same name in the other apps goes with it (`cases/letters` and
`desk/letters`), and so do the tests of the whole app. What serves everybody asks for the tests of `core` and `testing`.
"""

import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from testing.page_templates import is_page

ROOT: Final = Path(__file__).resolve().parent.parent
APPS: Final = ("accounts", "avain", "cases", "core", "demo", "desk", "etotu", "municipalities", "records", "reports")
OF_ALL: Final = "osallistava/tests"
FENCES: Final = (
    "core/tests/test_row_security.py",
    "core/tests/test_widening.py",
    "desk/tests/test_offered_is_possible.py",
    f"{OF_ALL}/test_pages_of_clients.py",
    f"{OF_ALL}/test_permissions.py",
    f"{OF_ALL}/test_relations.py",
    f"{OF_ALL}/test_rows_by_id.py",
    f"{OF_ALL}/test_url_names.py",
)
# Subjects of `cases` whose pages stand under another name.
SHOWN_IN: Final = {
    "cases/access": ("desk/client",),
    "cases/clients": ("desk/client",),
    "cases/contacts": ("desk/life", "desk/today"),
    "cases/deadlines": ("desk/queue", "desk/today"),
    "cases/intake": ("etotu/loading",),
    "cases/matters": ("desk/matter", "desk/queue", "desk/today"),
    "cases/relations": ("desk/client",),
    "cases/timeline": ("desk/client", "desk/queue"),
}
# Folders of an app that belong to all of its subjects.
OF_THE_APP: Final = {"data", "management", "migrations", "models", "templatetags", "tests"}
APP_OF_TEMPLATES: Final = {"account": "accounts", "mfa": "accounts"}
EVERYBODYS: Final = ("core", "testing")
BY_FOLDER: Final = {
    "benchmarks": (f"{OF_ALL}/test_benchmarks.py",),
    "docs": (),
    "locale": (f"{OF_ALL}/test_catalogues.py",),
    "osallistava": (OF_ALL,),
    "static": ("core/tests", f"{OF_ALL}/test_templates.py"),
}


def changed_files(since: str = "") -> list[str]:
    """What differs from where this branch left `main`, or, on `main`, what is not committed yet."""
    return sorted({*_git("diff", "--name-only", since or _fork()), *_git("ls-files", "--others", "--exclude-standard")})


def what_to_run(files: Iterable[str]) -> list[str]:
    """Folders, files and names of tests for pytest, each once; FENCES among them."""
    asked = {*FENCES, *(path for file in files for path in asked_by(file))}
    return sorted(path for path in asked if (ROOT / path.partition("::")[0]).exists() and not _within(path, asked))


def asked_by(file: str) -> Iterator[str]:
    folder, _, rest = file.partition("/")
    if file.endswith(".md"):
        return
    if Path(file).name.startswith("test_"):
        yield file
    elif folder == "templates":
        yield from _asked_by_template(rest)
    elif folder in APPS:
        yield from _asked_by_part(folder, rest)
    else:
        yield from BY_FOLDER.get(folder, EVERYBODYS)


def _asked_by_template(name: str) -> Iterator[str]:
    yield f"{OF_ALL}/test_templates.py"
    if is_page(name):
        yield f"{OF_ALL}/test_accessibility.py::test_each_page_is_accessible[{name}]"
    folder, _, rest = name.partition("/")
    app = APP_OF_TEMPLATES.get(folder, folder)
    yield from _asked_by_part(app, rest) if app in APPS else EVERYBODYS


def _asked_by_part(app: str, rest: str) -> Iterator[str]:
    subject, _, file = rest.partition("/")
    if not file or subject in OF_THE_APP:
        yield app
        return
    yield f"{app}/tests"
    yield from (f"{one}/{subject}" for one in APPS)
    yield from SHOWN_IN.get(f"{app}/{subject}", ())


def _within(path: str, others: Iterable[str]) -> bool:
    return any(path.startswith(f"{other}/") for other in others)


def _fork() -> str:
    head, fork = _git("rev-parse", "HEAD"), _git("merge-base", "HEAD", "main")
    return fork[0] if fork and fork != head else "HEAD"


def _git(*words: str) -> list[str]:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S607
    return done.stdout.splitlines()
