"""A variable that a template names and nobody gave it fails the test that rendered it.

Django shows such a name as nothing, and `{% if %}`, `{% with %}` and `|default` take it for None: no test sees a slip
of the pen in a template. What may be there or not is given as None, so a name beyond None (`matter.assignee.name`) is
no slip. Templates of others (allauth, crispy, Django's widgets) are left alone.
"""

from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.template import Context, base
from django.templatetags.i18n import BlockTranslateNode

OURS = str(Path(__file__).resolve().parent.parent / "templates")
GIVEN_NOTHING = frozenset({"base_broken.html"})
"""What has to work when nothing else does, with whatever it is given."""
_found: list[str] = []
"""Kept rather than raised: `{% if %}` swallows what is raised, and a server of the tests runs beside them."""


def taken() -> list[str]:
    """What was missing since this was last asked, each once: template and variable."""
    found = sorted(set(_found))
    _found.clear()
    return found


def is_ours(origin: base.Origin | None) -> bool:
    """A file of templates/, or a text that a test wrote."""
    return origin is not None and str(origin.name).startswith((OURS, base.UNKNOWN_SOURCE))


def tell(origin: base.Origin | None, words: str) -> None:
    name = origin.template_name if origin else None
    if name in GIVEN_NOTHING:
        return
    _found.append(f"{name if isinstance(name, str) else 'a text of the test'}: {words}")


class WatchedVariable(base.Variable):
    """A variable that knows where it was written."""

    __slots__ = ("origin",)

    def __init__(self, var: str, origin: base.Origin | None) -> None:
        super().__init__(var)
        self.origin = origin

    def resolve(self, context: Any) -> Any:
        try:
            return super().resolve(context)
        except base.VariableDoesNotExist as missing:
            name, holder = missing.params
            if isinstance(holder, Context):
                tell(self.origin, str(self.var))
            elif holder is not None:
                tell(self.origin, f"{self.var} ({type(holder).__name__} has no {name})")
            raise


def watch_expressions(patch: pytest.MonkeyPatch) -> None:
    original = base.FilterExpression.__init__

    def init(self: Any, token: str, parser: base.Parser) -> None:
        original(self, token, parser)
        if not is_ours(parser.origin):
            return
        if self.is_var:
            self.var = WatchedVariable(self.var.var, parser.origin)
        self.filters = [(function, list(watched(arguments, parser.origin))) for function, arguments in self.filters]

    patch.setattr(base.FilterExpression, "__init__", init)


def watched(arguments: list[tuple[bool, Any]], origin: base.Origin | None) -> Iterator[tuple[bool, Any]]:
    """The arguments of a filter, those that are looked up among them."""
    for looked_up, argument in arguments:
        yield looked_up, WatchedVariable(argument.var, origin) if looked_up else argument


def watch_translations(patch: pytest.MonkeyPatch) -> None:
    """The names within `{% blocktranslate %}` are looked up by the tag itself."""
    original = BlockTranslateNode.render

    def render(self: Any, context: Context, nested: bool = False) -> Any:
        if is_ours(self.origin):
            given = {*context.flatten(), *self.extra_context, self.countervar}
            for text in (self.singular, self.plural or []):
                for name in set(self.render_token_list(text)[1]) - given:
                    tell(self.origin, name)
        return original(self, context, nested)

    patch.setattr(BlockTranslateNode, "render", render)


def pytest_configure() -> None:
    patch = pytest.MonkeyPatch()
    watch_expressions(patch)
    watch_translations(patch)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Generator[None, Any, Any]:
    try:
        result = yield
    finally:
        found = taken()
    if found:
        pytest.fail("A template names what it was not given:\n" + "\n".join(found), pytrace=False)
    return result
