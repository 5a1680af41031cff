"""The structures as data: read whole from their national schemas."""

import csv
import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from records.structures.lists import choices_of, classes, is_checked, is_offered
from records.structures.node import Kind, Node
from records.structures.reading import structure_of
from records.structures.registry import in_force, known, schema, structure, versions

SHARED = Path(__file__).parents[3] / "shared" / "structures" / "fields.csv"


def described(part: Any) -> Iterator[str]:
    """Each thing of a schema that has a name."""
    if isinstance(part, dict):
        if "name" in part.get("sosmeta", {}):
            yield part["sosmeta"]["name"][0]["value"]
        for inner in part.values():
            yield from described(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from described(inner)


@pytest.mark.parametrize("oid", known())
def test_every_field_of_the_schema_is_a_field_of_the_structure(oid: str) -> None:
    names = sorted(" ".join(name.split()) for name in described(schema(oid)))
    assert sorted(node.name.fi for node in structure(oid).root.walk()) == names


@pytest.mark.parametrize("oid", known())
def test_every_field_has_its_names(oid: str) -> None:
    without = [node.path for node in structure(oid).root.walk() if not (node.name.fi and node.name.sv)]
    assert without == []


@pytest.mark.skipif(not SHARED.exists(), reason="the flattened list of fields is not beside the project")
def test_order_and_cardinality_are_those_of_the_list_of_fields() -> None:
    with SHARED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for oid in known():
        there = [(row["json_path"], row["cardinality"]) for row in rows if row["document_oid"] == oid]
        root = structure(oid).root
        here = [("/".join((root.key, *node.path)), cardinality(node)) for node in root.walk()]
        assert here == there


def cardinality(node: Node) -> str:
    return f"{int(node.required)}..{'*' if node.repeats else 1}"


class TestAClassOfAList:
    def test_has_both_languages(self) -> None:
        needs = classes("1.2.246.537.6.1282")
        assert len(needs) == 12
        assert (needs[2].words.fi, needs[2].words.sv) == ("Taloudellisen tuen tarve", "Behov av ekonomiskt stöd")

    def test_of_the_field_alone_is_known_by_structure_and_field(self) -> None:
        node = in_force("1012", datetime.date(2026, 1, 1)).by_path[
            ("palvelutarpeen_arviointia_koskevat_tiedot", "arvioinnista_poisjaaneet_viranomaistahot")
        ]
        assert [choice.code for choice in choices_of(node)][:3] == ["1", "1.1", "1.2"]
        assert node.code_list == "tyoikaisten_palvelutarpeen_arvio/arvioinnista_poisjaaneet_viranomaistahot"

    def test_that_only_another_structure_names_is_offered(self) -> None:
        node = in_force("1009", datetime.date(2026, 1, 1)).by_path[("asiasisalto",)]
        assert node.choices == ()
        assert len(choices_of(node)) == 12

    def test_whose_list_is_not_known_is_not_offered(self) -> None:
        node = in_force("1012", datetime.date(2026, 1, 1)).by_path[("tyoelama", "ammatti")]
        assert not is_offered(node)

    def test_that_no_national_source_was_seen_for_says_so(self) -> None:
        node = in_force("16009", datetime.date(2026, 1, 1)).by_path[("palvelutehtava",)]
        assert not is_checked(node, "16")

    def test_has_no_line_ends_or_commas_of_the_file(self) -> None:
        texts = [
            words
            for oid in known()
            for node in structure(oid).root.leaves()
            for choice in node.choices
            for words in (choice.words.fi, choice.words.sv)
        ]
        assert texts
        assert [text for text in texts if "\n" in text or text.endswith(",") or " = " in text] == []


class TestTheVersionInForce:
    def test_is_the_newest_of_the_day(self) -> None:
        assert in_force("1012", datetime.date(2026, 11, 30)).version == "2023.9.28"

    def test_before_the_first_is_the_first(self) -> None:
        assert in_force("1012", datetime.date(2018, 11, 13)).oid == versions("1012")[0]

    def test_of_no_such_structure_is_an_error(self) -> None:
        with pytest.raises(KeyError):
            versions("4711")


def test_a_new_version_is_a_file_and_no_code() -> None:
    changed = dict(schema("1.2.246.537.6.1506.19013.2022.1.10"))
    changed["sosmeta"] = {**changed["sosmeta"], "oid": "1.2.246.537.6.1506.19013.2027.2.1"}
    found = structure_of(changed)
    assert (found.number, found.version) == ("19013", "2027.2.1")
    assert Kind.TEXT in {leaf.kind for leaf in found.root.leaves()}
