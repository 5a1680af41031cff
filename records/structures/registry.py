"""The structures that there are: one file for each version. A new national version is a new file."""

import datetime
import json
from functools import cache
from pathlib import Path

from records.structures.node import Structure
from records.structures.reading import Schema, structure_of

NATIONAL = Path(__file__).with_name("national")


@cache
def known() -> tuple[str, ...]:
    """The identifiers of all versions of all structures."""
    return tuple(sorted(path.stem for path in NATIONAL.glob("*.json")))


@cache
def schema(oid: str) -> Schema:
    """The national JSON schema as it was published. KeyError: there is no such structure."""
    if oid not in known():
        raise KeyError(oid)
    found: Schema = json.loads((NATIONAL / f"{oid}.json").read_bytes())
    return found


@cache
def structure(oid: str) -> Structure:
    """KeyError: there is no such structure."""
    return structure_of(schema(oid))


@cache
def versions(number: str) -> tuple[str, ...]:
    """All versions of a structure, the oldest first. KeyError: there is none of this number."""
    found = sorted((oid for oid in known() if _number(oid) == number), key=day_of)
    if not found:
        raise KeyError(number)
    return tuple(found)


def in_force(number: str, day: datetime.date) -> Structure:
    """The version in which a document that begins on `day` is written: the newest of then, else the first there was."""
    every = versions(number)
    begun = [oid for oid in every if day_of(oid) <= day]
    return structure(begun[-1] if begun else every[0])


def day_of(oid: str) -> datetime.date:
    """When this version was defined: the last three numbers of its identifier."""
    year, month, day = (int(part) for part in oid.split(".")[-3:])
    return datetime.date(year, month, day)


def _number(oid: str) -> str:
    parts = oid.split(".")
    return parts[-4] if len(parts) > 4 else ""
