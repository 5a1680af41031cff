"""The form of a measurement, its page, and correcting it."""

import datetime
import re
import uuid
from typing import Any

import pytest

from accounts.models import User
from avain.measurements.earlier import earlier_versions
from avain.measurements.verbs import GoalEntry, MeasurementEntry, record_measurement
from avain.models import Goal, GoalFactor, Measurement
from cases.models import AccessLog, Client
from core import drafts
from core.models import Code
from municipalities.models import Municipality
from testing.clock import TODAY
from testing.factories import make_client, make_matter
from testing.people import SignIn


@pytest.fixture
def person(kuopio: Municipality) -> Client:
    client = make_client(kuopio)
    make_matter(client)
    return client


def pk_of(name: str, code: str) -> str:
    return str(Code.objects.of(f"avain.{name}", TODAY).get(code=code).pk)


def filled(**fields: Any) -> dict[str, Any]:
    """A measurement with one goal, which has one supporting factor."""
    return {
        "once": str(uuid.uuid4()),
        "day": f"{TODAY:%d.%m.%Y}",
        "kind": "initial",
        "together": "yes",
        "why_not_together": "",
        "goals": "1",
        "goal-0-own_words": "Rahat riittävät kuun loppuun",
        "goal-0-code": pk_of("goals", "money_management"),
        "goal-0-direction": "improve",
        "goal-0-supports": "1",
        "goal-0-supports-0-code": pk_of("factors", "own_motivation"),
        "goal-0-supports-0-note": "pitää kirjaa",
        "goal-0-hinders": "1",
        "goal-0-hinders-0-code": "",
        "goal-0-hinders-0-note": "",
        "methods": [pk_of("methods", "discussion")],
    } | fields


def second_goal(**fields: Any) -> dict[str, Any]:
    return {
        "goals": "2",
        "goal-1-own_words": "Takaisin töihin",
        "goal-1-code": pk_of("goals", "employment"),
        "goal-1-direction": "improve",
        "goal-1-supports": "1",
        "goal-1-hinders": "1",
    } | fields


def new(client: Client) -> str:
    return f"/297/asiakkaat/{client.pk}/avain/uusi/"


