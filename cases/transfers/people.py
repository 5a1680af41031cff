"""The person of a transferred matter at the receiving municipality: found, else made, with the ways to be reached.

Nothing of the sender's casework is read here. The home municipality does not cross: the receiver is the competent one.
"""

from collections.abc import Collection, Iterable

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.clients.registering import ONCE, find_by_identity_code, give_identity_code, give_name, name_tokens
from cases.models import Client, ContactDetail, Matter, NameToken, OwnWorker, RestrictedAccess, Transfer
from cases.models.contact_detail import DetailKind, DetailSource, in_use
from cases.timeline.events import record_event
from core.identity_code import IdentityCode, parse
from core.saving import NotPossible
from municipalities.models import Membership, Municipality, Role

CROSSES = (DetailKind.PHONE, DetailKind.ADDRESS, DetailKind.EMAIL)


def person_at(actor: User, client: Client, to: Municipality) -> Client:
    """The same person there, in a scope that holds both municipalities.

    One who is known there stays as they are until the matter is accepted: nobody changes another municipality's client
    by asking. Only a restriction holds at once, since the matter itself is not for everybody there to see.
    """
    if client.restricted and not supervisors(to):
        # told whether or not the person is known there: that is not the sender's to know
        raise NotPossible(
            _("The client is restricted, and the other municipality has no supervisor in the program to receive this."),
            "place",
        )
    text = client.identity_code()
    code = parse(text) if text else None
    found = find_by_identity_code(to, code) if code else None
    return found or _known_from_before(client, to, code) or _make(actor, client, to, code)


def take_over(actor: User, client: Client, there: Client) -> None:
    """The receiver took the matter: what the sender knows of the person fills in what nobody knew there.

    Turvakielto and restriction hold there too; a known language, name or way to be reached there is left as it is.
    """
    protect_too(actor, client, there, also=[actor.pk])
    text = client.identity_code()
    changed = []
    if text and there.identity_code_index is None:
        code = parse(text)
        give_identity_code(there, code)
        there.birth_date = code.birth_date
        changed += ["identity_code_cipher", "identity_code_index", "identity_code_mask", "birth_date"]
    if client.language and not there.language:
        there.language = client.language
        changed.append("language")
    if changed:
        there.version += 1
        there.save(update_fields=[*changed, "version"])
    carry_ways_to_reach(client, there)


def ways_to_reach(client: Client) -> QuerySet[ContactDetail]:
    return ContactDetail.objects.filter(client=client, kind__in=CROSSES, dismissed=False)


def carry_ways_to_reach(client: Client, there: Client) -> None:
    """Those in use, where nothing of the kind is known there: they never go before what the receiver has or gets."""
    known = ContactDetail.objects.filter(client=there).exclude(source=DetailSource.TRANSFER)
    kinds = set(known.values_list("kind", flat=True))
    details = ContactDetail.objects.filter(client=client, kind__in=set(CROSSES) - kinds)
    for kind in CROSSES:
        detail = in_use(one for one in details if one.kind == kind).get(client.pk)
        if detail:
            _keep(detail, there, DetailSource.TRANSFER)


def carry_details(details: Iterable[ContactDetail], there: Client) -> None:
    """What Kela said in versions that were addressed here: the newer one counts."""
    known = {(d.kind, d.source): d for d in ContactDetail.objects.filter(client=there)}
    for detail in details:
        old = known.get((detail.kind, detail.source))
        if old is None or old.known_on < detail.known_on:
            _keep(detail, there, detail.source)


def _keep(detail: ContactDetail, there: Client, source: str) -> None:
    ContactDetail.objects.update_or_create(
        client=there,
        kind=detail.kind,
        source=source,
        defaults={
            "municipality_id": there.municipality_id,
            "value": detail.value,
            "postal_code": detail.postal_code,
            "post_office": detail.post_office,
            "known_on": detail.known_on,
            "dismissed": False,
            "entered_at": detail.entered_at,
        },
    )


