"""Service languages: those of the law and the ones most spoken here, by ISO 639-1; Kela may send others."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LANGUAGES: tuple[tuple[str, Promise], ...] = (
    ("fi", pgettext_lazy("language", "Finnish")),
    ("sv", pgettext_lazy("language", "Swedish")),
    ("se", pgettext_lazy("language", "Sámi")),
    ("en", pgettext_lazy("language", "English")),
    ("ru", pgettext_lazy("language", "Russian")),
    ("et", pgettext_lazy("language", "Estonian")),
    ("uk", pgettext_lazy("language", "Ukrainian")),
    ("ar", pgettext_lazy("language", "Arabic")),
    ("so", pgettext_lazy("language", "Somali")),
    ("fa", pgettext_lazy("language", "Persian")),
    ("ku", pgettext_lazy("language", "Kurdish")),
    ("sq", pgettext_lazy("language", "Albanian")),
    ("vi", pgettext_lazy("language", "Vietnamese")),
    ("th", pgettext_lazy("language", "Thai")),
    ("tr", pgettext_lazy("language", "Turkish")),
    ("zh", pgettext_lazy("language", "Chinese")),
    ("es", pgettext_lazy("language", "Spanish")),
    ("fr", pgettext_lazy("language", "French")),
)
NAMES = dict(LANGUAGES)


def language_name(code: str) -> str:
    """The language in the reader's words; a code that we have no words for as it came."""
    return str(NAMES.get(code.lower(), code))


def language_choices(current: str = "") -> list[tuple[str, str | Promise]]:
    """For a form: nothing chosen, the languages, and the one that the client has even if it is none of them."""
    own = [(current, current)] if current and current not in NAMES else []
    return [("", _("Not known")), *LANGUAGES, *own]
