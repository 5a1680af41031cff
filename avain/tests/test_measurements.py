"""Recording and correcting a measurement."""

import datetime
from typing import Any

import pytest

from accounts.models import User
from avain.measurements.verbs import (
    FactorEntry,
    GoalEntry,
    MeasurementEntry,
    correct_measurement,
    record_measurement,
)
from avain.models import Goal, GoalFactor, Measurement, MeasurementMethod
from cases.models import Client, Event
from cases.timeline.sentences import sentence
from core.models import Code
from core.saving import ChangedMeanwhile, NotPossible
from municipalities.models import Municipality
from testing.clock import TODAY
from testing.factories import make_client


def code(name: str, text: str, day: datetime.date = TODAY) -> Code:
    return Code.objects.of(f"avain.{name}", day).get(code=text)


def goal(text: str = "money_management", **fields: Any) -> GoalEntry:
    return GoalEntry(code("goals", text), **{"direction": "improve"} | fields)


def entry(*goals: GoalEntry, **fields: Any) -> MeasurementEntry:
    values: dict[str, Any] = {"day": TODAY, "kind": "initial", "together": True, "goals": goals} | fields
    return MeasurementEntry(**values)


@pytest.fixture
def client_here(kuopio: Municipality) -> Client:
    return make_client(kuopio)


class TestRecording:
    def test_goals_factors_and_methods_are_kept_as_told(self, aino: User, client_here: Client) -> None:
        supports = FactorEntry(code("factors", "own_motivation"), "supports", "pitää kirjaa menoista")
        hinders = FactorEntry(code("factors", "debts_credit_default"), "hinders")
        first = goal(own_words="Rahat riittävät", main=True, factors=[supports, hinders])
        second = goal("employment", direction="prevent")
        measurement = record_measurement(
            aino, client_here, entry(first, second, methods=[code("methods", "discussion")])
        )
        goals = list(measurement.goals.all())
        assert [(g.position, g.code.code, g.direction, g.main) for g in goals] == [
            (1, "money_management", "improve", True),
            (2, "employment", "prevent", False),
        ]
        assert list(GoalFactor.objects.filter(goal=goals[0]).values_list("code__code", "effect", "note")) == [
            ("own_motivation", "supports", "pitää kirjaa menoista"),
            ("debts_credit_default", "hinders", ""),
        ]
        assert MeasurementMethod.objects.get().used is None

    def test_the_only_goal_is_the_main_one(self, aino: User, client_here: Client) -> None:
        record_measurement(aino, client_here, entry(goal()))
        assert Goal.objects.get().main

    @pytest.mark.parametrize("mains", [(False, False), (True, True)])
    def test_of_several_exactly_one_is_main(self, aino: User, client_here: Client, mains: tuple[bool, bool]) -> None:
        goals = [goal(main=mains[0]), goal("employment", main=mains[1])]
        with pytest.raises(NotPossible) as caught:
            record_measurement(aino, client_here, entry(*goals))
        assert caught.value.field == "main"
        assert not Measurement.objects.exists()

    def test_without_the_client_one_tells_why(self, aino: User, client_here: Client) -> None:
        with pytest.raises(NotPossible) as caught:
            record_measurement(aino, client_here, entry(goal(), together=False, why_not_together=" "))
        assert caught.value.field == "why_not_together"

    def test_together_the_reason_is_not_kept(self, aino: User, client_here: Client) -> None:
        measurement = record_measurement(aino, client_here, entry(goal(), why_not_together="puhelimessa"))
        assert measurement.why_not_together == ""

    def test_it_needs_a_goal_unless_it_closes(self, aino: User, client_here: Client) -> None:
        with pytest.raises(NotPossible):
            record_measurement(aino, client_here, entry())
        assert record_measurement(aino, client_here, entry(kind="closing")).goals.count() == 0

    def test_it_is_not_from_the_future(self, aino: User, client_here: Client) -> None:
        tomorrow = TODAY + datetime.timedelta(days=1)
        with pytest.raises(NotPossible):
            record_measurement(aino, client_here, entry(goal(), day=tomorrow))

    @pytest.mark.parametrize(
        ("goals", "together", "words"),
        [
            (1, True, "Aino Demolainen ja asiakas asettivat tavoitteen."),
            (2, True, "Aino Demolainen ja asiakas asettivat kaksi tavoitetta."),
            (7, True, "Aino Demolainen ja asiakas asettivat 7 tavoitetta."),
            (2, False, "Aino Demolainen kirjasi kaksi tavoitetta ilman asiakasta."),
        ],
    )
    def test_the_timeline_tells_it_in_a_sentence(
        self, aino: User, client_here: Client, goals: int, together: bool, words: str
    ) -> None:
        told = [goal(main=number == 0) for number in range(goals)]
        record_measurement(aino, client_here, entry(*told, together=together, why_not_together="ei paikalla"))
        assert sentence(Event.objects.get()) == words


class TestCorrecting:
    @pytest.fixture
    def measurement(self, aino: User, client_here: Client) -> Measurement:
        return record_measurement(aino, client_here, entry(goal(own_words="Ensimmäinen")))

    def test_the_new_stands_and_the_old_is_in_the_history(self, aino: User, measurement: Measurement) -> None:
        correct_measurement(aino, measurement, 1, entry(goal(own_words="Toinen"), kind="interim"), "Väärä vaihe")
        measurement.refresh_from_db()
        assert (measurement.kind, measurement.version) == ("interim", 2)
        assert Goal.objects.get().own_words == "Toinen"
        history = Goal.history.rel.related_model.objects  # type: ignore[attr-defined]
        assert history.get().own_words == "Ensimmäinen"
        assert Event.objects.get(kind="avain.corrected").data["reason"] == "Väärä vaihe"

    def test_a_correction_of_an_older_version_is_refused(self, aino: User, measurement: Measurement) -> None:
        correct_measurement(aino, measurement, 1, entry(goal(own_words="Toinen")), "syy")
        with pytest.raises(ChangedMeanwhile):
            correct_measurement(aino, measurement, 1, entry(goal(own_words="Kolmas")), "syy")
        assert Goal.objects.get().own_words == "Toinen"


@pytest.mark.django_db
def test_the_list_that_ended_stands_for_its_own_days() -> None:
    in_2015 = {c.code for c in Code.objects.of("avain.goals", datetime.date(2015, 5, 5))}
    in_2018 = {c.code for c in Code.objects.of("avain.goals", TODAY)}
    assert "subsistence_or_finances" in in_2015 - in_2018
    assert "subsistence" in in_2018 - in_2015
