"""What came of a batch, as the JSON object of `etotu_import`: an interface that scripts rely on."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from core.row_security import across_municipalities
from etotu.faults import file_fault_message, row_fault_message
from etotu.loading.counting import FIELDS
from etotu.models import Batch, BatchStatus, QuarantineRow

COUNTS = tuple(name for name in FIELDS if name != "flagged")


def report(batch: Batch) -> dict[str, Any]:
    """Keys: batch, status, the counts, incomplete, errors (tunnus, field, code, message; never a person's value)."""
    return {
        "batch": batch.batch_code or batch.file_name,
        "status": batch.status,
        **{name: getattr(batch, name) for name in COUNTS},
        "incomplete": batch.incomplete,
        "errors": list(_errors(batch)),
    }


def _errors(batch: Batch) -> Iterator[dict[str, str]]:
    if batch.status == BatchStatus.REJECTED and batch.fault:
        yield {"tunnus": "", "field": "", "code": batch.fault["code"], "message": rejection(batch)}
    with across_municipalities("the command reports on every row of the batch"):
        rows = QuarantineRow.objects.filter(batch=batch).order_by("position").values_list("number", "faults")
        for number, faults in rows.iterator():
            for fault in faults:
                words = row_fault_message(fault["code"], fault["params"])
                yield {"tunnus": number, "field": fault["field"], "code": fault["code"], "message": words}


def rejection(batch: Batch) -> str:
    """Where the file is broken, why, and what to do, in the language that is on."""
    fault = batch.fault or {}
    words = file_fault_message(fault["code"], fault["params"])
    if not fault["line"]:
        return words
    place = _("Line %(line)s, column %(column)s.") % {"line": fault["line"], "column": fault["column"]}
    return f"{place} {words}"
