"""What people typed over a faulty row, kept encrypted beside the original."""

import json
from dataclasses import dataclass, field
from typing import Any, Self

from core.encryption import decrypt, encrypt
from etotu.faults import RowFault, RowFaultCode
from etotu.loading.originals import corrected_context
from etotu.models import QuarantineRow

# of the row's form: its values no longer show them
OF_FORM = frozenset({RowFaultCode.REPEATED, RowFaultCode.TOO_MANY, RowFaultCode.FIELD_COUNT, RowFaultCode.QUOTES})
# of an attachment that could not be kept whole
OF_BYTES = frozenset({RowFaultCode.ATTACHMENT_TOO_LARGE, RowFaultCode.UNREADABLE})


@dataclass(slots=True)
class Corrections:
    """`texts` by field, in the row's own dialect; an empty text takes the value away.

    `left_out` are attachments ("liite.2"). `form` are the faults of the row's form as it came, `accepted` those of
    them that somebody has looked at and takes as they are.
    """

    texts: dict[str, str] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    accepted: list[str] = field(default_factory=list)
    form: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def of(cls, row: QuarantineRow) -> Self:
        """Raises DecryptionError."""
        if row.corrected is None:
            return cls(form=[one for one in row.faults if is_of_form(one)])
        return cls(**json.loads(decrypt(row.corrected, corrected_context(row.batch_id, row.position))))

    def sealed(self, row: QuarantineRow) -> bytes:
        parts = {"texts": self.texts, "left_out": self.left_out, "accepted": self.accepted, "form": self.form}
        return encrypt(
            json.dumps(parts, ensure_ascii=False).encode("utf-8", "surrogatepass"),
            corrected_context(row.batch_id, row.position),
        )

    @property
    def remaining(self) -> list[RowFault]:
        """The faults of the form that nobody has accepted; those of attachments come back with the attachment."""
        return [
            RowFault(one["field"], RowFaultCode(one["code"]), one["params"])
            for one in self.form
            if one["code"] in OF_FORM and accepted_key(one) not in self.accepted
        ]

    def spoiled(self, path: str) -> RowFaultCode | None:
        """Why the bytes of an attachment are not whole."""
        codes = (RowFaultCode(one["code"]) for one in self.form if one["field"] == path and one["code"] in OF_BYTES)
        return next(codes, None)

    @property
    def fields(self) -> list[str]:
        """What was corrected: names of fields only."""
        return sorted({*self.texts, *self.left_out, *(key.partition(":")[2] for key in self.accepted)})

    @property
    def any(self) -> bool:
        return bool(self.texts or self.left_out or self.accepted)


def accepted_key(fault: dict[str, Any]) -> str:
    return f"{fault['code']}:{fault['field']}"


def is_of_form(fault: dict[str, Any]) -> bool:
    of_attachment = fault["code"] in OF_BYTES and fault["field"].startswith("liite.")
    return fault["code"] in OF_FORM or of_attachment
