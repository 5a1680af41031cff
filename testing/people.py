"""The people of the tests (`aino` and the others) and the municipalities they work in."""

from collections.abc import Callable

import pytest
from allauth.account.internal.flows.login import record_authentication
from django.db import connection
from django.http import HttpRequest
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from core.row_security import set_scope
from municipalities.models import Membership, Municipality, Role, Unit


@pytest.fixture
def kuopio(db: None) -> Municipality:
    """Kuopio, and the scope of the test's transaction set to it."""
    municipality = Municipality.objects.get(pk=297)
    set_scope([municipality.pk])
    return municipality


@pytest.fixture
def tampere(db: None) -> Municipality:
    return Municipality.objects.get(pk=837)


@pytest.fixture
def southern(kuopio: Municipality) -> Unit:
    return Unit.objects.create(municipality=kuopio, name="Eteläinen tiimi")


@pytest.fixture
def northern(kuopio: Municipality) -> Unit:
    return Unit.objects.create(municipality=kuopio, name="Pohjoinen tiimi")


def person(
    name: str,
    email: str,
    role: str | None = None,
    municipality: Municipality | None = None,
    unit: Unit | None = None,
    **fields: object,
) -> User:
    """Make a user with a membership that has been in force since the trial began."""
    user = User.objects.create_user(email, None, name=name, **fields)
    if role:
        Membership.objects.create(user=user, municipality=municipality, role=role, unit=unit, starts="2018-01-01")
    return user


@pytest.fixture
def aino(kuopio: Municipality, southern: Unit) -> User:
    """Social worker, Kuopio."""
    return person(
        "Aino Demolainen", "aino@kuopio.example", Role.SOCIAL_WORKER, kuopio, southern, title="sosiaalityöntekijä"
    )


@pytest.fixture
def eetu(kuopio: Municipality, northern: Unit) -> User:
    """Social counsellor, Kuopio, in another unit."""
    return person(
        "Eetu Esimerkki", "eetu@kuopio.example", Role.SOCIAL_COUNSELLOR, kuopio, northern, title="sosiaaliohjaaja"
    )


@pytest.fixture
def leo(kuopio: Municipality, southern: Unit) -> User:
    """Social worker, Kuopio, in Aino's unit: sees the matters on its desk, and decides on none that is Aino's."""
    return person(
        "Leo Luettelo", "leo@kuopio.example", Role.SOCIAL_WORKER, kuopio, southern, title="sosiaalityöntekijä"
    )


@pytest.fixture
def ulla(kuopio: Municipality) -> User:
    """Social worker, Kuopio, in a unit to which nothing comes: has a relation to nobody."""
    eastern = Unit.objects.create(municipality=kuopio, name="Itäpuolen tiimi")
    return person(
        "Ulla Uusikko", "ulla@kuopio.example", Role.SOCIAL_WORKER, kuopio, eastern, title="sosiaalityöntekijä"
    )


@pytest.fixture
def kaisa(kuopio: Municipality) -> User:
    """Coordinator, Kuopio."""
    return person("Kaisa Kuvittelu", "kaisa@kuopio.example", Role.COORDINATOR, kuopio, title="koordinaattori")


@pytest.fixture
def sirkka(kuopio: Municipality) -> User:
    """Supervisor, Kuopio."""
    return person(
        "Sirkka Mallikas", "sirkka@kuopio.example", Role.SUPERVISOR, kuopio, title="johtava sosiaalityöntekijä"
    )


@pytest.fixture
def paula(kuopio: Municipality) -> User:
    """Admin, Kuopio."""
    return person("Paula Paperinen", "paula@kuopio.example", Role.ADMIN, kuopio, title="pääkäyttäjä")


@pytest.fixture
def olli(tampere: Municipality) -> User:
    """Social worker, Tampere."""
    return person("Olli Harjoitus", "olli@tampere.example", Role.SOCIAL_WORKER, tampere, title="sosiaalityöntekijä")


@pytest.fixture
def tutki(db: None) -> User:
    """Researcher."""
    return person("Tutki Testilä", "tutki@thl.example", Role.RESEARCHER, title="tutkija")


@pytest.fixture
def iida(db: None) -> User:
    """Installation admin."""
    return person("Iida Asentaja", "iida@asennus.example", is_installation_admin=True)


SignIn = Callable[[User], Browser]


def just_signed_in(user: User) -> Browser:
    """A browser as the page of signing in leaves it: who has just given the password is not asked for it again."""
    browser = Browser()
    browser.force_login(user)
    session = browser.session
    request = HttpRequest()
    request.session = session
    record_authentication(request, user, method="password")
    session.save()
    return browser


@pytest.fixture
def signed_in(db: None) -> SignIn:
    """A browser in which somebody has signed in: `signed_in(aino).get("/297/")`."""
    return just_signed_in


QueryCount = Callable[[Callable[[], object]], int]


@pytest.fixture
def query_count(db: None) -> QueryCount:
    """How many statements a call sends, all of them counted: begin, scope, session, user and log too."""

    def count(call: Callable[[], object]) -> int:
        with CaptureQueriesContext(connection) as captured:
            call()
        return len(captured)

    return count
