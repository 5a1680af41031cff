"""The register of partners. One that ended is kept, because hand-overs name it."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import Partner
from core.history import remember_actor
from core.saving import NotPossible, check_row, claim
from municipalities.models import Municipality


@transaction.atomic
def add_partner(actor: User, municipality: Municipality, values: dict[str, Any]) -> Partner:
    remember_actor(actor.pk)
    partner = Partner(municipality=municipality, **values)
    _save(partner)
    return partner


@transaction.atomic
def edit_partner(actor: User, partner: Partner, version: int, values: dict[str, Any]) -> bool:
    """False when all is as it was. Raises ChangedMeanwhile when somebody has saved since `version`."""
    remember_actor(actor.pk)
    row = claim(Partner.objects.all(), partner.pk, version)
    if all(getattr(row, name) == value for name, value in values.items()):
        return False
    for name, value in values.items():
        setattr(row, name, value)
    _save(row)
    return True


@transaction.atomic
def end_partner(actor: User, partner: Partner) -> None:
    """No new hand-overs; those that wait go on."""
    remember_actor(actor.pk)
    Partner.objects.filter(pk=partner.pk, ended=None).update(ended=timezone.localdate())


@transaction.atomic
def take_back_partner(actor: User, partner: Partner) -> None:
    remember_actor(actor.pk)
    Partner.objects.filter(pk=partner.pk).update(ended=None)


def _save(partner: Partner) -> None:
    check_row(partner, constraints=False)
    try:
        with transaction.atomic():
            partner.save()
    except IntegrityError:
        raise NotPossible(_("The municipality already has a partner with this name."), "name") from None
