"""Whoever gives rights to others cannot widen the own ones: an admin does no casework by an own decision."""

import pytest

from accounts.models import User
from municipalities.models import AdminAction, Membership, Municipality, Role, Unit
from testing.people import SignIn

ROLE = {"role": Role.SUPERVISOR, "starts": "13.11.2018"}


@pytest.mark.parametrize("path", ["kutsu/", "{own}/rooli/"])
def test_an_admin_cannot_become_a_supervisor_by_an_own_decision(signed_in: SignIn, paula: User, path: str) -> None:
    address = "/297/yllapito/kayttajat/" + path.format(own=paula.pk)
    answer = signed_in(paula).post(address, ROLE | {"email": paula.email, "name": paula.name})
    assert answer.context["form"].non_field_errors()
    assert [m.role for m in paula.memberships.all()] == [Role.ADMIN]
    assert not AdminAction.objects.exists()


def test_an_installation_admin_cannot_become_an_admin_by_an_own_decision(
    signed_in: SignIn, iida: User, kuopio: Municipality
) -> None:
    form = {"email": iida.email, "name": iida.name, "role": Role.ADMIN, "starts": "13.11.2018"}
    answer = signed_in(iida).post("/asennus/kunnat/297/kutsu/", form)
    assert answer.context["form"].non_field_errors()
    assert not iida.memberships.exists()


def test_an_admin_who_also_works_does_not_choose_whose_clients_to_see(
    signed_in: SignIn, paula: User, kuopio: Municipality, southern: Unit, northern: Unit
) -> None:
    own = Membership.objects.create(
        user=paula, municipality=kuopio, role=Role.SOCIAL_WORKER, unit=southern, starts="2018-01-01"
    )
    address = f"/297/yllapito/kayttajat/{paula.pk}/rooli/{own.pk}/yksikko/"
    assert signed_in(paula).post(address, {"unit": northern.pk}).context["form"].non_field_errors()
    own.refresh_from_db()
    assert own.unit == southern
