"""Values of a notice as received → typed content. What cannot be read becomes a fault; nothing raises."""

from collections.abc import Iterable, Mapping
from typing import Any

from etotu.faults import Flag, RowFault, RowFaultCode
from etotu.parsing import fields
from etotu.parsing.attachments import LONGEST_NAME, Attachment, attachment_fault
from etotu.parsing.limits import Limits
from etotu.parsing.shapes import (
    Application,
    Content,
    Dialect,
    Expense,
    Need,
    Person,
    RawNotice,
    Reduction,
    Unemployment,
    Values,
)
from etotu.parsing.values import MOST, CsvValueReader, ValueReader

CODE = 60  # the longest code of a list
OTHERS = "*"  # where unknown elements are kept among the values: no name of XML
NOTHING: Mapping[str, str] = {}


def read_values(
    values: Values,
    dialect: Dialect,
    *,
    position: int,
    line: int = 0,
    attachments: Iterable[Attachment] = (),
    faults: Iterable[RowFault] = (),
    flags: Iterable[Flag] = (),
    limits: Limits | None = None,
) -> RawNotice:
    """`faults` and `flags` are those of the row's form, which its values no longer show."""
    reader = CsvValueReader() if dialect == "csv" else ValueReader()
    reader.faults.extend(faults)
    tunnus = reader.required(values, "tunnus", 64)
    versio = reader.whole(values, "versio", 1, MOST)
    if versio is None and "versio" not in reader.unread:
        versio = 1
    content = _content(reader, values, dialect, tuple(attachments), limits or Limits())
    return RawNotice(position, line, tunnus, versio, content, tuple(reader.faults), tuple(flags), values, dialect)


def read_broken(values: Values, dialect: Dialect, *, position: int, line: int, faults: Iterable[RowFault]) -> RawNotice:
    """A row whose form is lost: only number, version, kind and municipality are looked at, without faults of theirs."""
    reader = CsvValueReader() if dialect == "csv" else ValueReader()
    content = Content(
        kind=reader.text(values, "tyyppi", CODE),
        municipality=reader.three_digits(values, "kunta"),
        urgent=False,
        created_at=None,
        person=None,
        application=None,
        reduction=None,
        need=None,
        unemployment=None,
        note="",
        attachments=(),
        other=NOTHING,
        unread={"": "\n".join(values.get("fields", ()))},
    )
    tunnus = reader.text(values, "tunnus", 64)
    versio = reader.whole(values, "versio", 1, MOST)
    return RawNotice(position, line, tunnus, versio, content, tuple(faults), (), values, dialect, broken=True)


def _content(
    reader: ValueReader, values: Values, dialect: Dialect, attachments: tuple[Attachment, ...], limits: Limits
) -> Content:
    kind = reader.required(values, "tyyppi", CODE)
    municipality = reader.required(values, "kunta", CODE)
    urgent = reader.boolean(values, "kiireellinen")
    reader.require(values, "luotu")
    created_at = reader.time(values, "luotu")
    person = _person(reader, values)
    application = _application(reader, values.get(fields.APPLICATION))
    reduction = _reduction(reader, values.get(fields.REDUCTION), dialect)
    need = _need(reader, values.get(fields.NEED))
    unemployment = _unemployment(reader, values.get(fields.UNEMPLOYMENT))
    note = reader.note(values, fields.NOTE, 10_000)
    if attachments:
        _check_attachments(reader, attachments, limits)
    return Content(
        kind,
        municipality,
        urgent,
        created_at,
        person,
        application,
        reduction,
        need,
        unemployment,
        note,
        attachments,
        values.get(OTHERS, NOTHING),
        reader.unread,
    )


def _person(reader: ValueReader, values: Values) -> Person | None:
    group = values.get(fields.PERSON)
    if group is None:
        reader.faults.append(RowFault(fields.PERSON, RowFaultCode.MISSING))
        return None
    prefix = "henkilo."
    return Person(
        _identity_code(reader, group, prefix),
        *_names(reader, group, prefix),
        reader.text(group, "asiointikieli", 35, prefix),
        reader.code(group, "puhelin", 200, prefix),
        reader.text(group, "lahiosoite", 200, prefix),
        reader.code(group, "postinumero", 20, prefix),
        reader.text(group, "postitoimipaikka", 100, prefix),
        reader.three_digits(group, "kotikunta", prefix),
        reader.boolean(group, "turvakielto", prefix),
        group.get(OTHERS, NOTHING),
    )


