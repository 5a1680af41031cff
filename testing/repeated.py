"""A page that asks the database again for each row of a list fails the test that opened it (django-zeal).

The ceilings on the statements of a page hold what somebody thought of; this finds the same question, asked twice from
one line, on any page that any test opens with two rows.
"""

import sysconfig
from collections.abc import Generator
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parent.parent
ALLOWED: Final = {
    ("etotu/repair/verbs.py", "claim_open"): "a row is locked to be saved, and again to be let on",
    ("municipalities/rows.py", "own_row"): "a row is read again when somebody has changed it meanwhile",
    ("accounts/people.py", "end_sessions"): "every session of one person is ended by allauth, which reads it first",
    ("cases/access/refused.py", "__call__"): "behind the last middleware allauth reads sessions one by one",
    ("accounts/second_step.py", "second_step"): "allauth, which it lets on to, reads sessions one by one",
    ("accounts/middleware.py", "__call__"): "Django asks once more for a session that has been ended",
}
"""Who may ask again, by file and function, with the reason."""
ONE_BY_ONE: Final = {
    ("cases/matters/several.py", "for_each"): "each matter is changed by itself",
    ("cases/matters/changing.py", "changing"): "a matter that is changed is locked, read and settled for that",
}
"""Within these everybody may."""

Frame = tuple[str, int, str]


@pytest.fixture(scope="session", autouse=True)
def _watch_repeated_queries(_settings_of_the_tests: None) -> Generator[None]:
    from django.conf import settings
    from django.test import override_settings
    from zeal import listeners, util
    from zeal.constants import initialize_app_registry
    from zeal.patch import patch

    alert, internal = listeners.NPlusOneListener._alert, util._is_internal_frame
    listeners.NPlusOneListener._alert = lambda self, model, field, words, calls: (
        not is_allowed(calls[-1]) and alert(self, model, field, words, calls)
    )
    # the line of a `with` or of a decorator is nobody's question
    library = sysconfig.get_paths()["stdlib"]
    util._is_internal_frame = lambda name: internal(name) or name.startswith(library)
    initialize_app_registry()
    patch()
    # before all others: what they ask is watched too
    watched = ["zeal.middleware.zeal_middleware", *settings.MIDDLEWARE]
    with override_settings(MIDDLEWARE=watched, ZEAL_SHOW_ALL_CALLERS=True):
        yield


def is_allowed(stack: list[Frame]) -> bool:
    """`stack` begins with the line that asks."""
    places = [(file.removeprefix(f"{ROOT}/"), function) for file, _line, function in stack]
    return places[0] in ALLOWED or any(place in ONE_BY_ONE for place in places)
