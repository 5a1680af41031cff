import unicodedata
from typing import Any

from django import forms


class OneLineField(forms.CharField):
    """A name or a title: what stands in e-mails, lists and files, where a line break would begin a line of its own."""

    def to_python(self, value: Any) -> str:
        text = "".join(" " if unicodedata.category(one) in ("Cc", "Zl", "Zp") else one for one in str(value or ""))
        return str(super().to_python(" ".join(text.split())))
