"""What a person can do about a fault that is not put right by typing one value."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from etotu.faults import RowFaultCode

ADVICE: Final = {
    RowFaultCode.IDENTITY_CHANGED: _(
        "An earlier version of this notice is of another person or municipality. If the earlier one was right, correct "
        "it here and release the row. If this is a matter of its own, discard the row and ask Kela for a new notice."
    ),
    RowFaultCode.VERSION_STORED: _(
        "If it says nothing new, discard the row. Otherwise ask Kela to send the notice again as its next version."
    ),
    RowFaultCode.VERSION_JUMP: _(
        "The number or the version is wrong. If it is known what it should be, correct it and release the row. "
        "Otherwise discard the row and ask Kela for a new notice."
    ),
    RowFaultCode.QUOTES: _(
        "The row may hold other people's rows as its text. Do not release it with them: ask Kela to send the rows "
        "again, or take the text of others away, put each value in its place and confirm it."
    ),
    RowFaultCode.FIELD_COUNT: _(
        "A separator is missing or too many, so values may stand under the wrong heading. Open the row, put each value "
        "in its place and confirm it. If that cannot be known, discard the row and ask Kela to send it again."
    ),
    RowFaultCode.MISSING_BLOCK: _(
        "Choose the right type, or open the row and fill in the part. If it is not known, discard the row and ask Kela "
        "to send it again."
    ),
    RowFaultCode.REPEATED: _("The first one is taken. Open the row and confirm that it is right."),
    RowFaultCode.TOO_MANY: _("What is over the limit is not taken. Open the row and confirm it, or discard the row."),
    RowFaultCode.CONTROL_CHARACTER: _("Replace the mark � by what should stand there."),
    RowFaultCode.ATTACHMENT_TOO_LARGE: _("Open the row and leave the attachment out. Ask Kela for it by other means."),
    RowFaultCode.ATTACHMENT_TYPE: _("Open the row and leave the attachment out, or correct its type."),
    RowFaultCode.ATTACHMENT_MISMATCH: _("Open the row and leave the attachment out, or correct its type."),
    RowFaultCode.AGE_CONTRADICTS: _("Correct the type of the notice, or the personal identity code."),
}


def advice(code: str) -> str:
    """Empty where the words of the fault say all."""
    return str(ADVICE.get(RowFaultCode(code), ""))
