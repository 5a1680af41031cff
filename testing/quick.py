"""`make quick`: the code checked, the fences tried, and the tests of what a change touches, in a minute and a half.

Against where the branch left `main`; against another commit: `SINCE=HEAD~3 make quick`. Slow tests wait for
`make test`, but for those that were changed themselves.
"""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from testing.bytecode import keep_bytecode
from testing.changed import ROOT, changed_files, what_to_run

BIN: Final = Path(sys.executable).parent
LINT: Final = (
    ("mypy", "."),
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("lint-imports", "--no-logo"),
    ("djlint", "--lint", "--quiet", "templates"),
    ("python", "manage.py", "makemigrations", "--check", "--dry-run"),
)
PYTEST: Final = ("pytest", "-n", "2", "--dist", "worksteal", "-q")


def main() -> int:
    keep_bytecode(ROOT / ".data" / "test" / "bytecode")
    start = time.monotonic()
    if not all(_in_order(LINT)):
        return 1
    say(f"The code was checked in {time.monotonic() - start:.0f} s.")
    files = changed_files(os.environ.get("SINCE", ""))
    codes = [_run((*PYTEST, *words)) for words in _runs(files)]
    say(f"Of {len(files)} changed files, in {time.monotonic() - start:.0f} s with the code.")
    return max(codes)


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _in_order(commands: tuple[tuple[str, ...], ...]) -> list[bool]:
    """Two at a time; what each says, when it is done, if it has found something."""
    with ThreadPoolExecutor(2) as two:
        return list(two.map(_quietly, commands))


def _quietly(words: tuple[str, ...]) -> bool:
    done = subprocess.run([BIN / words[0], *words[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        say(f"{' '.join(words)}\n{done.stdout}{done.stderr}")
    return not done.returncode


def _runs(files: list[str]) -> list[tuple[str, ...]]:
    """What pytest is given: the tests of the change, and slow ones that were changed themselves."""
    runs: list[tuple[str, ...]] = [("-m", "not slow", *what_to_run(files))]
    slow = [file for file in files if Path(file).name.startswith("test_") and "mark.slow" in (ROOT / file).read_text()]
    return [*runs, ("-m", "slow", *slow)] if slow else runs


def _run(words: tuple[str, ...]) -> int:
    say(" ".join(words))
    return subprocess.run([BIN / words[0], *words[1:]], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
