"""manage.py etotu_import: what scripts rely on."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from cases.models import Matter
from etotu.models import Batch
from etotu.tests.making import everything

SAMPLES = Path(__file__).resolve().parents[2] / "tests" / "samples"
KEYS = ("received", "accepted", "updated", "duplicate", "stale", "quarantined")
EXPECTED = {
    "2018-10-12-kuopio.xml": (24, 24, 0, 0, 0, 0),
    "2018-10-12-tampere-kangasala.xml": (60, 60, 0, 0, 0, 0),
    "2018-10-12-raisio.csv": (12, 12, 0, 0, 0, 0),
    "2018-10-15-kemijarvi-errors.xml": (12, 7, 1, 1, 0, 3),
}

pytestmark = pytest.mark.django_db


def run(*arguments: Any) -> list[dict[str, Any]]:
    out = io.StringIO()
    call_command("etotu_import", *map(str, arguments), "--json", stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


@pytest.mark.parametrize("name", EXPECTED)
def test_each_sample_gives_exactly_its_counts(name: str) -> None:
    (found,) = run(SAMPLES / name)
    assert tuple(found[key] for key in KEYS) == EXPECTED[name]
    assert (found["status"], found["incomplete"]) == ("loaded", False)


def test_the_answer_has_exactly_the_promised_keys_and_no_persons_value() -> None:
    (found,) = run(SAMPLES / "2018-10-15-kemijarvi-errors.xml")
    assert list(found) == ["batch", "status", *KEYS, "incomplete", "errors"]
    assert [(e["tunnus"], e["field"], e["code"]) for e in found["errors"]] == [
        ("K2018-1500002", "tyyppi", "unknown_kind"),
        ("K2018-1500005", "henkilo.henkilotunnus", "identity_check"),
        ("K2018-1500007", "henkilo.sukunimi", "missing"),
    ]
    assert not any(value in json.dumps(found) for value in ("110961-940M", "Demolainen", "Pentti"))


def test_the_same_file_again_is_a_repeat_with_zeros() -> None:
    first, second = run(SAMPLES / "2018-10-12-kuopio.xml", SAMPLES / "2018-10-12-kuopio.xml")
    assert (first["status"], second["status"]) == ("loaded", "repeat")
    assert not any(second[key] for key in KEYS)


def test_a_rejected_file_exits_with_one_after_the_others_were_loaded(tmp_path: Path) -> None:
    broken = tmp_path / "broken.xml"
    broken.write_bytes((SAMPLES / "2018-10-12-kuopio.xml").read_bytes()[:5000])
    out = io.StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("etotu_import", str(broken), str(SAMPLES / "2018-10-12-raisio.csv"), "--json", stdout=out)
    assert stopped.value.code == 1
    first, second = map(json.loads, out.getvalue().splitlines())
    assert (first["status"], first["errors"][0]["code"]) == ("rejected", "not_well_formed")
    assert second["accepted"] == 12


def test_the_given_day_is_the_day_of_arrival() -> None:
    run(SAMPLES / "2018-10-12-raisio.csv", "--received", "2018-10-12", "--sender", "TOIMISTO")
    batch = Batch.objects.get()
    assert (str(batch.arrived), batch.sender) == ("2018-10-12", "TOIMISTO")
    with everything():
        assert set(Matter.objects.values_list("arrived", flat=True)) == {batch.arrived}


def test_a_missing_file_is_said_before_anything_is_loaded() -> None:
    with pytest.raises(CommandError, match=r"nothing\.xml"):
        call_command("etotu_import", str(SAMPLES / "2018-10-12-raisio.csv"), "nothing.xml")
    assert not Batch.objects.exists()


@pytest.mark.parametrize("day", ["1999-12-31", "9999-12-31"])
def test_a_day_of_arrival_that_cannot_be_is_refused(day: str) -> None:
    with pytest.raises(CommandError, match="Give a day from"):
        run(SAMPLES / "2018-10-12-kuopio.xml", "--received", day)
    assert not Batch.objects.exists()
