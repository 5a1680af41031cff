"""Compiled modules of the tests and of the programs they start."""

import os
import sys
from pathlib import Path


def keep_bytecode(folder: Path) -> None:
    """Keep what Python compiles in this folder where the environment asks for none beside the sources.

    A run starts some forty processes; each would compile Django and the program again, and pytest every test.
    """
    if not sys.dont_write_bytecode:
        return
    sys.dont_write_bytecode = False
    sys.pycache_prefix = os.environ["PYTHONPYCACHEPREFIX"] = str(folder)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
