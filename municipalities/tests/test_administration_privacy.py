"""Nothing personal in addresses, titles and logs of Ylläpito; what is personal is on the page only."""

import logging
import re

import pytest
from django.test import Client as Browser

from accounts.models import User
from municipalities.models import Membership
from testing.people import SignIn

SECRETS = ["Eetu", "Esimerkki", "eetu@", "Uusi", "Näytekoski", "uusi@"]


@pytest.fixture
def visited(
    signed_in: SignIn, paula: User, eetu: User, sirkka: User, caplog: pytest.LogCaptureFixture
) -> list[tuple[str, str]]:
    """The address and title of each page on an admin's way through inviting, changing and deactivating."""
    browser = signed_in(paula)
    person = f"/297/yllapito/kayttajat/{eetu.pk}/"
    role = Membership.objects.get(user=eetu).pk
    seen = []
    with caplog.at_level(logging.INFO), caplog.at_level(logging.WARNING, logger="django.request"):
        for path in ("/297/yllapito/kayttajat/", "/297/yllapito/kayttajat/kutsu/", person, f"{person}rooli/"):
            seen.append(look(browser, path))
        for path in (f"{person}rooli/{role}/paata/", f"{person}rooli/{role}/yksikko/", f"{person}pois/"):
            seen.append(look(browser, path))
        invitation = {
            "email": "uusi@kuopio.example",
            "name": "Uusi Näytekoski",
            "role": "admin",
            "starts": "13.11.2018",
        }
        invitation["reason"] = "Sijainen"
        answer = browser.post("/297/yllapito/kayttajat/kutsu/", invitation)
        seen.append(look(browser, answer["Location"]))
        for what in ("linkki/", "pois/", "kayttoon/"):
            answer = browser.post(person + what, {"reason": "Pyydetty"})
            seen.append(look(browser, answer["Location"]))
        browser.get("/297/yllapito/kayttajat/999999/")
    return seen


def look(browser: Browser, path: str) -> tuple[str, str]:
    answer = browser.get(path)
    assert answer.status_code == 200
    title = re.search(r"<title>(.*?)</title>", answer.content.decode(), re.DOTALL)
    assert title
    return path, title.group(1)


def test_addresses_and_titles_name_nobody(visited: list[tuple[str, str]]) -> None:
    for address, title in visited:
        assert not [secret for secret in SECRETS if secret in address or secret in title]


def test_logs_name_nobody(visited: list[tuple[str, str]], caplog: pytest.LogCaptureFixture) -> None:
    said = "\n".join(record.getMessage() for record in caplog.get_records("setup") if record.levelno >= logging.INFO)
    assert "Not Found" in said, "the log was listened to"
    assert not [secret for secret in SECRETS if secret in said]
