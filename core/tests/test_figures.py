import json
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from django.utils import translation

from core.figures import Before, Figure, FigureRow
from core.periods import Period


@pytest.fixture(autouse=True)
def finnish() -> Iterator[None]:
    with translation.override("fi"):
        yield


def notices(application: int, need: int, immigrant: int) -> Figure[str]:
    return Figure.of_classes(
        "notices_by_type",
        "Ilmoitukset tyypeittäin",
        [
            FigureRow("HAKEMUS", "Hakemus", application, link="/297/tyojono/?tyyppi=HAKEMUS"),
            FigureRow("SOSIAALITYON_TARVE", "Sosiaalityön tarve", need),
            FigureRow("MAAHANMUUTTAJA", "Maahanmuuttaja", immigrant),
        ],
        "ilmoitukset",
        period=Period.parse_key("2018-10"),
    )


def goals(n: int, *counts: int) -> Figure[str]:
    rows = [FigureRow(str(place), f"Tavoite {place}", count) for place, count in enumerate(counts)]
    return Figure.of_people("goals", "Tavoitteet", rows, "asiakkaat, joilla on tavoite", n=n)


def kept(*rows: tuple[int, int]) -> Figure[str]:
    counted = [FigureRow(str(place), "", count, base=base) for place, (count, base) in enumerate(rows)]
    return Figure.of_classes("deadlines_kept", "Määräajat", counted, "päättyneet määräajat")


def test_shares_are_of_all_rows() -> None:
    figure = notices(300, 60, 40)
    assert [row.share for row in figure.rows] == [0.75, 0.15, 0.1]
    assert figure.n == 400
    assert figure.total is not None
    assert (figure.total.count, figure.total.percent) == (400, 100)


def test_the_table_rounds_a_share_as_the_page_does() -> None:
    figure = notices(13, 3, 0)
    assert figure.rows[0].percent == 81.3
    assert "Hakemus;13;81,3" in figure.as_csv().decode("utf-8-sig")


def test_json_has_exactly_the_agreed_keys() -> None:
    assert json.loads(json.dumps(notices(300, 60, 40).as_json())) == {
        "name": "notices_by_type",
        "title": "Ilmoitukset tyypeittäin",
        "n": 400,
        "rows": [
            {"key": "HAKEMUS", "label": "Hakemus", "count": 300, "share": 0.75},
            {"key": "SOSIAALITYON_TARVE", "label": "Sosiaalityön tarve", "count": 60, "share": 0.15},
            {"key": "MAAHANMUUTTAJA", "label": "Maahanmuuttaja", "count": 40, "share": 0.1},
        ],
        "suppressed": 0,
    }


def test_a_row_may_have_its_own_denominator() -> None:
    figure = kept((262, 281), (31, 31))
    assert [row.share for row in figure.rows] == [262 / 281, 1]
    assert figure.n == 312
    assert figure.total is not None
    assert figure.total.share == 293 / 312


def test_a_figure_without_rows_or_people_can_be_shown() -> None:
    for figure in (notices(0, 0, 0), goals(0), kept(), kept((0, 0))):
        assert figure.n == 0
        assert all(row.share is None for row in figure.rows)


@dataclass(frozen=True)
class Street:
    name: str

    def __str__(self) -> str:
        return self.name.lower()


def test_a_row_is_known_by_a_value_and_told_by_its_text() -> None:
    rows = [FigureRow(Street(name), name, count, base=count + 8) for name, count in (("Kuja", 12), ("Tie", 2))]
    for figure in (
        Figure.of_classes("kept", "Ajoissa", rows, "määräajat"),
        Figure.of_people("streets", "Kadut", rows, "asukkaat", n=40),
    ):
        assert [row.key for row in figure.rows] == [Street("Kuja"), Street("Tie")]
        assert [row["key"] for row in figure.as_json()["rows"]] == ["kuja", "tie"]
        assert figure.compared_with(figure).rows[0].before == Before(12, 20, 0.6)


def test_csv_has_the_denominators_of_rows() -> None:
    figure = Figure.of_classes("kept", "Ajoissa", [FigureRow("a", "Hakemus", 30, base=40)], "määräajat")
    assert figure.as_csv().decode("utf-8-sig").splitlines()[2:] == [
        ";Lukumäärä;Kaikkiaan;%",
        "Hakemus;30;40;75,0",
        "Yhteensä;30;40;75,0",
    ]


def test_a_period_of_which_there_is_no_data_has_no_numbers_beside_it() -> None:
    figure = replace(notices(13, 3, 0), before=Period.parse_key("2018-09"))
    lines = figure.as_csv("Eteläinen tiimi").decode("utf-8-sig").splitlines()
    assert lines[2] == "Eteläinen tiimi"
    assert lines[5] == "Hakemus;13;81,3;ei tietoja;"
