"""Every page with axe, once: some in Finnish on a wide window, the others in Swedish on a narrow one."""

import pytest

from core.row_security import set_scope
from municipalities.models import Municipality
from osallistava.tests import scenes
from osallistava.tests.seen import PAGES, SCENES, People, Seen, everything_seen
from testing.axe import assert_accessible, assert_fits
from testing.stage import Stage

WIDTHS = {"fi": 1280, "sv": 360}
BROKEN = "50"  # these speak three languages at once


@pytest.fixture(scope="module")
def answers(module_db: None) -> dict[str, Seen]:
    """All pages, asked for once."""
    set_scope([297, 837])
    return everything_seen(People(Municipality.objects.get(pk=297), Municipality.objects.get(pk=837)))


def test_every_page_of_the_program_is_seen(answers: dict[str, Seen]) -> None:
    missing = sorted(PAGES - set(answers))
    assert not missing, f"{scenes.__name__} does not say how one comes to {', '.join(missing)}"


def test_each_scene_shows_its_page(answers: dict[str, Seen]) -> None:
    assert {name: answers[name].page for name in SCENES if name.partition(":")[0] != answers[name].page} == {}


@pytest.mark.browser
@pytest.mark.parametrize("name", sorted(PAGES | set(SCENES)))
def test_each_page_is_accessible(name: str, answers: dict[str, Seen], stage: Stage) -> None:
    seen = answers[name]
    page = stage.show(seen.answer, WIDTHS[seen.language])
    assert page.locator("html").get_attribute("lang") == ("fi" if name.startswith(BROKEN) else seen.language)
    assert_accessible(page)
    for width in WIDTHS.values():
        page.set_viewport_size({"width": width, "height": 900})
        assert_fits(page)
