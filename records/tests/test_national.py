"""What leaves as national JSON is valid against the schema of its version, for every structure."""

import datetime
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.content.missing import missing
from records.content.values import Content, WrongContent, clean
from records.models import Version
from records.out.national import Person, national, side_file
from records.structures.node import OURS, Kind, Node
from records.structures.registry import in_force, known, schema, structure
from records.tests.samples import enough, everything
from testing.clock import NOW

VEERA = Person("Mallinen", "Veera Kaarina", identity_code="010190-912A")
AINO = Person("Demolainen", "Aino", title="sosiaalityöntekijä")
# an applicant's own form and the record of a client relationship: others write and keep these
NOT_OURS = {"1.2.246.537.6.1505.1.2023.6.1", "1.2.246.537.6.1505.2.2022.6.28"}


def version(oid: str, content: Content) -> Version:
    return Version(structure=oid, content=clean(structure(oid), content), finished_at=NOW, number=1)


def faults(document: Any, oid: str) -> list[str]:
    validator = jsonschema.Draft7Validator(schema(oid))
    return [f"{list(error.path)}: {error.message}" for error in validator.iter_errors(document)]


@pytest.mark.parametrize("content", [everything, enough])
@pytest.mark.parametrize("oid", known())
def test_every_structure_gives_a_valid_document(oid: str, content: Any) -> None:
    written = version(oid, content(structure(oid)))
    found = faults(national(written, VEERA, AINO), oid)
    unknown = [fault for fault in found if "required property" in fault and not_known_here(oid)]
    assert [fault for fault in found if fault not in unknown] == []


def not_known_here(oid: str) -> bool:
    """Whether the structure asks for something that nobody can give: a class of a list that is not known here."""
    return bool(missing(structure(oid), everything(structure(oid)))) or oid in NOT_OURS or asks_more_of_people(oid)


def asks_more_of_people(oid: str) -> bool:
    given = {"sukunimi", "etunimet", "henkilotunnus", "tilapainen_yksilointitunnus", "tehtavanimike"}
    return any(
        child.required and child.key not in given for node in structure(oid).filled_by_us for child in node.children
    )


WRITTEN_HERE = ("19001", "19003", "19004", "19005", "19006", "19013", "1009", "1012", "15020", "16009")


@pytest.mark.parametrize("number", WRITTEN_HERE)
def test_what_is_written_here_asks_for_nothing_that_is_not_known(number: str) -> None:
    oid = in_force(number, datetime.date(2026, 11, 30)).oid
    assert not not_known_here(oid)


class TestTheDocument:
    def test_begins_with_whom_it_is_about(self) -> None:
        oid = in_force("1012", datetime.date(2026, 1, 1)).oid
        found = national(version(oid, enough(structure(oid))), VEERA, AINO)["tyoikaisten_palvelutarpeen_arvio"]
        assert found["asiakas"] == {
            "sukunimi": "Mallinen",
            "etunimet": "Veera Kaarina",
            "henkilotunnus": {"system": "urn:oid:1.2.246.21", "value": "010190-912A"},
        }
        assert found["laatija"] == [
            {"sukunimi": "Demolainen", "etunimet": "Aino", "tehtavanimike": "sosiaalityöntekijä"}
        ]
        assert next(iter(found)) == "asiakas"

    def test_names_a_class_with_its_list_and_words(self) -> None:
        oid = in_force("1009", datetime.date(2026, 1, 1)).oid
        found = national(version(oid, {"asiasisalto": ["3"]}), VEERA, AINO)
        assert next(iter(found.values()))["asiasisalto"] == [
            {"system": "urn:oid:1.2.246.537.6.1282", "code": "3", "display": "Taloudellisen tuen tarve"}
        ]

    def test_says_beside_it_which_codes_were_not_checked(self) -> None:
        oid = in_force("16009", datetime.date(2026, 1, 1)).oid
        assert side_file(version(oid, {"palvelutehtava": "16"}))["codes_not_checked"] == [
            {"field": "palvelutehtava", "code": "16"}
        ]


class TestContent:
    def test_without_what_is_empty(self) -> None:
        written_in = in_force("1012", datetime.date(2026, 1, 1))
        content = {"asuminen": {"kuvaus": "  ", "vakinainen": None}, "lisatiedot": " Ei muuta. ", "kuntoutustarve": {}}
        assert clean(written_in, content) == {"lisatiedot": "Ei muuta."}

    def test_no_is_an_answer(self) -> None:
        written_in = in_force("1012", datetime.date(2026, 1, 1))
        content = {"asuminen": {"vakinainen": False}}
        assert clean(written_in, content) == content

    @pytest.mark.parametrize(
        "content",
        [
            {"keksitty": "x"},
            {"asuminen": "teksti"},
            {"asuminen": {"vakinainen": "kyllä"}},
            {"laatija": [{"sukunimi": "Toinen"}]},
            {"asiakas": {"sukunimi": "Toinen"}},
            {"asian_vireilletuloa_koskevat_tiedot": {"vireilletulopaiva": "2018-02-30"}},
            {"asian_vireilletuloa_koskevat_tiedot": {"vireilletulon_syyt": ["98"]}},
            {"lisatiedot": "x" * 50_001},
        ],
    )
    def test_that_does_not_fit_is_refused(self, content: Content) -> None:
        with pytest.raises(WrongContent):
            clean(in_force("1012", datetime.date(2026, 1, 1)), content)

    @given(
        st.recursive(
            st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=20),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(["asuminen", "kuvaus", "lisatiedot", "palvelu", "x"]), inner, max_size=3
                )
            ),
            max_leaves=8,
        )
    )
    def test_whatever_comes_is_clean_or_refused(self, content: Any) -> None:
        written_in = in_force("1012", datetime.date(2026, 1, 1))
        try:
            once = clean(written_in, content)
        except WrongContent:
            return
        assert clean(written_in, once) == once


class TestWhatIsMissing:
    def test_is_what_the_structure_asks_for(self) -> None:
        gaps = missing(in_force("1012", datetime.date(2026, 1, 1)), {})
        assert gaps == []

    def test_of_a_group_is_asked_for_once_something_is_in_it(self) -> None:
        gaps = missing(
            in_force("1012", datetime.date(2026, 1, 1)),
            {"palvelutarpeen_arviointia_koskevat_tiedot": {"kuvaus_arvioinnin_toteuttamisesta": "x"}},
        )
        assert [gap.name.rpartition(".")[2] for gap in gaps] == [
            "palvelutarpeen_arvioinnin_aloittamispaiva",
            "asiakkaalla_on_oikeus_erityiseen_tukeen",
        ]


def test_nobody_fills_in_who_wrote_it() -> None:
    def ours(node: Node) -> bool:
        return node.key in OURS

    for oid in known():
        assert not any(ours(node) for node in structure(oid).body)
        assert Kind.GROUP in {node.kind for node in structure(oid).root.walk()}
