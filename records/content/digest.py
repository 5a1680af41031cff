"""The fingerprint of a finished version, printed with it: the same text gives the same, any change another."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

SHOWN = 16


def digest(facts: Mapping[str, Any]) -> str:
    """SHA-256 of the facts as JSON with sorted keys, in hexadecimal."""
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def shown(value: str) -> str:
    """Its beginning in fours, as people compare it: 7F3A 91C2 04DE B865."""
    start = value[:SHOWN].upper()
    return " ".join(start[n : n + 4] for n in range(0, SHOWN, 4))
