"""Making and editing clients. What ties people to a client (own worker, case, restriction) is in `relations`."""

import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import Client, NameToken
from cases.models.client import identity_context
from cases.models.owned import unrestricted
from cases.timeline.events import record_event
from core.encryption import blind_index, encrypt_text
from core.identity_code import IdentityCode, parse
from core.names import sort_key, sounds, tokens
from core.saving import NotPossible, claim
from municipalities.access import access_of
from municipalities.models import Municipality

ONCE = "client_once_in_a_municipality"


class ExistingClientError(NotPossible):
    """There is a client with this henkilötunnus. `visible`: the actor may open the page; else only a new matter."""

    def __init__(self, client: Client, *, visible: bool) -> None:
        super().__init__(_("There is already a client with this personal identity code."), "identity_code")
        self.client = client
        self.visible = visible


class RestrictedClientError(NotPossible):
    """The henkilötunnus belongs to a restricted client, which is all that anybody hears of it."""

    def __init__(self, client_id: int) -> None:
        super().__init__(_("Contact your supervisor."))
        self.client_id = client_id


def locked(client: Client) -> Client:
    """The client as it is now, for this transaction alone to change: whoever comes meanwhile waits."""
    return Client.objects.select_for_update(of=("self",)).get(pk=client.pk)


@transaction.atomic
def register_client(
    actor: User,
    municipality: Municipality,
    *,
    identity_code: str = "",
    birth_date: datetime.date | None = None,
    family_name: str,
    given_names: str,
    language: str = "",
) -> Client:
    """A new client by henkilötunnus, or without one by birth date.

    Raises IdentityCodeError, ExistingClientError or RestrictedClientError.
    """
    code = parse(identity_code) if identity_code else None
    if code:
        refuse_existing(actor, municipality, code)
    client = Client(
        municipality=municipality,
        birth_date=code.birth_date if code else birth_date,
        language=language,
        created_by=actor,
    )
    give_name(client, family_name, given_names)
    if code:
        give_identity_code(client, code)
    try:
        with transaction.atomic():
            client.save()
    except IntegrityError as error:
        if code is None or ONCE not in str(error):
            raise
        refuse_existing(actor, municipality, code)
        raise
    NameToken.objects.bulk_create(name_tokens(client))
    record_event("client.registered", client=client, actor=actor)
    return client


@transaction.atomic
def edit_client(
    actor: User,
    client: Client,
    version: int,
    *,
    family_name: str,
    given_names: str,
    language: str,
    birth_date: datetime.date | None = None,
    identity_code: str = "",
) -> bool:
    """Save the edited person. A henkilötunnus is given once, to a client who lacks it, and then settles the birth date.

    False, and nothing written, when all is as it was. Raises core.saving.ChangedMeanwhile, and what
    `register_client` raises.
    """
    row = claim(Client.objects.filter(municipality=client.municipality_id), client.pk, version)
    before = (row.identity_code_index, row.birth_date, row.family_name, row.given_names, row.language)
    if identity_code and row.identity_code_index is None:
        code = parse(identity_code)
        refuse_existing(actor, client.municipality, code)
        give_identity_code(row, code)
        row.birth_date = code.birth_date
    elif row.identity_code_index is None and birth_date:
        row.birth_date = birth_date
    if (family_name, given_names) != (row.family_name, row.given_names):
        give_name(row, family_name, given_names)
        NameToken.objects.filter(municipality=row.municipality_id, client=row).delete()
        NameToken.objects.bulk_create(name_tokens(row))
    row.language = language
    if (row.identity_code_index, row.birth_date, row.family_name, row.given_names, row.language) == before:
        return False
    row.save()
    record_event("client.edited", client=row, actor=actor)
    return True


def find_by_identity_code(municipality: Municipality, code: IdentityCode) -> Client | None:
    """Whoever has this henkilötunnus here, seen by the actor or not: the caller asks the fences."""
    return Client.objects.filter(
        municipality=municipality, identity_code_index=blind_index(code.text, municipality.pk)
    ).first()


def namesakes(
    actor: User, municipality: Municipality, birth_date: datetime.date, family_name: str, given_names: str
) -> QuerySet[Client]:
    """Clients whom the actor may see, with this name and birth date: perhaps the same person."""
    return Client.objects.visible_to(actor, municipality).filter(
        birth_date=birth_date, sort_key=sort_key(family_name, given_names)
    )


def refuse_existing(actor: User, municipality: Municipality, code: IdentityCode) -> None:
    """Raises when somebody here has the code."""
    found = find_by_identity_code(municipality, code)
    if found is None:
        return
    clients = Client.objects.filter(pk=found.pk)
    if not clients.filter(unrestricted(access_of(actor, municipality), "")).exists():
        raise RestrictedClientError(found.pk)
    raise ExistingClientError(found, visible=clients.visible_to(actor, municipality).exists())


def give_name(client: Client, family_name: str, given_names: str) -> None:
    client.family_name, client.given_names = family_name, given_names
    client.sort_key = sort_key(family_name, given_names)


def give_identity_code(client: Client, code: IdentityCode) -> None:
    index = blind_index(code.text, client.municipality_id)
    client.identity_code_index = index
    client.identity_code_cipher = encrypt_text(code.text, identity_context(client.municipality_id, index))
    client.identity_code_mask = code.mask()


def name_tokens(client: Client) -> list[NameToken]:
    """The unsaved tokens that the search finds this client by."""
    kinds = ((tokens, False), (sounds, True))
    return [
        NameToken(municipality_id=client.municipality_id, client=client, token=token, phonetic=phonetic)
        for split, phonetic in kinds
        for token in split(client.family_name, client.given_names)
    ]
