"""Reads batches in the exchange format. The one place that knows its names: see docs/etotu_format.md."""

from etotu.parsing.attachments import Attachment, safe_name
from etotu.parsing.batch import DEFAULT_SENDER, open_batch
from etotu.parsing.fields import KINDS
from etotu.parsing.labels import field_label
from etotu.parsing.limits import Limits
from etotu.parsing.read import read_values
from etotu.parsing.shapes import (
    Application,
    Content,
    Envelope,
    Expense,
    Need,
    Person,
    RawNotice,
    Reduction,
    Unemployment,
)

__all__ = [
    "DEFAULT_SENDER",
    "KINDS",
    "Application",
    "Attachment",
    "Content",
    "Envelope",
    "Expense",
    "Limits",
    "Need",
    "Person",
    "RawNotice",
    "Reduction",
    "Unemployment",
    "field_label",
    "open_batch",
    "read_values",
    "safe_name",
]
