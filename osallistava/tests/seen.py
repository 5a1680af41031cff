"""Each page of the program as its people see it: an answer for every template that is a page."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final
from zlib import crc32

from django.conf import settings
from django.http import HttpResponse
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from cases.models import Letter, Matter, MatterKind
from desk.tests.filled import fill
from municipalities.models import Municipality, Role
from osallistava.tests.permission_matrix import (
    ADMIN,
    CASEWORK,
    INSTALLATION,
    KEEPERS,
    MATRIX,
    OF_THE_PUBLISHED,
    PUBLIC,
    PUBLISHERS,
    READERS,
    REGISTER,
    SIGNED_IN,
    SUPERVISOR,
    example_kwargs,
)
from osallistava.tests.test_permissions import MUNICIPAL
from testing.clock import NOW
from testing.page_templates import pages
from testing.people import just_signed_in, person

PAGES: Final = pages()


def language_of(name: str) -> str:
    """Finnish or Swedish, by turns: the same in every run, and whatever pages are added."""
    return ("fi", "sv")[crc32(name.encode()) % 2]


@dataclass
class People:
    """The people whose pages are shown, with something to show on them."""

    kuopio: Municipality
    tampere: Municipality
    browsers: dict[int, Browser] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.sirkka = person("Sirkka Mallikas", "sirkka@kuopio.example", Role.SUPERVISOR, self.kuopio)
        self.paula = person("Paula Paperinen", "paula@kuopio.example", Role.ADMIN, self.kuopio)
        self.iida = person("Iida Asentaja", "iida@asennus.example", is_installation_admin=True)
        person("Olli Harjoitus", "olli@tampere.example", Role.SOCIAL_WORKER, self.tampere)
        self.kwargs = example_kwargs(self.kuopio, self.sirkka)
        self.client, self.matter = fill(self.kuopio, self.sirkka, self.tampere, NOW)

    @cached_property
    def letter(self) -> Letter:
        """One that awaits its answer, in a matter that may be closed without one."""
        letter = Letter.objects.get(pk=self.kwargs["letter_pdf"]["pk"])
        Matter.objects.filter(letters=letter).update(kind=MatterKind.REDUCED_AMOUNT)
        return letter

    def browser_of(self, user: User, language: str) -> Browser:
        User.objects.filter(pk=user.pk).update(language=language)
        if user.pk not in self.browsers:
            self.browsers[user.pk] = just_signed_in(user)
        return self.browsers[user.pk]

    def address(self, name: str) -> str:
        here = {"code": "297"} if name in MUNICIPAL else {}
        return reverse(name, kwargs=here | self.kwargs.get(name, {}))


@dataclass(frozen=True)
class Seen:
    answer: HttpResponse
    language: str

    @property
    def page(self) -> str | None:
        """The template that is the whole of it: of those that it stands on, the one that was asked for."""
        return next((one.name for one in self.answer.templates if one.name in PAGES), None)  # type: ignore[attr-defined]


Scene = Callable[[People, str], Any]
SCENES: dict[str, Scene] = {}
"""How one comes to what no address alone leads to: by template, or by words where a page has another face."""


def scene(name: str) -> Callable[[Scene], Scene]:
    def add(function: Scene) -> Scene:
        SCENES[name] = function
        return function

    return add


def everything_seen(people: People) -> dict[str, Seen]:
    """Each scene, and for each other page the first address that shows it."""
    found = {name: Seen(act(people, language_of(name)), language_of(name)) for name, act in SCENES.items()}
    for one in opened(people):
        if one.page:
            found.setdefault(one.page, one)
    return found


def opened(people: People) -> Iterator[Seen]:
    """Every address that can be opened, as somebody who may."""
    opens = {
        people.sirkka: (CASEWORK, READERS, OF_THE_PUBLISHED, PUBLISHERS, SUPERVISOR, SIGNED_IN),
        people.paula: (ADMIN, KEEPERS, REGISTER),
        people.iida: (INSTALLATION,),
    }
    for user, kinds in opens.items():
        for name in names_of(*kinds):
            language = language_of(name)
            yield Seen(people.browser_of(user, language).get(people.address(name)), language)  # type: ignore[arg-type]
    for name in names_of(PUBLIC):
        if name != "one_time_link":
            language = language_of(name)
            yield Seen(stranger(language).get(people.address(name)), language)  # type: ignore[arg-type]


def names_of(*kinds: frozenset[str]) -> list[str]:
    return [name for name, who in MATRIX.items() if who in kinds]


def stranger(language: str) -> Browser:
    browser = Browser()
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return browser
