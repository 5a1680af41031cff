import pytest
from django.test import Client as Browser

from accounts.models import User

PASSWORD = "korkea kuusi metsän reunassa"


@pytest.fixture
def password() -> str:
    return PASSWORD


@pytest.fixture
def aino(aino: User) -> User:
    """Aino with a password."""
    aino.set_password(PASSWORD)
    aino.save()
    return aino


@pytest.fixture
def browser() -> Browser:
    return Browser(enforce_csrf_checks=False)
