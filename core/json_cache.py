"""What is cached travels as JSON. The framework's own way reads pickles: whoever writes into Redis runs code here."""

import json
from typing import Any


class JsonSerializer:
    """TypeError: the value is none that JSON knows. Tuples come back as lists."""

    def dumps(self, value: Any) -> bytes | int:
        # a bare number, so that the server can count with it
        if type(value) is int:
            return value
        return json.dumps(value, separators=(",", ":"), allow_nan=False).encode()

    def loads(self, stored: bytes) -> Any:
        return json.loads(stored)
