"""Flags of a stored notice that still hold: a code that the lists know by now is unknown no longer."""

from typing import Any, Final

from django.utils import timezone

from etotu.codes.lists import CodeList
from etotu.codes.stored import stored_code_lists
from etotu.faults import FlagCode
from etotu.models import Notice

OF_LIST: Final = {
    FlagCode.UNKNOWN_EXPENSE: CodeList.EXPENSE_KIND,
    FlagCode.UNKNOWN_REASON: CodeList.NEED_REASON,
    FlagCode.UNKNOWN_GROUND: CodeList.REDUCTION_GROUND,
    FlagCode.UNKNOWN_PERCENTAGE: CodeList.REDUCTION_PERCENTAGE,
    FlagCode.UNKNOWN_LANGUAGE: CodeList.LANGUAGE,
}


def standing_flags(notice: Notice) -> list[str]:
    """The codes of the flags, each once."""
    found = list(dict.fromkeys(flag["code"] if isinstance(flag, dict) else str(flag) for flag in notice.flags))
    asked = [FlagCode(code) for code in found if code in OF_LIST]
    if not asked:
        return found
    lists, day = stored_code_lists(), timezone.localdate(notice.sent_at)
    known = {flag.value for flag in asked if _all_known(_values(flag, notice), lists.codes(OF_LIST[flag], day))}
    return [code for code in found if code not in known]


def _all_known(values: list[str], codes: frozenset[str]) -> bool:
    return bool(values) and codes.issuperset(values)


def _values(flag: FlagCode, notice: Notice) -> list[str]:
    """What the notice says where the flag stands. The stored content holds no person: the language is the client's."""
    if flag is FlagCode.UNKNOWN_LANGUAGE:
        return [notice.matter.client.language]
    content: dict[str, Any] = notice.content
    reduction, need = content.get("reduction") or {}, content.get("need") or {}
    expenses = (content.get("application") or {}).get("expenses") or []
    values = {
        FlagCode.UNKNOWN_EXPENSE: [expense.get("kind") for expense in expenses],
        FlagCode.UNKNOWN_REASON: [need.get("reason")],
        FlagCode.UNKNOWN_GROUND: [reduction.get("ground")],
        FlagCode.UNKNOWN_PERCENTAGE: [reduction.get("percent")],
    }
    return [str(value) for value in values[flag] if value not in (None, "")]
