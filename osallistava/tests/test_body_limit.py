"""Nobody fills the disk: what is too large is refused before it is read."""

from typing import Any

import pytest
from django.test import Client as Browser

from accounts.models import User
from testing.people import SignIn

MIB = 1024 * 1024
INSTALLATION = "/asennus/erat/00000000-0000-0000-0000-000000000001/korjattu/"


class NotRead:
    """A body that must stay unread."""

    def read(self, *_size: int) -> bytes:
        raise AssertionError("the body was read")

    readline = read


def send(browser: Browser, path: str, size: int) -> Any:
    environment: dict[str, Any] = {
        "CONTENT_LENGTH": str(size),
        "CONTENT_TYPE": "multipart/form-data; boundary=x",
        "wsgi.input": NotRead(),
    }
    return browser.generic("POST", path, **environment)


@pytest.mark.parametrize("path", ["/kirjaudu/", "/istunto/kirjaudu/", "/kieli/"])
def test_a_stranger_sends_no_files(db: None, path: str) -> None:
    answer = send(Browser(enforce_csrf_checks=True), path, 6 * MIB)
    assert answer.status_code == 413
    assert "Lähetys on liian suuri" in answer.content.decode()


@pytest.mark.parametrize("path", ["/297/erat/tuo/", INSTALLATION])
def test_who_is_not_signed_in_is_asked_to_before_anything_is_read(db: None, path: str) -> None:
    answer = send(Browser(enforce_csrf_checks=True), path, 200 * MIB)
    assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, "/kirjaudu/")


def test_who_imports_no_batches_sends_no_files(signed_in: SignIn, aino: User, paula: User) -> None:
    assert send(signed_in(aino), "/297/erat/tuo/", 200 * MIB).status_code == 403
    assert send(signed_in(paula), "/837/erat/tuo/", 200 * MIB).status_code == 404
    assert (
        send(signed_in(paula), "/asennus/erat/00000000-0000-0000-0000-000000000001/korjattu/", 200 * MIB).status_code
        == 403
    )


def test_a_long_paste_reaches_its_form(signed_in: SignIn, aino: User) -> None:
    """Which has words of its own for a text that is too long; Django's own limit would be half of ours."""
    assert signed_in(aino).post("/297/asiakkaat/uusi/", {"last_name": "x" * 3 * MIB}).status_code == 200


def test_only_the_page_of_the_batches_takes_large_files(signed_in: SignIn, paula: User) -> None:
    browser = signed_in(paula)
    assert send(browser, "/297/yllapito/yksikot/", 6 * MIB).status_code == 413
    assert send(browser, "/297/erat/tuo/", 1025 * MIB).status_code == 413
    with pytest.raises(AssertionError, match="the body was read"):
        send(browser, "/297/erat/tuo/", 200 * MIB)
