from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

MIB = 1024 * 1024


class SeveralFilesInput(forms.FileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """A list of files, each checked; the errors name the file."""

    widget = SeveralFilesInput

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        files: Sequence[UploadedFile[Any]] = data if isinstance(data, list | tuple) else [data] if data else []
        if not files:
            raise forms.ValidationError(self.error_messages["required"], "required")
        errors = [forms.ValidationError(words, "file") for file in files for words in wrong_with(file)]
        if errors:
            raise forms.ValidationError(errors)
        return list(files)


def wrong_with(file: "UploadedFile[Any]") -> list[str]:
    if not file.size:
        return [gettext("%(name)s is empty. Fetch it again.") % {"name": file.name}]
    if file.size > settings.ETOTU_UPLOAD_LIMIT:
        limit = settings.ETOTU_UPLOAD_LIMIT // MIB
        words = gettext("%(name)s is larger than %(limit)s MiB. Ask for it in parts, or have it put into the folder.")
        return [words % {"name": file.name, "limit": limit}]
    return []


class UploadForm(forms.Form):
    chosen = SeveralFilesField(
        label=_("Files from Kela"),
        help_text=_("One or several, XML or CSV. Each is stored as it is before it is read."),
        error_messages={"required": _("Choose at least one file.")},
        widget=SeveralFilesInput(attrs={"accept": ".xml,.csv,application/xml,text/xml,text/csv"}),
    )


class CorrectedFileForm(forms.Form):
    chosen = forms.FileField(
        label=_("Corrected file"),
        help_text=_("XML or CSV. It is stored as it is before it is read, and linked to the rejected one."),
        error_messages={"required": _("Choose the corrected file.")},
        widget=forms.FileInput(attrs={"accept": ".xml,.csv,application/xml,text/xml,text/csv"}),
    )

    def clean_chosen(self) -> "UploadedFile[Any]":
        file: UploadedFile[Any] = self.cleaned_data["chosen"]
        if errors := wrong_with(file):
            raise forms.ValidationError(errors)
        return file
