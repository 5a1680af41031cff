"""What a municipality chooses: saved with its log, refused to a later save, and followed by the deadlines."""

import datetime
from typing import Any

import pytest
from django.utils import translation

from accounts.models import User
from cases.local_settings import change_settings
from cases.matters import life as matters
from cases.matters.file import MatterFile
from cases.models import Matter, MatterKind
from core.saving import ChangedMeanwhile
from desk.matter.deadline import main_deadline
from desk.settings.form import FIELDS
from municipalities.models import AdminAction, LocalSettings, Municipality
from municipalities.models.local_settings import Reading
from testing.clock import at
from testing.factories import make_client, make_matter
from testing.people import SignIn

ARRIVED = datetime.date(2018, 12, 14)
STRICT, WIDE = datetime.date(2018, 12, 27), datetime.date(2018, 12, 28)
ADDRESS = "/297/yllapito/asetukset/"
pytestmark = pytest.mark.at("2018-12-17")


@pytest.fixture
def application(kuopio: Municipality) -> Matter:
    return make_matter(make_client(kuopio), arrived=ARRIVED)


def choose(paula: User, kuopio: Municipality, **values: Any) -> list[str]:
    return change_settings(paula, kuopio, LocalSettings.objects.of(kuopio).version, values)


def due_days(matter: Matter) -> tuple[datetime.date | None, set[datetime.date]]:
    matter.refresh_from_db()
    return matter.due, {d.due for d in matter.deadlines.all()}


def posted(**changes: Any) -> dict[str, Any]:
    return {
        "version": "1",
        "attempts_before_letter": "3",
        "silent_days": "30",
        "partner_silent_days": "30",
        "return_days": "10",
        "return_days_urgent": "1",
        "held_per_week": "15",
        "working_days": "strict",
        "kela_days": ["1", "2", "3", "4", "5"],
        "letter_sender": "",
        "letter_contact": "",
    } | changes


class TestReading:
    def test_a_matter_opened_under_the_wide_reading_shows_the_wide_day(
        self, aino: User, paula: User, kuopio: Municipality
    ) -> None:
        choose(paula, kuopio, working_days=Reading.WIDE)
        matter = matters.open_matter(
            aino, kuopio, make_client(kuopio), kind=MatterKind.APPLICATION, source="paper", arrived=ARRIVED
        )
        [deadline] = matter.deadlines.all()
        assert (deadline.due, deadline.outer) == (WIDE, WIDE)

    def test_the_choice_moves_running_deadlines_there_and_back(
        self, paula: User, kuopio: Municipality, application: Matter
    ) -> None:
        assert due_days(application) == (STRICT, {STRICT})
        choose(paula, kuopio, working_days=Reading.WIDE)
        assert due_days(application) == (WIDE, {WIDE})
        choose(paula, kuopio, working_days=Reading.STRICT)
        assert due_days(application) == (STRICT, {STRICT})

    def test_what_is_late_stays_late(self, paula: User, kuopio: Municipality, application: Matter) -> None:
        with at(WIDE):
            choose(paula, kuopio, working_days=Reading.WIDE)
        assert due_days(application) == (STRICT, {STRICT})

    def test_nothing_becomes_late_by_the_choice(self, paula: User, kuopio: Municipality, application: Matter) -> None:
        choose(paula, kuopio, working_days=Reading.WIDE)
        with at(WIDE):
            choose(paula, kuopio, working_days=Reading.STRICT)
        assert due_days(application) == (WIDE, {WIDE})

    def test_met_deadlines_and_closed_matters_stay(
        self, aino: User, paula: User, kuopio: Municipality, application: Matter
    ) -> None:
        matters.close(aino, application, "support_granted")
        choose(paula, kuopio, working_days=Reading.WIDE)
        assert due_days(application) == (None, {STRICT})

    def test_another_municipality_keeps_its_reading(
        self, paula: User, kuopio: Municipality, tampere: Municipality, application: Matter
    ) -> None:
        change_settings(paula, tampere, 1, {"working_days": Reading.WIDE})
        assert due_days(application) == (STRICT, {STRICT})

    def test_the_words_and_the_strip_tell_the_reading(
        self, paula: User, kuopio: Municipality, application: Matter
    ) -> None:
        with translation.override("en"):
            strict = main_deadline(MatterFile(application))
            choose(paula, kuopio, working_days=Reading.WIDE)
            wide = main_deadline(MatterFile(Matter.objects.get(pk=application.pk)))
        assert strict
        assert wide
        assert "If the eve is not counted" in strict.outer
        assert "so the municipality has chosen" in wide.outer
        assert [cell.number for cell in strict.days if cell.kind == "end"] == [7]
        assert [cell.number for cell in wide.days if cell.kind == "end"] == [7]


