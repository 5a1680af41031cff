"""A structure as its national schema gives it: names, order, cardinality, kinds and code lists all stand there."""

import re
from typing import Any, Final

from records.structures.node import Choice, Kind, Node, Path, Structure, Words

Schema = dict[str, Any]

OWN_LIST: Final = "Sisäinen luokitus"
BY_REPRESENTATION: Final = {"Nimi": Kind.NAME, "Pvm": Kind.DAY, "Hetki": Kind.MOMENT}
A_DAY: Final = "^-?[0-9]{4}(-(0[1-9]|1[0-2])(-(0[0-9]|[1-2][0-9]|3[0-1]))?)?$"
# "1.1 = Lapsiperheiden palvelut," with or without blanks, one to a line or all on one
CLASS: Final = re.compile(
    r"(?:^|[\n,:])\s*([0-9A-ZÅÄÖ]+(?:\.[0-9]+)*)\s*=\s*(.*?)\s*,?\s*(?=$|\n|, ?[0-9A-Z]+ =)", re.DOTALL
)


def structure_of(schema: Schema) -> Structure:
    """Raises KeyError or ValueError for a file that is no schema of a document structure."""
    oid: str = schema["sosmeta"]["oid"]
    parts = oid.split(".")
    key, root = next(iter(schema["properties"].items()))
    return Structure(
        oid=oid,
        number=".".join(parts[_where_number_begins(parts) : -3]),
        version=".".join(parts[-3:]),
        root=_node(key, root, (), required=True, root=key),
    )


def _where_number_begins(parts: list[str]) -> int:
    """1505 are the documents of a client relationship, 1506 those of a client."""
    return next(i for i, part in enumerate(parts) if part in ("1505", "1506")) + 1


def _node(key: str, schema: Schema, path: Path, *, required: bool, root: str) -> Node:
    repeats = schema["type"] == "array"
    required = required and (not repeats or schema.get("minItems", 0) > 0)
    one = schema["items"] if repeats else schema
    facts = one.get("sosmeta", {})
    kind = _kind(one)
    needed = set(one.get("required", ()))
    children = (
        tuple(
            _node(name, child, (*path, name), required=name in needed, root=root)
            for name, child in sorted(one["properties"].items(), key=_row)
        )
        if kind is Kind.GROUP
        else ()
    )
    code_list = _code_list(one, facts, f"{root}/{key}") if kind is Kind.CODE else ""
    return Node(
        key=key,
        path=path,
        kind=kind,
        name=_words(facts, "name"),
        help=_words(facts, "description"),
        repeats=repeats,
        required=required,
        code_list=code_list,
        choices=_choices(one, facts) if kind is Kind.CODE else (),
        children=children,
    )


def _row(entry: tuple[str, Schema]) -> int:
    schema = entry[1]
    one = schema["items"] if schema["type"] == "array" else schema
    row: int = one.get("sosmeta", {}).get("rowNumber", 0)
    return row


def _kind(schema: Schema) -> Kind:
    match schema["type"]:
        case "boolean":
            return Kind.YES_NO
        case "number" | "integer":
            return Kind.NUMBER
        case "string":
            return _kind_of_text(schema)
    known = set(schema.get("properties", ()))
    if known == {"system", "code", "display"}:
        return Kind.CODE
    if known == {"system", "value"}:
        return Kind.IDENTIFIER
    if known == {"value", "code"}:
        return Kind.AMOUNT
    return Kind.GROUP


def _kind_of_text(schema: Schema) -> Kind:
    said = schema.get("sosmeta", {}).get("representation", [])
    representation = said[0]["value"] if said else ""
    if schema.get("pattern") == A_DAY:
        return Kind.DAY
    return BY_REPRESENTATION.get(representation, Kind.TEXT)


def _words(facts: Schema, name: str) -> Words:
    found = {row["lang"]: " ".join(row["value"].split()) for row in facts.get(name, ())}
    return Words(*("" if found.get(one, "-") == "-" else found[one] for one in ("fi", "sv")))


def _code_list(schema: Schema, facts: Schema, own: str) -> str:
    """The field says in `system` how its own list is called, else it is known by its national identifier."""
    if oid := facts.get("classificationOid"):
        value: str = oid[0]["value"]
        if value[:1].isdigit():
            return value
    return str(schema["properties"]["system"].get("enum", [own])[0])


def _choices(schema: Schema, facts: Schema) -> tuple[Choice, ...]:
    """Those that the structure accepts; where it accepts some of its list only, the others are left out."""
    accepted = schema["properties"]["code"].get("enum")
    said = facts.get("valueSet") or _own_list(facts)
    by_language = {row["lang"]: dict(CLASS.findall(row["value"])) for row in said}
    fi, sv = by_language.get("fi", {}), by_language.get("sv", {})
    codes = list(dict.fromkeys(accepted or fi))
    return tuple(Choice(code, Words(_tidy(fi[code]), _tidy(sv.get(code, "")))) for code in codes if code in fi)


def _own_list(facts: Schema) -> list[Schema]:
    said: list[Schema] = facts.get("classification", [])
    return said if said and said[0]["value"].startswith(OWN_LIST) else []


def _tidy(text: str) -> str:
    return " ".join(text.split()).rstrip(".,")
