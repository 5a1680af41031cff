"""After signing out, the browser's own memory gives nothing back."""

import pytest

from accounts.models import User
from testing.people import SignIn


@pytest.mark.parametrize("path", ["/tili/", "/tili/istunnot/", "/asennus/", "/asennus/kunnat/297/"])
def test_no_page_of_somebody_signed_in_stays_in_the_browser(signed_in: SignIn, iida: User, path: str) -> None:
    answer = signed_in(iida).get(path)
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