class TestChanging:
    def test_only_what_differs_is_logged(self, paula: User, kuopio: Municipality) -> None:
        assert choose(paula, kuopio, silent_days=30, attempts_before_letter=4) == ["attempts_before_letter"]
        [action] = AdminAction.objects.filter(municipality=kuopio)
        assert (action.kind, action.actor, action.details) == (
            "changed_settings",
            paula,
            {"fields": ["attempts_before_letter"]},
        )

    def test_nothing_new_writes_nothing(self, paula: User, kuopio: Municipality) -> None:
        assert choose(paula, kuopio, silent_days=30) == []
        assert not AdminAction.objects.filter(municipality=kuopio).exists()
        assert LocalSettings.objects.of(kuopio).version == 1

    def test_a_later_save_from_an_older_page_is_refused(self, paula: User, kuopio: Municipality) -> None:
        change_settings(paula, kuopio, 1, {"silent_days": 20})
        with pytest.raises(ChangedMeanwhile):
            change_settings(paula, kuopio, 1, {"silent_days": 40})
        assert LocalSettings.objects.of(kuopio).silent_days == 20

    def test_the_attempts_before_closing_as_not_reached_are_the_municipalitys(
        self, aino: User, paula: User, kuopio: Municipality
    ) -> None:
        choose(paula, kuopio, attempts_before_letter=5)
        matter = make_matter(make_client(kuopio), MatterKind.SOCIAL_WORK_NEED, assignee=aino)
        with translation.override("en"), pytest.raises(Exception, match="after 5 attempts"):
            matters.close(aino, matter, "not_reached")


class TestPage:
    def test_the_admin_saves_the_settings(self, paula: User, kuopio: Municipality, signed_in: SignIn) -> None:
        browser = signed_in(paula)
        answer = browser.post(ADDRESS, posted(working_days="wide", kela_days=["2", "4"]), follow=True)
        assert answer.redirect_chain
        row = LocalSettings.objects.of(kuopio)
        assert (row.working_days, row.kela_days, row.version) == ("wide", [2, 4], 2)
        assert "Paula Paperinen" in answer.content.decode()

    def test_every_setting_that_the_form_asks_for_is_on_its_page(self, paula: User, signed_in: SignIn) -> None:
        page = signed_in(paula).get(ADDRESS).content.decode()
        assert [name for name in FIELDS if f'name="{name}"' not in page] == []

    def test_a_conflict_gives_the_text_back_beside_what_is_stored(
        self, paula: User, kuopio: Municipality, signed_in: SignIn
    ) -> None:
        choose(paula, kuopio, letter_contact="Puhelin 017 000 000")
        page = signed_in(paula).post(ADDRESS, posted(letter_contact="Puhelin 017 111 111")).content.decode()
        assert "017 000 000" in page
        assert "017 111 111" in page
        assert 'name="version" value="2"' in page
        assert LocalSettings.objects.of(kuopio).letter_contact == "Puhelin 017 000 000"

    @pytest.mark.parametrize(
        "wrong", [{"silent_days": "0"}, {"return_days_urgent": "11"}, {"working_days": "loose"}, {"kela_days": ["8"]}]
    )
    def test_a_wrong_value_is_told_and_not_saved(
        self, paula: User, kuopio: Municipality, signed_in: SignIn, wrong: dict[str, Any]
    ) -> None:
        page = signed_in(paula).post(ADDRESS, posted(**wrong)).content.decode()
        assert "error-summary" in page or "alert" in page
        assert not LocalSettings.objects.filter(municipality=kuopio).exists()