def _identity_code(reader: ValueReader, group: dict[str, Any], prefix: str) -> str:
    text = reader.code(group, "henkilotunnus", CODE, prefix)
    if not text and f"{prefix}henkilotunnus" not in reader.unread:
        reader.faults.append(RowFault(f"{prefix}henkilotunnus", RowFaultCode.MISSING))
    return text


def _names(reader: ValueReader, group: dict[str, Any], prefix: str) -> tuple[str, str]:
    """One name is enough for whoever has one only (rule 16): it may stand in either place, as their papers have it.

    Several given names without a family name are no single name: the family name is missing.
    """
    family, given = (reader.text(group, name, 200, prefix) for name in ("sukunimi", "etunimet"))
    if not family and len(given.split()) != 1 and f"{prefix}sukunimi" not in reader.unread:
        reader.faults.append(RowFault(f"{prefix}sukunimi", RowFaultCode.MISSING))
    return family, given


def _application(reader: ValueReader, group: dict[str, Any] | None) -> Application | None:
    if group is None:
        return None
    prefix = "hakemus."
    reader.require(group, "saapunut", prefix)
    expenses = enumerate(group.get(fields.EXPENSE, ()), 1)
    return Application(
        reader.date(group, "saapunut", prefix),
        reader.date(group, "paatospvm", prefix),
        reader.date(group, "kausiAlkaa", prefix),
        reader.date(group, "kausiPaattyy", prefix),
        tuple(_expense(reader, one, f"hakemus.meno.{number}.") for number, one in expenses),
    )


def _expense(reader: ValueReader, group: dict[str, Any], prefix: str) -> Expense:
    kind = reader.required(group, "laji", CODE, prefix)
    reader.require(group, "euroa", prefix)
    return Expense(kind, reader.cents(group, "euroa", prefix))


def _reduction(reader: ValueReader, group: dict[str, Any] | None, dialect: Dialect) -> Reduction | None:
    if group is None:
        return None
    prefix = "perusosa."
    reader.require(group, "alennusProsentti", prefix)
    if dialect == "xml":
        reader.require(group, "alkaa", prefix)
    return Reduction(
        reader.whole(group, "alennusProsentti", 1, 100, prefix),
        reader.date(group, "alkaa", prefix),
        reader.date(group, "paattyy", prefix),
        reader.text(group, "peruste", CODE, prefix),
    )


def _need(reader: ValueReader, group: dict[str, Any] | None) -> Need | None:
    if group is None:
        return None
    prefix = "sosiaalityonTarve."
    return Need(
        reader.text(group, "syy", CODE, prefix),
        reader.boolean(group, "toivooKeskustelua", prefix),
        reader.date(group, "keskustelupyyntoPvm", prefix),
    )


def _unemployment(reader: ValueReader, group: dict[str, Any] | None) -> Unemployment | None:
    if group is None:
        return None
    reader.require(group, "kuukausia", "tyottomyys.")
    return Unemployment(reader.whole(group, "kuukausia", 0, 999, "tyottomyys."))


def _check_attachments(reader: ValueReader, attachments: tuple[Attachment, ...], limits: Limits) -> None:
    for number, attachment in enumerate(attachments, 1):
        field = f"{fields.ATTACHMENT}.{number}"
        for part, text in (("nimi", attachment.name), ("mime", attachment.mime)):
            if not text:
                reader.faults.append(RowFault(f"{field}.{part}", RowFaultCode.MISSING))
            elif len(text) > LONGEST_NAME:
                reader.faults.append(RowFault(f"{field}.{part}", RowFaultCode.TOO_LONG, {"limit": LONGEST_NAME}))
        if fault := attachment_fault(attachment, field, limits):
            reader.faults.append(fault)
