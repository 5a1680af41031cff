"""Finding clients by henkilötunnus or by name, among those whom the searcher may see."""

from django.db.models import BooleanField, Case, Q, QuerySet, Value, When

from accounts.models import User
from cases.models import Client, NameToken
from core.encryption import blind_index
from core.identity_code import IdentityCode, IdentityCodeError, parse
from core.names import search_sounds, search_words
from municipalities.models import Municipality


def as_identity_code(text: str) -> IdentityCode | None:
    """The henkilötunnus that was typed; None for a name. Blanks inside are forgiven: "150680 -901X"."""
    try:
        return parse("".join(text.split()))
    except IdentityCodeError:
        return None


def search_clients(user: User, municipality: Municipality, text: str) -> QuerySet[Client]:
    """The visible clients with this henkilötunnus, or whose names begin with all the words; like-sounding ones last."""
    visible = Client.objects.visible_to(user, municipality)
    if code := as_identity_code(text):
        return visible.filter(identity_code_index=blind_index(code.text, municipality.pk)).order_by("pk")
    written = with_names(municipality, search_words(text), phonetic=False)
    heard = with_names(municipality, search_sounds(text), phonetic=True)
    if written is None or heard is None:
        return visible.none()
    sounds_only = Case(When(written, then=Value(False)), default=Value(True), output_field=BooleanField())
    return visible.filter(written | heard).annotate(sounds_only=sounds_only).order_by("sounds_only", "sort_key", "pk")


def with_names(municipality: Municipality, words: tuple[str, ...], *, phonetic: bool) -> Q | None:
    """Clients who have a name beginning with each of the words; None for no words."""
    if not words:
        return None
    found = Q()
    for word in words:
        tokens = NameToken.objects.filter(municipality=municipality, phonetic=phonetic, token__prefix=word)
        found &= Q(pk__in=tokens.order_by().values("client"))
    return found
