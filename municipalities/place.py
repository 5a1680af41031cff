"""Whose people a page of Ylläpito shows, and by whom it was opened: a municipality's admin or the installation's."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from municipalities.access import access_of
from municipalities.models import Membership, Municipality, Role
from municipalities.models.membership import CONFIRMERS
from municipalities.requests import MunicipalRequest, installation_admin, roles
from municipalities.tabs import installation_tabs, municipal_tabs

P = ParamSpec("P")


@dataclass(frozen=True)
class Place:
    municipality: Municipality
    actor: User
    in_installation: bool

    def url(self, name: str, **kwargs: Any) -> str:
        """The address of one of the pages that both sides have."""
        if self.in_installation:
            return reverse(f"installation_{name}", kwargs={"number": self.municipality.pk} | kwargs)
        return reverse(name, kwargs={"code": self.municipality.code} | kwargs)

    @property
    def list_url(self) -> str:
        return self.url("municipality" if self.in_installation else "members")

    def tabs(self, current: str = "members") -> list[dict[str, Any]]:
        """None for a supervisor, to whom only the page of rights that wait is open."""
        if self.in_installation:
            return installation_tabs("installation")
        is_admin = Role.ADMIN in access_of(self.actor, self.municipality).roles
        return municipal_tabs(self.municipality.code, current) if is_admin else []

    def roles_to_give(self) -> list[tuple[str, str]]:
        """The installation admin gives a municipality those who confirm; the admins give every role."""
        if self.in_installation:
            return [(role.value, str(role.label)) for role in (Role.ADMIN, Role.SUPERVISOR)]
        return [(value, str(label)) for value, label in Role.choices if value != Role.RESEARCHER]

    def person(self, pk: int) -> User:
        """Somebody who has or had a role here; nobody else is found."""
        person = User.objects.filter(pk=pk, memberships__municipality=self.municipality).distinct().first()
        if person is None:
            raise Http404(_("There is no such page."))
        return person

    def membership(self, person: User, pk: int) -> Membership:
        return get_object_or_404(
            Membership.objects.select_related("municipality", "unit", "user"),
            pk=pk,
            user=person,
            municipality=self.municipality,
        )


Page = Callable[Concatenate[HttpRequest, Place, P], HttpResponseBase]


def for_admin(page: Page[P]) -> Callable[..., HttpResponseBase]:
    """The page as the municipality's admin opens it."""

    def view(request: MunicipalRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return page(request, Place(request.municipality, request.user, in_installation=False), *args, **kwargs)

    view.__name__ = page.__name__
    return roles(Role.ADMIN)(view)


def for_confirmers(page: Page[P]) -> Callable[..., HttpResponseBase]:
    """The page as an admin or a supervisor of the municipality opens it."""

    def view(request: MunicipalRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return page(request, Place(request.municipality, request.user, in_installation=False), *args, **kwargs)

    view.__name__ = page.__name__
    return roles(*CONFIRMERS)(view)


def for_installation(page: Page[P]) -> Callable[..., HttpResponseBase]:
    """The page as the installation admin opens it."""

    def view(request: HttpRequest, number: int, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        assert isinstance(request.user, User)  # noqa: S101 - signing in is asked of every view
        municipality = get_object_or_404(Municipality, pk=number)
        return page(request, Place(municipality, request.user, in_installation=True), *args, **kwargs)

    view.__name__ = page.__name__
    return installation_admin(view)
