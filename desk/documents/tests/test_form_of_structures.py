"""Every structure makes a form, and what a form sends is the content that it was made from."""

import datetime
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.documents.asking import Field, Group, Page, fields, parts, sections
from desk.documents.names import WHOLE
from desk.documents.sent import is_asked, text_of
from records.content.values import clean, is_empty
from records.models import OpenVersion
from records.structures.lists import choices_of
from records.structures.node import Kind, Node
from records.structures.registry import in_force, known, structure
from records.structures.shown import overlay, shown
from records.tests.samples import everything
from testing.clock import TODAY

NUMBERS = sorted({structure(oid).number for oid in known()})
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00\r"), max_size=40)


def sent_by(page: Page) -> QueryDict:
    """What a browser sends of the form of this page."""
    data = QueryDict(mutable=True)
    data[WHOLE] = "1"
    asked = sections(page)
    for one in fields(asked):
        if one.shape == "chips":
            data.setlist(f"f.{one.name}", [option.value for option in one.options if option.chosen])
        elif one.options:
            data[f"f.{one.name}"] = next(option.value for option in one.options if option.chosen)
        else:
            data[f"f.{one.name}"] = one.value.replace("\n", "\r\n")
    for part in parts(asked):
        if isinstance(part, Group) and part.repeats:
            data[f"rivit.{part.name}"] = str(len(part.rows))
    return data


def content_of(node: Node, how: Any) -> st.SearchStrategy[Any]:
    one = group_of(node.children, how) if node.is_group else value_of(node)
    return st.lists(one, max_size=3) if node.repeats else one


def value_of(node: Node) -> st.SearchStrategy[Any]:
    match node.kind:
        case Kind.YES_NO:
            return st.none() | st.booleans()
        case Kind.CODE:
            codes = [choice.code for choice in choices_of(node)]
            return st.sampled_from(codes)
        case Kind.DAY:
            return st.dates(datetime.date(1900, 1, 1), datetime.date(2028, 11, 13)).map(datetime.date.isoformat)
        case Kind.MOMENT:
            return st.just("2018-11-13T14:05:00+02:00")
        case Kind.AMOUNT:
            return st.integers(0, 99_999_999).map(lambda cents: f"{cents // 100}.{cents % 100:02}")
        case Kind.NUMBER:
            return st.integers(0, 999)
    return TEXTS


def group_of(nodes: tuple[Node, ...], how: Any) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries(
        {}, optional={node.key: content_of(node, how) for node in nodes if is_asked(node, how)}
    )


def unique_codes(node: Node, value: Any) -> Any:
    """A code is chosen once, in the order of its list: the boxes of a page know no other."""
    if node.is_group:
        rows = value if node.repeats else [value]
        found = [{c.key: unique_codes(c, row[c.key]) for c in node.children if c.key in row} for row in rows]
        return found if node.repeats else found[0]
    if node.kind is Kind.CODE and node.repeats:
        return [choice.code for choice in choices_of(node) if choice.code in value]
    return value


@pytest.mark.parametrize("number", ["1012", "15020", "15001", "14003"])
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_what_a_form_sends_is_what_it_was_made_from(number: str, data: st.DataObject) -> None:
    written_in = in_force(number, TODAY)
    raw = data.draw(group_of(written_in.body, shown(written_in.oid)))
    keys = {node.key: node for node in written_in.body}
    content = clean(written_in, {key: unique_codes(keys[key], value) for key, value in raw.items()})
    open_version = OpenVersion(structure=written_in.oid, content=content, aside={})
    text = text_of(sent_by(Page(written_in.oid, content, {})), open_version)
    assert clean(written_in, text.content) == content
    assert text.aside["unread"] == {}


@pytest.mark.parametrize("number", NUMBERS)
def test_every_structure_makes_a_form(number: str) -> None:
    written_in = in_force(number, TODAY)
    keys = {node.key: node for node in written_in.body}
    content = {key: unique_codes(keys[key], value) for key, value in everything(written_in).items()}
    asked = sections(Page(written_in.oid, content, {}))
    names = [one.id for one in fields(asked)]
    assert len(names) == len(set(names))
    open_version = OpenVersion(structure=written_in.oid, content=content, aside={})
    sent = text_of(sent_by(Page(written_in.oid, content, {})), open_version)
    assert clean(written_in, sent.content) == clean(written_in, content)


@pytest.mark.parametrize("number", NUMBERS)
def test_what_is_ours_about_a_form_names_what_is_there(number: str) -> None:
    written_in = in_force(number, TODAY)
    how, said = shown(written_in.oid), overlay(number)
    named = {*how.client, *how.pro, *how.folded, *how.hidden, *how.wanted, *how.begin, *how.known}
    assert named <= set(written_in.by_path)
    assert {(key,) for one in said.get("section", ()) for key in one["keys"]} <= set(written_in.by_path)
    assert {node for section in how.sections for node in section.nodes} == set(written_in.body)
    assert not how.client & how.pro


@pytest.mark.parametrize("number", NUMBERS)
def test_codes_that_a_document_begins_with_are_of_their_list(number: str) -> None:
    written_in = in_force(number, TODAY)
    for path, code in shown(written_in.oid).begin.items():
        node = written_in.by_path[path]
        assert code in {choice.code for choice in choices_of(node)}


@pytest.mark.parametrize(
    ("typed", "kind", "kept"),
    [
        ("13.11.2018", Kind.DAY, "2018-11-13"),
        ("13.11.2018 klo 14.05", Kind.MOMENT, "2018-11-13T14:05:00+02:00"),
        ("1 165,50 €", Kind.AMOUNT, "1165.50"),
        ("2,5", Kind.NUMBER, 2.5),
        ("  ", Kind.TEXT, None),
    ],
)
def test_values_are_read_as_people_type_them(typed: str, kind: Kind, kept: Any) -> None:
    from desk.documents.typed import read
    from records.structures.node import Words

    assert read(Node("x", ("x",), kind, Words()), typed) == kept


def test_a_row_that_is_only_half_understood_is_kept() -> None:
    written_in = in_force("15001", TODAY)
    name = "tiedot_neuvottelusta_jossa_tama_suunnitelma_on_tehty"
    data = sent_by(Page(written_in.oid, {}, {}))
    data[f"rivit.{name}"] = "2"
    data[f"f.{name}.0.paivamaara"] = "eilen"
    data[f"f.{name}.1.paikka"] = "Toimisto"
    text = text_of(data, OpenVersion(structure=written_in.oid, content={}, aside={}))
    assert text.content[name] == [{"paikka": "Toimisto"}]
    assert text.aside["unread"] == {f"{name}.1.paivamaara": "eilen"}
    again = sections(Page(written_in.oid, text.content, text.aside))
    assert [one.value for one in fields(again) if one.name == f"{name}.1.paivamaara"] == ["eilen"]
    assert all(isinstance(one, Field) for one in fields(again))
    assert not is_empty(text.content)
