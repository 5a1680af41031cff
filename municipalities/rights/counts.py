"""How many requests wait for a second person, for the menu and the tabs."""

from django.db.models import QuerySet

from municipalities.models import Municipality, RightRequest
from municipalities.rights.confirmers import confirmers


def that_wait(municipality: Municipality) -> QuerySet[RightRequest]:
    return RightRequest.objects.waiting_for_second().filter(municipality=municipality)


def waiting_in(municipality: Municipality | int | None) -> int:
    return RightRequest.objects.waiting_for_second().filter(municipality=municipality).count()


def for_installation() -> list[RightRequest]:
    """Those that no admin or supervisor of their municipality could confirm."""
    found = RightRequest.objects.waiting_for_second().select_related(
        "municipality", "person", "unit", "membership__unit", "asked_by"
    )
    return [
        one
        for one in found
        if all(user.is_installation_admin for user in confirmers(one.municipality, one.asked_by, one.person))
    ]


def waiting_everywhere(_municipality: int | None = None) -> int:
    """For the installation admin."""
    return len(for_installation())
