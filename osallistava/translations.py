"""Compile the catalogues, without gettext's own programs: `python -m osallistava.translations`."""

from pathlib import Path

import polib

LOCALE_DIR = Path(__file__).resolve().parent.parent / "locale"


def compile_catalogues(folder: Path = LOCALE_DIR) -> None:
    for source in folder.glob("*/LC_MESSAGES/*.po"):
        polib.pofile(str(source)).save_as_mofile(str(source.with_suffix(".mo")))


def uncompiled(folder: Path = LOCALE_DIR) -> list[Path]:
    """The catalogues that were never compiled, or were changed afterwards."""
    pairs = [(source, source.with_suffix(".mo")) for source in sorted(folder.glob("*/LC_MESSAGES/*.po"))]
    return [source for source, made in pairs if not made.exists() or made.stat().st_mtime < source.stat().st_mtime]


if __name__ == "__main__":
    compile_catalogues()
