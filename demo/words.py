"""What people wrote and said, from words.fi.txt and words.sv.txt."""

from functools import lru_cache
from pathlib import Path
from random import Random

FOLDER = Path(__file__).resolve().parent


@lru_cache(maxsize=4)
def sections(language: str) -> dict[str, tuple[str, ...]]:
    """The texts of a file, one a line, by the name in brackets above them."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in (FOLDER / f"words.{language}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            name = line.strip("[]")
        elif line and not line.startswith("#"):
            found.setdefault(name, []).append(line)
    return {name: tuple(lines) for name, lines in found.items()}


def texts(name: str, language: str = "fi") -> tuple[str, ...]:
    """All of a name, in Swedish where there are any; none for an unknown name."""
    own = sections("sv").get(name) if language == "sv" else None
    return own or sections("fi").get(name, ())


def pick(random: Random, name: str, language: str = "fi") -> str:
    found = texts(name, language)
    return random.choice(found) if found else ""
