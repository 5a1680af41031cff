"""What a service answers when an action is not possible: words for the person, perhaps beside a field."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class NotPossible(Exception):
    """The action does not fit the record as it is now. `words` say why; `field` names the input they belong to."""

    def __init__(self, words: str | Promise, field: str | None = None) -> None:
        super().__init__(words)
        self.words = words
        self.field = field

    def __str__(self) -> str:
        return str(self.words)


class ChangedMeanwhile(NotPossible):
    """Somebody saved after this person had opened the form: nothing is written over."""

    def __init__(self) -> None:
        super().__init__(
            _("Somebody has changed this meanwhile. Nothing was saved: look at the change, then save again if needed.")
        )
