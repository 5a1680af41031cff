"""What is kept beside the text of a document while it is written, and what of it stays when it is finished."""

from collections.abc import Mapping
from typing import Any, Final

from records.content.values import Content, is_empty
from records.models.document import VersionText

NOT_ASKED: Final = "not_asked"
"""Keys of groups that were not talked about: the group is not in the document, and that is said."""
LEFT_OUT: Final = "left_out"
"""What had been written in them, until the document is finished."""
UNREAD: Final = "unread"
"""What was typed and is no value of its field, such as half of a day, by name; until the document is finished."""
BEFORE: Final = "from_before"
"""Facts that were known before: by name {"value", "source", "day", "confirmed"}."""
OF_WRITING: Final = (LEFT_OUT, UNREAD)


def aside_of(
    version: VersionText, content: Content, not_asked: list[str], left_out: Content, confirmed: set[str]
) -> dict[str, Any]:
    """A fact from before is confirmed by a mark, and no longer from before when something else is written."""
    facts: dict[str, Any] = {}
    for name, fact in version.aside.get(BEFORE, {}).items():
        if value_at({**content, **left_out}, name) == fact["value"]:
            facts[name] = {**fact, "confirmed": name in confirmed}
    others = {key: value for key, value in version.aside.items() if key not in (NOT_ASKED, *OF_WRITING, BEFORE)}
    ours = {NOT_ASKED: not_asked, LEFT_OUT: left_out, BEFORE: facts}
    return others | {key: value for key, value in ours.items() if value}


def for_finishing(aside: Mapping[str, Any]) -> dict[str, Any]:
    """Without what was only of use while it was written."""
    return {key: value for key, value in aside.items() if key not in OF_WRITING}


def unconfirmed(aside: Mapping[str, Any]) -> dict[str, Any]:
    return {name: fact for name, fact in aside.get(BEFORE, {}).items() if not fact.get("confirmed")}


def value_at(content: Mapping[str, Any], name: str) -> Any:
    """The value of a field outside groups that repeat; None where there is none."""
    found: Any = content
    for key in name.split("."):
        found = found.get(key) if isinstance(found, Mapping) else None
    return None if is_empty(found) else found


def set_value(content: Content, name: str, value: Any) -> None:
    *groups, last = name.split(".")
    found = content
    for key in groups:
        found = found.setdefault(key, {})
    found[last] = value
