"""The benchmark of loading runs through: small, with a real worker. Ratios of so few rows say nothing."""

from pathlib import Path

import pytest

from benchmarks import ingest
from testing.database import CLOCK


@pytest.mark.slow
@pytest.mark.real_clock("it measures time, and names its databases by it")
@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_small_batch_is_measured_beside_the_floor_and_the_peer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingest, "DAY", 1000)
    monkeypatch.setattr(ingest, "PAIRS", 1)
    CLOCK.close()
    result = ingest.measure((400,), 1, tmp_path)
    size = result["sizes"]["400"]
    assert [size[name]["count"] for name in ("ours", "floor", "peer")] == [400, 400, 400]
    assert 0 < size["memory"] < ingest.MOST_MEMORY
    assert result["stored"]["notices"] == 400
    assert result["stored"]["to_empty"] > 0
    assert "400" in ingest.as_text(result)
