"""The people who sign in to the demo."""

import datetime
from dataclasses import dataclass
from typing import Final

from django.contrib.auth.hashers import make_password
from django.utils.translation import override

from accounts.models import User
from demo.scale import KANGASALA, KEMIJARVI, KUOPIO, RAISIO, TAMPERE, TORNIO
from municipalities.models import Membership, Municipality, Role, Unit

PASSWORD: Final = "osallistava-demo"  # noqa: S105 - said to everybody who starts the demo
FIRST_EMAIL: Final = "aino@kuopio.example"

SOUTH, NORTH, YOUNG = "Eteläinen tiimi", "Pohjoinen tiimi", "Nuorten tiimi"
EAST, WEST, YOUNG_ADULTS = "Itäinen tiimi", "Läntinen tiimi", "Nuorten aikuisten tiimi"
UNITS: Final = {KUOPIO: (SOUTH, NORTH, YOUNG), TAMPERE: (EAST, WEST, YOUNG_ADULTS)}

TITLES: Final = {
    Role.SOCIAL_WORKER: "sosiaalityöntekijä",
    Role.SOCIAL_COUNSELLOR: "sosiaaliohjaaja",
    Role.SUPERVISOR: "johtava sosiaalityöntekijä",
    Role.COORDINATOR: "koordinaattori",
    Role.ADMIN: "pääkäyttäjä",
    Role.RESEARCHER: "tutkija",
}
DOMAINS: Final = {
    KANGASALA: "kangasala",
    KUOPIO: "kuopio",
    KEMIJARVI: "kemijarvi",
    RAISIO: "raisio",
    TAMPERE: "tampere",
    TORNIO: "tornio",
}
WORKER, COUNSELLOR = Role.SOCIAL_WORKER, Role.SOCIAL_COUNSELLOR


@dataclass(frozen=True, slots=True)
class Account:
    """`share` of the unit's work; `shown` in the terminal."""

    login: str
    name: str
    role: Role
    municipality: int | None
    unit: str = ""
    share: float = 1
    shown: bool = True
    language: str = "fi"

    @property
    def email(self) -> str:
        return f"{self.login}@{DOMAINS[self.municipality] if self.municipality else 'thl'}.example"


ACCOUNTS: Final = (
    Account("aino", "Aino Demolainen", WORKER, KUOPIO, SOUTH, share=5),
    Account("eetu", "Eetu Esimerkki", COUNSELLOR, KUOPIO, NORTH, share=2),
    Account("sirkka", "Sirkka Mallikas", Role.SUPERVISOR, KUOPIO),
    Account("kaisa", "Kaisa Kuvittelu", Role.COORDINATOR, KUOPIO),
    Account("paula", "Paula Paperinen", Role.ADMIN, KUOPIO),
    Account("helka", "Helka Harjula-Demo", COUNSELLOR, KUOPIO, SOUTH, shown=False),
    Account("vuokko", "Vuokko Viitteellinen", WORKER, KUOPIO, NORTH, shown=False),
    Account("teemu", "Teemu Testimaa", COUNSELLOR, KUOPIO, YOUNG, shown=False),
    Account("olli", "Olli Harjoitus", WORKER, TAMPERE, EAST, share=1.4),
    Account("taina", "Taina Tavallinen", Role.SUPERVISOR, TAMPERE),
    Account("kimmo", "Kimmo Kuvitelma", Role.COORDINATOR, TAMPERE),
    Account("paivi", "Päivi Pilotti", Role.ADMIN, TAMPERE),
    Account("anni", "Anni Alkutesti", COUNSELLOR, TAMPERE, EAST, shown=False),
    Account("jorma", "Jorma Jaksonen", WORKER, TAMPERE, WEST, shown=False),
    Account("linnea", "Linnea Provström", WORKER, TAMPERE, WEST, shown=False, language="sv"),
    Account("miro", "Miro Mallila", COUNSELLOR, TAMPERE, YOUNG_ADULTS, shown=False),
    Account("noora", "Noora Näytelä", WORKER, TAMPERE, YOUNG_ADULTS, shown=False),
    Account("kerttu", "Kerttu Kokeilu", WORKER, KANGASALA),
    Account("kalle", "Kalle Koordinaatti", Role.COORDINATOR, KANGASALA, shown=False),
    Account("pirkko", "Pirkko Paperila", Role.ADMIN, KANGASALA, shown=False),
    Account("laila", "Laila Lumidemo", WORKER, KEMIJARVI),
    Account("kaarlo", "Kaarlo Kuvio", Role.COORDINATOR, KEMIJARVI, shown=False),
    Account("pasi", "Pasi Pohjamalli", Role.ADMIN, KEMIJARVI, shown=False),
    Account("raija", "Raija Rantatesti", WORKER, RAISIO),
    Account("karin", "Karin Exempelholm", Role.COORDINATOR, RAISIO, shown=False, language="sv"),
    Account("petri", "Petri Pohjustus", Role.ADMIN, RAISIO, shown=False),
    Account("tyyne", "Tyyne Tyyppila", WORKER, TORNIO),
    Account("kirsi", "Kirsi Kuvaaja", Role.COORDINATOR, TORNIO, shown=False),
    Account("pia", "Pia Paikkanen", Role.ADMIN, TORNIO, shown=False),
    Account("tutki", "Tutki Testilä", Role.RESEARCHER, None),
)
INSTALLATION_ADMIN: Final = ("iida@asennus.example", "Iida Asentaja")


