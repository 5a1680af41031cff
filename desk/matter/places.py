"""Where a transferred matter went, and when that is hidden: a person under turvakielto must not be found by it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from cases.models import Transfer
from cases.models.transfer import BACK

NOT_SHOWN = gettext_lazy("Not shown: non-disclosure for personal safety")


def hides_place(transfer: Transfer, *, under_protection: bool) -> bool:
    """Where the matter went is hidden; where it came from only once it has gone back there."""
    protected = transfer.hides_place or under_protection
    return protected and (not transfer.incoming or transfer.state in BACK)


def place_words(transfer: Transfer, *, hidden: bool) -> str | Promise:
    return NOT_SHOWN if hidden else transfer.other.name
