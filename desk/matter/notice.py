"""What Kela says in a notice, as facts with their names; codes of the lists in the reader's words."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from core.dates import short_day
from desk.matter.words import expense_name, total_cents
from etotu.codes.known import standing_flags
from etotu.codes.lists import CodeList
from etotu.codes.stored import code_label
from etotu.faults import FlagCode
from etotu.models import Notice

Fact = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Expense:
    name: str
    euros: str


def facts(notice: Notice) -> list[Fact]:
    content = notice.content
    found = [
        *_application(content.get("application")),
        *_reduction(content.get("reduction")),
        *_need(content.get("need")),
        *_unemployment(content.get("unemployment")),
    ]
    if content.get("note"):
        found.append((_("Further information"), _("“%(text)s”") % {"text": content["note"]}))
    found += [(name, text) for name, text in (content.get("other") or {}).items()]
    return found


def expenses(notice: Notice) -> list[Expense]:
    return [Expense(expense_name(e["kind"]), euros(e["cents"])) for e in _expenses(notice)]


def total(notice: Notice) -> str:
    return euros(total_cents(_expenses(notice)))


def flags(notice: Notice) -> list[str]:
    """What was odd and did not stop the notice, each once, without what the lists know by now."""
    codes = standing_flags(notice)
    return [str(FlagCode(code).label) if code in FlagCode.values else code for code in codes]


def euros(cents: int | None) -> str:
    """ "1 234,50"; the comma and the space of Finnish and Swedish."""
    if cents is None:
        return "–"
    whole, rest = divmod(cents, 100)
    return f"{whole:,}".replace(",", "\xa0") + f",{rest:02d}"


def _expenses(notice: Notice) -> list[dict[str, Any]]:
    application: dict[str, Any] = notice.content.get("application") or {}
    return application.get("expenses") or []


def _application(block: dict[str, Any] | None) -> list[Fact]:
    if not block:
        return []
    decided, period = _day(block.get("decision_date")), _period(block.get("period_start"), block.get("period_end"))
    words = []
    if decided:
        words.append(_("Kela decided %(day)s") % {"day": decided})
    if period:
        words.append(_("period %(period)s") % {"period": period})
    found = [(_("Basic social assistance"), ", ".join(words))] if words else []
    if block.get("received"):
        found.append((_("Kela received the application"), _day(block["received"])))
    return found


def _reduction(block: dict[str, Any] | None) -> list[Fact]:
    if not block:
        return []
    period = _period(block.get("starts"), block.get("ends"))
    words = _("reduced by %(percent)s %%") % {"percent": block.get("percent")}
    found = [(_("Basic amount"), f"{words}, {period}" if period else words)]
    if block.get("ground"):
        found.append((_("Ground"), _label(CodeList.REDUCTION_GROUND, block["ground"])))
    return found


def _need(block: dict[str, Any] | None) -> list[Fact]:
    if not block:
        return []
    found = [(_("Reason"), _label(CodeList.NEED_REASON, block["reason"]))] if block.get("reason") else []
    if block.get("wants_discussion"):
        asked = _day(block.get("discussion_requested_on"))
        words = _("Yes, requested %(day)s") % {"day": asked} if asked else _("Yes, the day of the request is not known")
        found.append((_("Wishes for a discussion"), words))
    return found


def _unemployment(block: dict[str, Any] | None) -> list[Fact]:
    months = (block or {}).get("months")
    if months is None:
        return []
    words = ngettext("%(n)s month on social assistance", "%(n)s months on social assistance", months) % {"n": months}
    return [(_("Unemployed"), words)]


def _label(name: CodeList, code: str) -> str:
    return code_label(name, code, (get_language() or "fi")[:2])


def _day(text: str | None) -> str:
    return short_day(datetime.date.fromisoformat(text)) if text else ""


def _period(start: str | None, end: str | None) -> str:
    if start and end:
        return f"{_day(start)} – {_day(end)}"
    if start:
        return _("from %(day)s") % {"day": _day(start)}
    return _("until %(day)s") % {"day": _day(end)} if end else ""
