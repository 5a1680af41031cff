"""The servers of the tests: running before the settings are read, in a data folder of their own."""

import os
from collections.abc import Generator
from contextlib import ExitStack
from pathlib import Path

import pytest

from osallistava import embedded
from testing.bytecode import keep_bytecode

ROOT = Path(__file__).resolve().parent.parent


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(
    early_config: pytest.Config,
) -> Generator[None, None, None]:
    """A wrapper, so that it comes before pytest-django reads the settings."""
    os.environ.setdefault("DATA_DIR", os.environ.get("TEST_DATA_DIR") or str(ROOT / ".data" / "test"))
    # parallel runs share the broker
    os.environ["TASK_QUEUE"] = f"test-{os.getpid()}"
    running = ExitStack()
    early_config.add_cleanup(running.close)
    try:
        keep_bytecode(embedded.prepare_folder() / "bytecode")
        running.enter_context(embedded.servers(durable=False))
    except embedded.CannotStart as error:
        raise pytest.UsageError(str(error)) from error
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "osallistava.settings")
    return (yield)
