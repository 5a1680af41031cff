"""The file of a matter is the same whether its parts came with the matter or were read one by one."""

from types import SimpleNamespace
from typing import Any, cast

import pytest
from django.db.models import Model

from accounts.models import User
from cases.matters.file import MatterFile, with_parts
from cases.models import Matter
from desk.matter.sections import Opened, sections
from desk.tests.filled import fill
from municipalities.models import Municipality
from municipalities.requests import MunicipalRequest
from testing.clock import NOW

pytestmark = pytest.mark.django_db

PARTS = {
    "deadlines": (),
    "requests": ("by",),
    "transfer": ("other",),
    "handovers": ("partner",),
    "letters": ("made_by", "sent_by"),
    "appointments": ("worker",),
}


def values(row: Model, related: tuple[str, ...]) -> dict[str, Any]:
    own = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return own | {name: str(getattr(row, name) or "") for name in related}


@pytest.mark.parametrize("part", PARTS)
def test_what_came_with_the_matter_is_what_would_be_read(
    kuopio: Municipality, tampere: Municipality, aino: User, olli: User, part: str
) -> None:
    _client, matter = fill(kuopio, aino, tampere, NOW)
    read = getattr(MatterFile(Matter.objects.get(pk=matter.pk)), part)
    brought = getattr(MatterFile(with_parts(Matter.objects.filter(pk=matter.pk)).get()), part)
    alone = part == "transfer"
    rows, others = ([read], [brought]) if alone else (read, brought)
    assert rows
    assert [values(row, PARTS[part]) for row in others] == [values(row, PARTS[part]) for row in rows]


def test_a_row_that_came_with_the_matter_can_be_changed_and_is_not_stored_twice(
    kuopio: Municipality, tampere: Municipality, aino: User, olli: User
) -> None:
    _client, matter = fill(kuopio, aino, tampere, NOW)
    letter = MatterFile(with_parts(Matter.objects.filter(pk=matter.pk)).get()).letters[0]
    letter.subject = "Toinen otsikko"
    letter.save()
    stored = MatterFile(matter).letters
    assert [row.subject for row in stored if row.pk == letter.pk] == ["Toinen otsikko"]


def test_the_filled_matter_has_something_in_every_section(
    kuopio: Municipality, tampere: Municipality, aino: User, olli: User
) -> None:
    """Or the statements that are counted with it would not be all."""
    _client, matter = fill(kuopio, aino, tampere, NOW)
    request = cast("MunicipalRequest", SimpleNamespace(user=aino, municipality=kuopio))
    opened = Opened(request, MatterFile(matter), revealed=False)
    assert [one.template for one in sections() if not one.part(opened)] == []