class TestNew:
    def test_it_is_saved_whole_and_shown(self, aino: User, person: Client, signed_in: SignIn) -> None:
        answer = signed_in(aino).post(new(person), filled(), follow=True)
        page = answer.content.decode()
        assert "”Rahat riittävät kuun loppuun”" in page
        assert "Oma motivaatio" in page
        assert "Keskustelu asiakkaan kanssa" in page
        assert "Täytetty yhdessä asiakkaan kanssa." in page
        assert Goal.objects.get().main

    def test_a_double_click_makes_one(self, aino: User, person: Client, signed_in: SignIn) -> None:
        sent = filled()
        browser = signed_in(aino)
        assert [browser.post(new(person), sent).status_code for _ in range(2)] == [302, 302]
        assert Measurement.objects.count() == 1

    def test_of_two_goals_one_is_chosen_as_the_main(self, aino: User, person: Client, signed_in: SignIn) -> None:
        browser = signed_in(aino)
        page = browser.post(new(person), filled() | second_goal()).content.decode()
        assert "Valitse, mikä tavoitteista on päätavoite." in page
        assert "Takaisin töihin" in page
        browser.post(new(person), filled(main="1") | second_goal())
        assert [(g.own_words, g.main) for g in Goal.objects.order_by("position")] == [
            ("Rahat riittävät kuun loppuun", False),
            ("Takaisin töihin", True),
        ]

    def test_a_removed_goal_and_empty_rows_are_left_out(self, aino: User, person: Client, signed_in: SignIn) -> None:
        sent = filled(goals="3") | second_goal(**{"goals": "3", "goal-1-remove": "1"})
        signed_in(aino).post(new(person), sent)
        assert [g.own_words for g in Goal.objects.all()] == ["Rahat riittävät kuun loppuun"]
        assert GoalFactor.objects.count() == 1

    @pytest.mark.parametrize(
        ("fields", "words"),
        [
            ({"together": "no"}, "Kerro, miksi mittausta ei täytetty yhdessä."),
            ({"goal-0-code": ""}, "Valitse, mistä tavoitteessa on kyse."),
            ({"goal-0-direction": ""}, "Valitse, mihin pyritään."),
            ({"goal-0-hinders-0-note": "ulosotto"}, "Valitse tekijä, johon teksti liittyy."),
            ({"day": "1.1.2090"}, "Päivä ei voi olla tulevaisuudessa."),
            ({"day": "1.1.2013"}, "Koodistoja ei ole ajalta ennen vuotta 2014."),
            ({"goal-0-code": "999999"}, "Valitse oikea vaihtoehto"),
        ],
    )
    def test_what_is_wrong_is_told_beside_the_field(
        self, aino: User, person: Client, signed_in: SignIn, fields: dict[str, str], words: str
    ) -> None:
        page = signed_in(aino).post(new(person), filled(**fields)).content.decode()
        assert words in page
        assert "Rahat riittävät kuun loppuun" in page
        assert not Measurement.objects.exists()

    def test_the_summary_tells_of_which_goal_an_error_is(self, aino: User, person: Client, signed_in: SignIn) -> None:
        wrong = {"goal-0-direction": "", "goal-1-direction": "", "goal-1-hinders-0-note": "ulosotto"}
        page = signed_in(aino).post(new(person), filled() | second_goal() | wrong).content.decode()
        summary = re.findall(r'<li><a href="#[^"]+">(Tavoite [^<]+)</a></li>', page)
        assert summary[1:] == [
            "Tavoite 2: Mihin pyritään – Valitse, mihin pyritään.",
            "Tavoite 2: Vaikeuttava tekijä – Valitse tekijä, johon teksti liittyy.",
        ], summary
        assert summary[0] == "Tavoite 1: Mihin pyritään – Valitse, mihin pyritään."

    def test_the_same_factor_twice_on_a_side_is_refused(self, aino: User, person: Client, signed_in: SignIn) -> None:
        twice = {"goal-0-supports": "2", "goal-0-supports-1-code": pk_of("factors", "own_motivation")}
        assert "Sama tekijä on tässä kahdesti." in signed_in(aino).post(new(person), filled(**twice)).content.decode()

    def test_the_button_for_more_rows_works_without_script(self, aino: User, person: Client, signed_in: SignIn) -> None:
        browser = signed_in(aino)
        page = browser.post(new(person), filled(more="goals", **{"goal-0-code": ""})).content.decode()
        assert 'name="goal-1-own_words"' in page
        assert "Rahat riittävät kuun loppuun" in page
        assert "Valitse, mistä tavoitteessa on kyse." not in page
        page = browser.post(new(person), filled(more="goal-0-hinders")).content.decode()
        assert 'name="goal-0-hinders-1-code"' in page
        assert not Measurement.objects.exists()

    def test_the_codes_are_those_of_the_day(self, aino: User, person: Client, signed_in: SignIn) -> None:
        old = Code.objects.of("avain.goals", datetime.date(2015, 5, 5)).get(code="subsistence_or_finances")
        signed_in(aino).post(new(person), filled(**{"day": "5.5.2015", "goal-0-code": str(old.pk)}))
        assert Goal.objects.get().code == old

    def test_the_latest_goals_are_offered_as_a_start(self, aino: User, person: Client, signed_in: SignIn) -> None:
        browser = signed_in(aino)
        browser.post(new(person), filled())
        assert "Rahat riittävät" not in browser.get(new(person)).content.decode()
        page = browser.get(f"{new(person)}?goals=latest").content.decode()
        assert "Rahat riittävät kuun loppuun" in page
        assert "pitää kirjaa" in page

    def test_a_draft_is_offered_and_gone_when_saved(self, aino: User, person: Client, signed_in: SignIn) -> None:
        drafts.save(aino.pk, 297, "measurement", f"client:{person.pk}", {"goal-0-own_words": "Keskeneräinen"})
        browser = signed_in(aino)
        assert "Keskeneräinen" in browser.get(new(person)).content.decode()
        browser.post(new(person), filled())
        assert drafts.load(aino.pk, 297, "measurement", f"client:{person.pk}") is None


