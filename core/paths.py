"""The key of a row in a path."""

from core.asked_numbers import DIGITS


class Key:
    """A whole number that fits into a bigint; a longer one is no address of the program, and so a 404."""

    regex = f"[0-9]{{1,{DIGITS}}}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: object) -> str:
        return str(value)
