"""What the README tells to run is what the Procfile runs, and what CI tells of vulnerabilities stops nobody."""

import re
import subprocess
from pathlib import Path

import pytest

from osallistava.tests.conftest import ROOT


def commands(text: str) -> set[str]:
    """Without folders, and with what the Procfile takes from the environment at its default."""
    filled = re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", text).replace('"', "").replace(".venv/bin/", "")
    found = re.findall(r"^(?:\w+: | *)((?:gunicorn|celery) .*)$", filled, re.MULTILINE)
    return {one.strip() for one in found}


def test_the_readme_runs_what_the_procfile_runs() -> None:
    procfile = commands((ROOT / "Procfile").read_text())
    assert len(procfile) == 3
    assert commands((ROOT / "README.md").read_text()) == procfile


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ("exit 0", "No known vulnerabilities"),
        ("echo 'Name  Version ID'; echo 'django 1.0 CVE-1'; exit 1", "CVE-1"),
        ("echo 'no network' >&2; exit 1", "could not be asked"),
    ],
)
def test_known_vulnerabilities_are_a_warning(tmp_path: Path, found: str, said: str) -> None:
    audit = tmp_path / "audit"
    audit.write_text(f"#!/bin/sh\n{found}\n")
    audit.chmod(0o755)
    done = subprocess.run(
        ["/bin/sh", ".ci/known-vulnerabilities"],
        cwd=ROOT,
        env={"AUDIT": str(audit), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert said in done.stdout
