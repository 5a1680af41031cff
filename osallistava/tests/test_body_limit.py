"""Nobody fills the disk: what is too large is refused before it is read."""

from typing import Any

import pytest
from django.test import Client as Browser

from accounts.models import User
from testing.people import SignIn

MIB = 1024 * 1024


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
    assert "Tiedosto on liian suuri" in answer.content.decode()


def test_only_the_page_of_the_batches_takes_large_files(signed_in: SignIn, paula: User) -> None:
    browser = signed_in(paula)
    assert send(browser, "/297/yllapito/yksikot/", 6 * MIB).status_code == 413
    assert send(browser, "/297/erat/tuo/", 1025 * MIB).status_code == 413
    with pytest.raises(AssertionError, match="the body was read"):
        send(browser, "/297/erat/tuo/", 200 * MIB)
