"""What Python compiles in a run is there for the next one, and for the processes that the tests start."""

import subprocess
import sys
from pathlib import Path

import pytest

from testing.bytecode import keep_bytecode


@pytest.fixture
def none_beside_the_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("PYTHONPYCACHEPREFIX", "")


def imported(module: Path) -> None:
    subprocess.run([sys.executable, "-c", "import module"], cwd=module.parent, check=True)


def test_it_is_kept_where_the_environment_wants_none_beside_the_sources(
    none_beside_the_sources: None, tmp_path: Path
) -> None:
    module = tmp_path / "module.py"
    module.touch()
    keep_bytecode(tmp_path / "kept")
    imported(module)
    assert list((tmp_path / "kept").rglob("module.*.pyc"))
    assert not (tmp_path / "__pycache__").exists()


def test_elsewhere_nothing_is_changed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    keep_bytecode(tmp_path)
    assert sys.pycache_prefix is None
