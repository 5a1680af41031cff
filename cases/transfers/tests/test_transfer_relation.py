"""A transfer that nobody has accepted opens no more of the receiver's client than it brought."""

from typing import Any

import pytest

from accounts.models import User
from cases.access.rights import may_reveal_details
from cases.matters import life
from cases.models import Client, ContactDetail, Matter, Transfer
from cases.transfers import verbs as transfers
from cases.transfers.tests.transferring import send
from core.row_security import scope
from municipalities.models import Municipality, Role, Unit
from testing.factories import make_client, make_matter
from testing.people import SignIn, person

CODE = "010190-901R"
PHONE = "040 000 00 99"


@pytest.fixture
def known(tampere: Municipality) -> Client:
    """Tampere's client under turvakielto, whom another unit there knows."""
    with scope([tampere.pk]):
        unit = Unit.objects.create(municipality=tampere, name="Läntinen tiimi")
        client = make_client(tampere, CODE, family_name="Ylämalli", non_disclosure=True, language="sv")
        make_matter(client, unit=unit, kind="discussion")
        ContactDetail.objects.create(
            municipality=tampere, client=client, kind="phone", source="kela", value=PHONE, known_on="2018-11-01"
        )
    return client


@pytest.fixture
def asked(known: Client, aino: User, olli: User, kuopio: Municipality, tampere: Municipality) -> Matter:
    """The same person's matter, at Tampere since Kuopio has asked."""
    application = make_matter(make_client(kuopio, CODE), assignee=aino, state="in_progress")
    return send(application, aino, tampere)


def sent() -> Matter:
    with scope([297]):
        return Transfer.objects.select_related("matter").get(incoming=False).matter


def opens(signed_in: SignIn, who: User, client: Client) -> Any:
    return signed_in(who).get(f"/837/asiakkaat/{client.pk}/").status_code


def shows(signed_in: SignIn, who: User, matter: Matter) -> str:
    return str(signed_in(who).get(f"/837/tyojono/?avoin={matter.pk}").content.decode())


def test_while_it_waits_the_matter_shows_itself_and_nothing_of_the_client(
    signed_in: SignIn, asked: Matter, known: Client, olli: User
) -> None:
    assert asked.client_id == known.pk
    assert opens(signed_in, olli, known) == 404
    page = shows(signed_in, olli, asked)
    assert "Hyväksy siirto" in page
    assert f"/837/asiakkaat/{known.pk}/" not in page
    for of_the_client in ("Keskustelutoive", "asiointikieli ruotsi", "omatyöntekijä"):
        assert of_the_client not in page
    assert "Odottaa vastausta" in signed_in(olli).get("/837/siirrot/").content.decode()


@pytest.mark.parametrize("how", ["revoked", "returned"])
def test_afterwards_it_gives_no_relation_either(
    signed_in: SignIn, asked: Matter, known: Client, olli: User, aino: User, how: str
) -> None:
    if how == "revoked":
        transfers.revoke(aino, sent())
    else:
        with scope([837]):
            transfers.give_back(olli, asked, "Ei asu täällä.")
    assert opens(signed_in, olli, known) == 404
    assert f"/837/asiakkaat/{known.pk}/" not in shows(signed_in, olli, asked)


def test_to_take_it_reveals_nothing_until_it_is_accepted(
    signed_in: SignIn, asked: Matter, known: Client, olli: User
) -> None:
    with scope([837]):
        life.take(olli, asked)
        assert not may_reveal_details(olli, known)
    assert signed_in(olli).post(f"/837/asiat/{asked.pk}/nayta-suojatut/").status_code == 403
    answer = signed_in(olli).post(f"/837/asiat/{asked.pk}/kirje/esikatselu/", {"kirje": "letter"})
    assert answer.status_code != 200 or "application/pdf" not in answer["Content-Type"]
    with scope([837]):
        transfers.accept(olli, asked)
        assert may_reveal_details(olli, known)
    assert opens(signed_in, olli, known) == 200


def test_a_letter_is_not_written_before_the_acceptance(asked: Matter, known: Client, tampere: Municipality) -> None:
    from cases.matters import rules
    from cases.matters.file import MatterFile

    boss = person("Jorma Johtaja-Demo", "jorma@tampere.example", Role.SUPERVISOR, tampere)
    with scope([837]):
        assert "Hyväksy siirto ensin" in str(rules.may_write(boss, MatterFile(asked)))
        transfers.accept(boss, asked)
        assert rules.may_write(boss, MatterFile(asked)) is None


def test_who_works_with_the_client_sees_the_client_all_the_while(
    signed_in: SignIn, asked: Matter, known: Client, tampere: Municipality
) -> None:
    unit = Unit.objects.get(municipality=tampere, name="Läntinen tiimi")
    linnea = person("Linnea Läntinen", "linnea@tampere.example", Role.SOCIAL_WORKER, tampere, unit)
    assert opens(signed_in, linnea, known) == 200
    assert f"/837/asiakkaat/{known.pk}/" in shows(signed_in, linnea, asked)