@dataclass(frozen=True, slots=True)
class Person:
    user: User
    account: Account
    unit: Unit | None


@dataclass(frozen=True, slots=True)
class Staff:
    """The people of one municipality: workers with their units, and the supervisor where there is one."""

    workers: tuple[Person, ...]
    supervisor: User | None
    units: dict[str, Unit]

    def in_unit(self, unit: Unit | None) -> tuple[Person, ...]:
        return tuple(worker for worker in self.workers if worker.unit == unit) or self.workers


def make_people(started: datetime.date) -> dict[int, Staff]:
    """Users, units and memberships that have been in force since `started`; the staff of each municipality."""
    units = make_units()
    password = make_password(PASSWORD)
    people = [Person(make_user(one, password), one, units.get((one.municipality or 0, one.unit))) for one in ACCOUNTS]
    email, name = INSTALLATION_ADMIN
    User.objects.create(email=email, name=name, password=password, is_installation_admin=True)
    Membership.objects.bulk_create(
        Membership(
            user=one.user,
            municipality_id=one.account.municipality,
            role=one.account.role,
            unit=one.unit,
            starts=started,
        )
        for one in people
    )
    return {code: staff_of(code, people, units) for code in DOMAINS}


def make_units() -> dict[tuple[int, str], Unit]:
    return {
        (municipality, name): Unit.objects.get_or_create(municipality_id=municipality, name=name)[0]
        for municipality, names in UNITS.items()
        for name in names
    }


def make_user(account: Account, password: str) -> User:
    return User.objects.create(
        email=account.email,
        name=account.name,
        title=TITLES[account.role],
        language=account.language,
        password=password,
    )


def staff_of(code: int, people: list[Person], units: dict[tuple[int, str], Unit]) -> Staff:
    here = [one for one in people if one.account.municipality == code]
    return Staff(
        workers=tuple(one for one in here if one.account.role in (WORKER, COUNSELLOR)),
        supervisor=next((one.user for one in here if one.account.role == Role.SUPERVISOR), None),
        units={name: unit for (municipality, name), unit in units.items() if municipality == code},
    )


def accounts_text() -> str:
    """What the terminal says of whom one can sign in as."""
    names = dict(Municipality.objects.filter(pk__in=DOMAINS).values_list("pk", "name_fi"))
    with override("en"):
        rows = [
            (one.email, names.get(one.municipality or 0, "THL"), str(one.role.label)) for one in ACCOUNTS if one.shown
        ]
    rows.append((INSTALLATION_ADMIN[0], "all municipalities", "installation admin"))
    width = max(len(email) for email, _, _ in rows)
    lines = [f"  {email:<{width}}  {place}, {role}" for email, place, role in rows]
    return "\n".join([f"Sign in with one of these, each with the password {PASSWORD}", *lines])