class TestOne:
    @pytest.fixture
    def measurement(self, aino: User, person: Client) -> Measurement:
        code = Code.objects.get(pk=int(pk_of("goals", "money_management")))
        goals = [GoalEntry(code, "improve", "Rahat riittävät")]
        return record_measurement(aino, person, MeasurementEntry(TODAY, "initial", True, "", goals))

    def address(self, measurement: Measurement, page: str = "") -> str:
        return f"/297/asiakkaat/{measurement.client_id}/avain/{measurement.pk}/{page}"

    def corrected(self, **fields: Any) -> dict[str, Any]:
        return filled(version="1", why="Kirjoitusvirhe") | fields

    def test_it_opens_and_is_logged(self, eetu: User, measurement: Measurement, signed_in: SignIn) -> None:
        assert signed_in(eetu).get(self.address(measurement)).status_code == 200
        look = AccessLog.objects.get()
        assert (look.user, look.page, look.client_ids) == (eetu, "measurement", [measurement.client_id])

    def test_the_fences_hold(
        self, olli: User, kaisa: User, measurement: Measurement, kuopio: Municipality, aino: User, signed_in: SignIn
    ) -> None:
        assert signed_in(olli).get(self.address(measurement)).status_code == 404
        assert signed_in(kaisa).get(self.address(measurement)).status_code == 403
        other = make_client(kuopio)
        make_matter(other)
        elsewhere = f"/297/asiakkaat/{other.pk}/avain/{measurement.pk}/"
        assert signed_in(aino).get(elsewhere).status_code == 404

    def test_its_author_corrects_it_with_a_reason(
        self, aino: User, measurement: Measurement, signed_in: SignIn
    ) -> None:
        browser = signed_in(aino)
        assert "Rahat riittävät" in browser.get(self.address(measurement, "korjaa/")).content.decode()
        assert browser.post(self.address(measurement, "korjaa/"), self.corrected(why="")).status_code == 200
        page = browser.post(self.address(measurement, "korjaa/"), self.corrected(), follow=True).content.decode()
        assert "”Rahat riittävät kuun loppuun”" in page
        assert "Kirjoitusvirhe" in page

    def test_what_it_said_before_a_correction_stays_readable(
        self, aino: User, measurement: Measurement, signed_in: SignIn
    ) -> None:
        browser = signed_in(aino)
        page = self.address(measurement, "korjaa/")
        browser.post(page, self.corrected())
        browser.post(page, self.corrected(version="2", **{"goal-0-own_words": "Kolmas"}))
        first, second = earlier_versions(measurement)
        assert [goal.own_words for goal in first.goals] == ["Rahat riittävät kuun loppuun"]
        assert [(code.code, note) for code, note in first.goals[0].supports] == [("own_motivation", "pitää kirjaa")]
        assert [code.code for code in first.methods] == ["discussion"]
        assert [goal.own_words for goal in second.goals] == ["Rahat riittävät"]
        assert "”Rahat riittävät”" in browser.get(self.address(measurement)).content.decode()

    def test_others_do_not(self, eetu: User, sirkka: User, measurement: Measurement, signed_in: SignIn) -> None:
        assert signed_in(eetu).get(self.address(measurement, "korjaa/")).status_code == 403
        assert signed_in(sirkka).get(self.address(measurement, "korjaa/")).status_code == 200

    def test_the_later_of_two_is_refused_and_gets_the_text_back(
        self, aino: User, sirkka: User, measurement: Measurement, signed_in: SignIn
    ) -> None:
        page = self.address(measurement, "korjaa/")
        signed_in(sirkka).post(page, self.corrected(**{"goal-0-own_words": "Sirkan sanat"}))
        answer = signed_in(aino).post(page, self.corrected(**{"goal-0-own_words": "Ainon sanat"})).content.decode()
        assert "Joku muu on tallentanut tämän mittauksen" in answer
        assert "Ainon sanat" in answer
        assert "”Sirkan sanat”" in answer
        assert 'name="version" value="2"' in answer
        assert Goal.objects.get().own_words == "Sirkan sanat"
