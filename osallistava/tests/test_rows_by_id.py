"""From the id in a path to a row there is one way for what belongs to a client, and one for what does not."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.db.models import ForeignKey, Model

from cases.models import Client
from cases.models.owned import ClientOwnedQuerySet
from osallistava.tests.layers import RANKS, ROOT

WAYS = {"cases/access/reads.py", "municipalities/rows.py"}
OTHERWISE = {
    "desk/client/new_matter.py": "a client without a relation whose personal identity code has just been given",
    "etotu/installation/answers.py": "a batch, for the admin of the installation",
    "municipalities/place.py": "people and roles, for both kinds of admin",
}
FROM_THE_PATH = {"pk", "public_id", "number"}


def fetches(source: str) -> Iterator[str]:
    """Calls that look a row up by what the path gave."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        given = {getattr(word.value, "id", "") for word in node.keywords if word.arg in {"pk", "id", "public_id"}}
        if name == "get_object_or_404" or (name in {"get", "filter"} and given & FROM_THE_PATH):
            yield ast.unparse(node)


def pages() -> Iterator[tuple[str, str]]:
    """The modules that answer requests of a municipality."""
    for path in sorted(found for app in RANKS for found in (ROOT / app).rglob("*.py")):
        if not {"tests", "migrations"} & set(path.parts):
            source = path.read_text()
            if "MunicipalRequest" in source:
                yield str(path.relative_to(ROOT)), source


def test_no_page_looks_up_a_row_by_itself() -> None:
    found = {path: list(fetches(source)) for path, source in pages() if path not in WAYS | OTHERWISE.keys()}
    assert {path: calls for path, calls in found.items() if calls} == {}


def test_what_is_done_otherwise_is_still_done() -> None:
    assert [path for path in OTHERWISE if not list(fetches(Path(ROOT / path).read_text()))] == []


def owned_models() -> list[tuple[type[Model], ClientOwnedQuerySet[Model]]]:
    found = ((model, model._default_manager.all()) for model in apps.get_models())
    return [(model, rows) for model, rows in found if isinstance(rows, ClientOwnedQuerySet)]


def test_what_belongs_to_a_client_says_by_which_way() -> None:
    assert owned_models()
    for model, rows in owned_models():
        at: type[Model] = model
        for name in filter(None, rows.to_client.split("__")):
            field = at._meta.get_field(name)
            assert isinstance(field, ForeignKey), (model, name)
            at = field.related_model
        assert at is Client, model


def test_every_row_with_a_client_belongs_to_one() -> None:
    """A model that points at a client and is not fenced by `visible_to` would be open to the whole municipality."""
    fenced = {model for model, _ in owned_models()}
    pointing = {
        model
        for model in apps.get_models()
        if not model._meta.model_name.endswith("history")  # type: ignore[union-attr]
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey) and field.related_model is Client
    }
    assert pointing - fenced == set()
