from datetime import UTC, datetime

import pytest

from etotu.parsing import open_batch
from etotu.tests.notices import SAMPLES, checked, read


@pytest.mark.parametrize(
    ("name", "rows", "good"),
    [
        ("2018-10-12-kuopio.xml", 24, 24),
        ("2018-10-12-tampere-kangasala.xml", 60, 60),
        ("2018-10-12-raisio.csv", 12, 12),
        ("2018-10-15-kemijarvi-errors.xml", 12, 9),
    ],
)
def test_a_sample_has_its_good_and_its_faulty_rows(name: str, rows: int, good: int) -> None:
    notices = read((SAMPLES / name).read_bytes(), name)
    received_at = datetime.fromisoformat(f"{name[:10]}T06:00:00+03:00")
    assert len(notices) == rows
    assert [raw.position for raw in notices] == list(range(1, rows + 1))
    assert sum(not checked(raw, received_at).faults for raw in notices) == good
    assert not any(checked(raw, received_at).flags for raw in notices)


def test_the_faults_of_the_faulty_sample_are_told() -> None:
    notices = read((SAMPLES / "2018-10-15-kemijarvi-errors.xml").read_bytes())
    found = {
        raw.tunnus: [
            (fault.field, fault.code.value) for fault in checked(raw, datetime(2018, 10, 15, tzinfo=UTC)).faults
        ]
        for raw in notices
    }
    assert {tunnus: faults for tunnus, faults in found.items() if faults} == {
        "K2018-1500002": [("tyyppi", "unknown_kind")],
        "K2018-1500005": [("henkilo.henkilotunnus", "identity_check")],
        "K2018-1500007": [("henkilo.sukunimi", "missing")],
    }


def test_the_envelope_of_a_sample_is_known_before_its_rows() -> None:
    opened = open_batch([(SAMPLES / "2018-10-12-kuopio.xml").read_bytes()], file_name="x")
    assert opened.envelope.sender == "KELA"
    assert opened.envelope.batch_code == "KELA-20181012-297-11"
    assert opened.envelope.sent_at == datetime(2018, 10, 12, 2, 30, tzinfo=UTC)
    assert opened.envelope.declared_count == 24


def test_the_csv_sample_takes_sender_and_code_from_its_delivery() -> None:
    data = (SAMPLES / "2018-10-12-raisio.csv").read_bytes()
    opened = open_batch([data], file_name="kansio/2018-10-12-raisio.csv")
    assert (opened.envelope.sender, opened.envelope.batch_code) == ("KELA", "2018-10-12-raisio.csv")
    assert opened.envelope.declared_count is None
    given = open_batch([data], file_name="x.csv", sender="KOE", batch_code="E9")
    assert (given.envelope.sender, given.envelope.batch_code) == ("KOE", "E9")


def test_a_row_knows_its_line() -> None:
    lines = [raw.line for raw in read((SAMPLES / "2018-10-15-kemijarvi-errors.xml").read_bytes())]
    assert lines[:3] == [3, 17, 34]
    assert [raw.line for raw in read((SAMPLES / "2018-10-12-raisio.csv").read_bytes())] == list(range(2, 14))
