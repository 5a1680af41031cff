"""Units of a municipality. One that ended is kept: matters and history name it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.saving import NotPossible, check_row
from municipalities.admin_log import log
from municipalities.models import AdminAction, Membership, Municipality, Unit

Kind = AdminAction.Kind


@transaction.atomic
def add_unit(actor: User, municipality: Municipality, name: str) -> Unit:
    unit = Unit(municipality=municipality, name=name.strip())
    check_row(unit)
    log(Kind.ADDED_UNIT, actor, municipality, unit=unit.name)
    unit.save()
    return unit


@transaction.atomic
def rename_unit(actor: User, unit: Unit, name: str) -> None:
    before = unit.name
    unit.name = name.strip()
    check_row(unit)
    log(Kind.RENAMED_UNIT, actor, unit.municipality, unit=before, to=unit.name)
    unit.save(update_fields=["name"])


@transaction.atomic
def set_area(actor: User, unit: Unit, postal_codes: list[str]) -> None:
    """The postal codes from which clients come to the unit, where a routing rule asks for it."""
    wanted = sorted(set(postal_codes))
    if wanted == unit.postal_codes:
        return
    log(Kind.CHANGED_AREA, actor, unit.municipality, unit=unit.name, before=len(unit.postal_codes), now=len(wanted))
    unit.postal_codes = wanted
    check_row(unit)
    unit.save(update_fields=["postal_codes"])


def sharing_area(unit: Unit) -> list[Unit]:
    """Other units in use that have some of the same postal codes."""
    others = Unit.objects.filter(municipality=unit.municipality_id, ended=None, postal_codes__overlap=unit.postal_codes)
    return list(others.exclude(pk=unit.pk)) if unit.postal_codes else []


@transaction.atomic
def end_unit(actor: User, unit: Unit) -> None:
    """Refused while somebody works in it: the people are moved first, so that nobody is left without a unit unseen."""
    if Membership.objects.filter(unit=unit).not_over().exists():
        raise NotPossible(_("There are people in the unit. Move them to another unit or end their roles first."))
    log(Kind.ENDED_UNIT, actor, unit.municipality, unit=unit.name)
    unit.ended = timezone.localdate()
    unit.save(update_fields=["ended"])


@transaction.atomic
def reopen_unit(actor: User, unit: Unit) -> None:
    log(Kind.REOPENED_UNIT, actor, unit.municipality, unit=unit.name)
    unit.ended = None
    unit.save(update_fields=["ended"])
