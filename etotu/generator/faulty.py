"""Ways to spoil a made-up notice, each of which sends it to quarantine."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from core.identity_code import CHECK_CHARACTERS
from etotu.generator.drafts import Draft
from etotu.parsing.fields import KINDS


def _unknown_kind(draft: Draft) -> None:
    draft.kind = "TUNTEMATON"


def _no_surname(draft: Draft) -> None:
    draft.person = draft.person._replace(surname="")


def _wrong_check(draft: Draft) -> None:
    code = draft.person.identity_code
    wrong = CHECK_CHARACTERS[(CHECK_CHARACTERS.index(code[-1]) + 1) % len(CHECK_CHARACTERS)]
    draft.person = draft.person._replace(identity_code=code[:-1] + wrong)


def _impossible_birth(draft: Draft) -> None:
    draft.person = draft.person._replace(identity_code="3102" + draft.person.identity_code[4:])


def _wrong_form(draft: Draft) -> None:
    draft.person = draft.person._replace(identity_code=draft.person.identity_code[:6])


def _unknown_municipality(draft: Draft) -> None:
    draft.code = "999"


def _in_future(draft: Draft) -> None:
    draft.created += timedelta(days=400)


def _too_long(draft: Draft) -> None:
    draft.person = draft.person._replace(given_names="Pitkä " * 40 + "Malli")


def _wrong_period(draft: Draft) -> None:
    if draft.kind == "HAKEMUS" and draft.period:
        draft.period = (draft.period[1], draft.period[0])
    else:
        _no_surname(draft)


def _wrong_percent(draft: Draft) -> None:
    if draft.percent:
        draft.percent = 120
    else:
        _wrong_check(draft)


def _wrong_age(draft: Draft) -> None:
    other = {"NUORI_TYOTON": "PITKAAN_TYOTON", "PITKAAN_TYOTON": "NUORI_TYOTON"}
    if draft.kind in other:
        draft.kind = other[draft.kind]
    else:
        _wrong_form(draft)


def _no_block(draft: Draft) -> None:
    if KINDS.get(draft.kind):
        draft.broken = "block"
    else:
        _no_surname(draft)


def _false_attachment(draft: Draft) -> None:
    draft.attachment = ("kuitti.pdf", "application/pdf", "bWFsbGk=")


def _extra_field(draft: Draft) -> None:
    draft.broken = "fields"


_BOTH: Final = (
    _unknown_kind,
    _no_surname,
    _wrong_check,
    _impossible_birth,
    _wrong_form,
    _unknown_municipality,
    _in_future,
    _too_long,
    _wrong_period,
    _wrong_percent,
    _wrong_age,
)
FAULTS: Final[dict[str, tuple[Callable[[Draft], None], ...]]] = {
    "xml": (*_BOTH, _no_block, _false_attachment),
    "csv": (*_BOTH, _extra_field),
}
