"""Rows of people under turvakielto or a restriction: others than a supervisor and the named see only that they wait."""

import pytest

from accounts.models import User
from cases.models import AccessLog, Client, OwnWorker, RestrictedAccess
from etotu.models import QuarantineRow
from etotu.tests.making import SEIJA, loaded, notice, xml
from municipalities.models import Membership, Municipality, Role
from testing.factories import make_client
from testing.people import SignIn

pytestmark = pytest.mark.django_db
GRID = "/297/erat/korjattavat/"
STREET = "Piilokuja 3"


def known(kuopio: Municipality, **fields: bool) -> Client:
    return make_client(kuopio, SEIJA, family_name="Demolainen", given_names="Seija Hilja", **fields)


def row_of(non_disclosure: str = "", code: str = SEIJA) -> QuarantineRow:
    data = notice("K1", kind="", block="", code=code, street=STREET, non_disclosure=non_disclosure)
    loaded(xml(data))
    return QuarantineRow.objects.get()


def page(user: User, row: QuarantineRow, signed_in: SignIn) -> str:
    return signed_in(user).get(f"{GRID}?rivi={row.pk}").content.decode()


@pytest.mark.parametrize("how", ["in the row", "stored", "restricted", "unreadable code", "unreadable mark"])
def test_an_admin_sees_only_that_the_row_waits(
    how: str, kuopio: Municipality, paula: User, sirkka: User, signed_in: SignIn
) -> None:
    if how in {"stored", "unreadable code"}:
        known(kuopio, non_disclosure=True)
    if how == "restricted":
        known(kuopio, restricted=True)
    marks = {"in the row": "true", "unreadable mark": "kyllä"}
    row = row_of(marks.get(how, ""), "100190-999R" if how == "unreadable code" else SEIJA)
    text = page(paula, row, signed_in)
    assert f'id="row-{row.pk}"' in text
    assert "suojatun henkilön" in text
    assert STREET not in text
    assert "Demolainen" not in text
    assert "100190" not in text
    assert not AccessLog.objects.filter(user=paula, page="repair").exists()
    assert STREET in page(sirkka, row, signed_in)
    assert AccessLog.objects.filter(user=sirkka, page="repair", detail=f"quarantine_row.{row.pk}").count() == 1
    for address in ("/297/erat/", f"/297/erat/{row.batch.public_id}/"):
        assert "100190" not in signed_in(paula).get(address).content.decode()


def test_whoever_is_named_or_the_own_worker_opens_it_too(
    kuopio: Municipality, paula: User, sirkka: User, signed_in: SignIn
) -> None:
    client = known(kuopio, non_disclosure=True)
    row = row_of()
    OwnWorker.objects.create(municipality=kuopio, client=client, user=paula, started="2018-10-01", assigned_by=sirkka)
    assert STREET in page(paula, row, signed_in)
    Client.objects.update(restricted=True)
    assert STREET not in page(paula, row, signed_in)
    RestrictedAccess.objects.create(municipality=kuopio, client=client, user=paula, named_by=sirkka)
    assert STREET in page(paula, row, signed_in)


def test_what_an_admin_sends_for_it_changes_nothing(kuopio: Municipality, paula: User, signed_in: SignIn) -> None:
    row = row_of("true")
    sent = {"shown": row.pk, f"edits-{row.pk}": 0, f"f-{row.pk}-tyyppi": "HAKEMUS", "do": "check"}
    signed_in(paula).post(f"{GRID}tallenna/", sent)
    signed_in(paula).post(f"{GRID}{row.pk}/hylkaa/", {"reason": "Turha", "edits": 0})
    row.refresh_from_db()
    assert (row.state, row.edits, row.corrected) == ("open", 0, None)


def test_other_rows_are_open_to_the_admin_as_before(kuopio: Municipality, paula: User, signed_in: SignIn) -> None:
    known(kuopio)
    assert STREET in page(paula, row_of(), signed_in)


def test_a_supervisor_who_is_no_admin_has_no_other_page_of_the_administration(
    kuopio: Municipality, sirkka: User, signed_in: SignIn
) -> None:
    row = row_of("true")
    assert "/297/erat/tuo/" not in page(sirkka, row, signed_in)
    assert signed_in(sirkka).get("/297/erat/").status_code == 403
    Membership.objects.create(user=sirkka, municipality=kuopio, role=Role.ADMIN, starts="2018-01-01")
    assert signed_in(sirkka).get("/297/erat/").status_code == 200