def set_protection(client: Client) -> None:
    """Turvakielto, known elsewhere, holds here too."""
    lock(client)
    _protect(client)


def _protect(client: Client) -> None:
    if not client.non_disclosure:
        client.non_disclosure = True
        client.version += 1
        client.save(update_fields=["non_disclosure", "version"])
        record_event("client.non_disclosure_set", client=client, actor=None)


def lock(client: Client) -> None:
    """Bring the client up to date, for this transaction alone to change."""
    client.refresh_from_db(from_queryset=Client.objects.select_for_update())


def protect_too(actor: User, client: Client, there: Client, also: Collection[int] = ()) -> None:
    """What protects the person at the sender holds at the receiver, also for one who was known there without it."""
    lock(there)
    if client.non_disclosure:
        _protect(there)
    restrict_too(actor, client, there, also)


def restrict_too(actor: User, client: Client, there: Client, also: Collection[int] = ()) -> bool:
    """Whether that restricted the client there.

    Named are the supervisors and `also`, and so that no work there ends, the own worker and those who have an open
    matter of the client.
    """
    if not client.restricted or there.restricted:
        return False
    lock(there)
    there.restricted = True
    there.version += 1
    there.save(update_fields=["restricted", "version"])
    _name_people(actor, there, also)
    return True


def unrestrict(asker: User | None, there: Client) -> None:
    """The matter that brought the restriction is gone. One that somebody there has changed since stays."""
    lock(there)
    named = RestrictedAccess.objects.filter(client=there, ended=None)
    if not there.restricted or named.exclude(named_by=asker).exists():
        return
    named.update(ended=timezone.now())
    there.restricted = False
    there.version += 1
    there.save(update_fields=["restricted", "version"])
    record_event("client.restriction_lifted", client=there, actor=None)


def supervisors(municipality: Municipality) -> set[int]:
    rows = Membership.objects.in_force().filter(municipality=municipality, role=Role.SUPERVISOR)
    return set(rows.filter(user__is_active=True).values_list("user", flat=True))


def _known_from_before(client: Client, to: Municipality, code: IdentityCode | None) -> Client | None:
    """Whoever an earlier transfer between the two municipalities, in either direction, tells to be the same person."""
    earlier = Transfer.objects.filter(client=client, other=to).values("public_id")
    pair = Transfer.objects.filter(public_id__in=earlier, municipality=to).order_by("-pk").first()
    found = pair.client if pair else None
    if found is None or (code and found.identity_code_index is not None):
        # two that have different codes are not the same person after all
        return None
    return found


def _make(actor: User, client: Client, to: Municipality, code: IdentityCode | None) -> Client:
    made = Client(
        municipality=to,
        birth_date=client.birth_date,
        language=client.language,
        non_disclosure=client.non_disclosure,
        restricted=client.restricted,
    )
    give_name(made, client.family_name, client.given_names)
    if code:
        give_identity_code(made, code)
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as error:
        # a batch or a colleague there made the same person at this moment
        other = find_by_identity_code(to, code) if code and ONCE in str(error) else None
        if other is None:
            raise
        return other
    NameToken.objects.bulk_create(name_tokens(made))
    if made.restricted:
        _name_people(actor, made)
    return made


def _name_people(actor: User, client: Client, also: Collection[int] = ()) -> None:
    people = supervisors(client.municipality) | set(also)
    people |= set(OwnWorker.objects.filter(client=client, ended=None).values_list("user", flat=True))
    people |= set(
        Matter.objects.open().filter(client=client, assignee__isnull=False).values_list("assignee", flat=True)
    )
    RestrictedAccess.objects.bulk_create(
        [
            RestrictedAccess(municipality_id=client.municipality_id, client=client, user_id=user, named_by=actor)
            for user in sorted(people)
        ],
        # somebody may have been named before
        ignore_conflicts=True,
    )
    record_event("client.restricted", client=client, actor=None, came="transfer")
