import pytest
from celery import current_app

from accounts.models import User
from municipalities.models import Municipality, Role
from testing.people import person


@pytest.fixture
def pekka(kuopio: Municipality) -> User:
    """Another admin of Kuopio, there from the beginning."""
    return person("Pekka Paperinen", "pekka@kuopio.example", Role.ADMIN, kuopio)


@pytest.fixture
def notices(monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker sends notices at once."""
    from accounts import tasks

    monkeypatch.setattr(current_app, "send_task", lambda _name, args: tasks.send_notice(*args))
