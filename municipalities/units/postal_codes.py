"""Postal codes as they are written: five digits, or a range of such."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

PART = re.compile(r"(\d{5})(?:-(\d{5}))?", re.ASCII)
AT_MOST = 2000


class PostalCodesField(forms.CharField):
    """A list of codes; it is shown and written with ranges."""

    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("Postal codes"),
            help_text=gettext_lazy("The area of the unit, for the routing rules. Such as 70100, 70200–70280, 71800."),
            required=False,
            widget=forms.Textarea(attrs={"rows": 3, "inputmode": "text", "autocomplete": "off"}),
        )

    def prepare_value(self, value: Any) -> Any:
        return as_text(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        return as_codes(super().clean(value))


def as_codes(text: str) -> list[str]:
    """Raises ValidationError that names the part which is not understood."""
    found: set[str] = set()
    for part in filter(None, re.split(r"[,;\s]+", re.sub(r"\s*[-–]\s*", "-", text))):
        read = PART.fullmatch(part)
        if read is None:
            raise forms.ValidationError(
                _("“%(part)s” is not a postal code. Write five digits, or a range such as 70200–70280.")
                % {"part": part[:20]}
            )
        first, last = int(read[1]), int(read[2] or read[1])
        if last < first:
            raise forms.ValidationError(_("The range %(part)s ends before it begins.") % {"part": part})
        if last - first >= AT_MOST or len(found) + last - first >= AT_MOST:
            raise forms.ValidationError(_("A unit may have at most %(n)s postal codes.") % {"n": AT_MOST})
        found |= {f"{code:05d}" for code in range(first, last + 1)}
    return sorted(found)


def as_text(codes: list[str]) -> str:
    """Codes that follow each other as a range, when there are at least three."""
    runs: list[list[int]] = []
    for code in sorted(int(code) for code in codes):
        if runs and runs[-1][-1] == code - 1:
            runs[-1].append(code)
        else:
            runs.append([code])
    parts: list[str] = []
    for run in runs:
        if len(run) > 2:
            parts.append(f"{run[0]:05d}–{run[-1]:05d}")
        else:
            parts += [f"{code:05d}" for code in run]
    return ", ".join(parts)
