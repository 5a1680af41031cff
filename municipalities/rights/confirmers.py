"""Who may be the second person: another admin or a supervisor; alone in a small municipality, the installation admin.

Nobody confirms what concerns the own rights, and nobody whose own say comes from the asker alone: an account that one
admin has made is no second person to that admin.
"""

from django.utils.translation import gettext as _

from accounts.models import User
from municipalities.models import Membership, Municipality, RightRequest
from municipalities.models.membership import CONFIRMERS


def confirmers(municipality: Municipality, asker: User, person: User) -> list[User]:
    """Those who may; nobody where a municipality's first people are given by the only installation admin."""
    of_the_matter = {asker.pk, person.pk}
    local = people_of(municipality, of_the_matter)
    independent = [user for user, vouchers in local.items() if not vouchers or vouchers - of_the_matter]
    if independent:
        return independent
    installers = list(User.objects.filter(is_installation_admin=True, is_active=True).exclude(pk__in=of_the_matter))
    if installers or not asker.is_installation_admin:
        return installers
    # whom else could the only installation admin ask than those whom the installation admin has made
    return list(local)


def people_of(municipality: Municipality, without: set[int]) -> dict[User, set[int]]:
    """The admins and supervisors of today, each with who gave and confirmed the role; best role of several first.

    Nobody in the set: the role was there from the beginning, by a command of the server.
    """
    own = Membership.objects.in_force().filter(municipality=municipality, role__in=CONFIRMERS, user__is_active=True)
    found: dict[User, set[int]] = {}
    for membership in own.exclude(user__in=without).select_related("user").order_by("pk"):
        vouchers = {pk for pk in (membership.given_by_id, membership.confirmed_by_id) if pk is not None}
        before = found.get(membership.user)
        if before is None:
            found[membership.user] = vouchers
        elif before:
            found[membership.user] = before | vouchers if vouchers else set()
    return found


def why_not_confirm(actor: User, wanted: RightRequest) -> str:
    """Why this person is no second person for it; "" is yes."""
    able = confirmers(wanted.municipality, wanted.asked_by, wanted.person)
    if actor in able and actor.pk not in {wanted.asked_by_id, wanted.person_id}:
        return ""
    if any(user.is_installation_admin for user in able):
        return _("The installation admin confirms this: there is no other who could.")
    if actor.pk == wanted.asked_by_id:
        return _("You asked for this yourself. Another admin or a supervisor confirms it.")
    if actor.pk == wanted.person_id:
        return _("This is about your own rights. Another person confirms it.")
    return _("Your own role comes from the one who asks. Somebody else confirms this.")
