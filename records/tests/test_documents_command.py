"""`manage.py documents`: what a municipality hands over."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.models import SecurityEvent, User
from cases.models import Client
from municipalities.models import Municipality
from records.documents.verbs import Text, begin, cancel, correct, finish, save_text
from records.models import Document, TakingOut
from testing.factories import make_client

NOTE = {"asiakaskertomusmerkinta": {"palvelutehtava": "16", "tapahtuma": {"kuvaus": "Soitettiin."}}}


@pytest.fixture
def veera(kuopio: Municipality) -> Client:
    return make_client(kuopio, given_names="Veera", family_name="Mallinen")


def note(actor: User, client: Client) -> Document:
    document = begin(actor, client, "19013", text=Text(NOTE, {"together": True}))
    finish(actor, document, 0)
    return document


def hand_over(folder: Path, **options: Any) -> dict[str, Any]:
    call_command("documents", kunta="297", out=folder, **options)
    return {path.name: json.loads(path.read_text()) for path in folder.iterdir()}


def test_it_writes_each_document_and_what_is_ours_beside_it(aino: User, veera: Client, tmp_path: Path) -> None:
    document = note(aino, veera)
    found = hand_over(tmp_path)
    name = f"1.2.246.537.6.1506.19013.2022.1.10-{document.pk}"
    assert set(found) == {f"{name}.json", f"{name}.side.json"}
    assert found[f"{name}.json"]["muu_asiakaskertomusmerkinta"]["asiakas"][0]["sukunimi"] == "Mallinen"
    assert found[f"{name}.side.json"]["aside"] == {"together": True}
    assert (tmp_path / f"{name}.json").stat().st_mode & 0o077 == 0


def test_it_writes_the_newest_version_and_none_that_is_cancelled(aino: User, veera: Client, tmp_path: Path) -> None:
    document, other = note(aino, veera), note(aino, veera)
    cancel(aino, other, "Väärä asiakas.")
    written = save_text(aino, document, Text(NOTE, {"together": False}), correct(aino, document).saves)
    finish(aino, document, written.saves, reason="Kirjaus oli toisesta päivästä.")
    sides = [found for name, found in hand_over(tmp_path).items() if name.endswith(".side.json")]
    assert [(side["document"], side["version"]) for side in sides] == [(document.pk, 2)]


def test_it_leaves_drafts_here(aino: User, veera: Client, tmp_path: Path) -> None:
    begin(aino, veera, "19013", text=Text(NOTE, {}))
    assert hand_over(tmp_path) == {}


def test_it_tells_of_the_disclosure(aino: User, veera: Client, tmp_path: Path) -> None:
    note(aino, veera)
    hand_over(tmp_path)
    assert TakingOut.objects.count() == 1
    assert SecurityEvent.objects.get(kind="exported").facts == {"documents": 1}


def test_it_takes_one_structure(aino: User, veera: Client, tmp_path: Path) -> None:
    note(aino, veera)
    assert hand_over(tmp_path, structure="15020") == {}


def test_it_ends_with_an_error_when_one_is_not_valid(aino: User, tmp_path: Path, kuopio: Municipality) -> None:
    without_code = make_client(kuopio, code="", given_names="Ilman", family_name="Tunnusta")
    content = {"asuminen": {"vakinainen": True}}
    finish(aino, begin(aino, without_code, "1012", text=Text(content, {})), 0)
    with pytest.raises(CommandError, match="Not all"):
        hand_over(tmp_path)


def test_it_says_when_there_is_no_such_municipality(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="999"):
        call_command("documents", kunta="999", out=tmp_path)
