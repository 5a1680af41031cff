"""The checks of a notice: what sends it to quarantine (faults) and what is only shown on it (flags)."""

import re
from collections.abc import Collection, Iterator, Set
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from core.identity_code import IdentityCode, IdentityCodeError
from core.identity_code import parse as parse_identity_code
from etotu.codes.lists import CodeList, CodeLists
from etotu.faults import Flag, FlagCode, RowFault, RowFaultCode
from etotu.parsing import KINDS, Application, Content, Need, Person, RawNotice, Reduction
from etotu.parsing.fields import APPLICATION, MONTHS, NEED, REDUCTION, UNEMPLOYMENT
from etotu.parsing.values import HELSINKI

PHONE: Final = re.compile(r"\+?[0-9][0-9 ()/.,-]{3,40}", re.ASCII)
POSTAL_CODE: Final = re.compile(r"[0-9]{5}", re.ASCII)
CLOCK_SLACK: Final = timedelta(hours=1)
_IDENTITY_FAULTS: Final = {
    "form": RowFaultCode.IDENTITY_FORM,
    "date": RowFaultCode.IDENTITY_DATE,
    "check": RowFaultCode.IDENTITY_CHECK,
}


class Checked(NamedTuple):
    """All that was found, faults in the order of the format. A notice without faults is good, and has an `identity`."""

    faults: tuple[RowFault, ...]
    flags: tuple[Flag, ...]
    identity: IdentityCode | None


def check(
    raw: RawNotice,
    *,
    received_at: datetime,
    code_lists: CodeLists,
    known_municipalities: Set[str],
    known_kinds: Collection[str] = tuple(KINDS),
) -> Checked:
    """Holds no person's value. `known_municipalities` are codes of three digits."""
    if raw.broken:
        return Checked(raw.faults, raw.flags, None)
    checks = _Checks(raw.content, received_at, code_lists)
    checks.kind(known_kinds)
    checks.places(known_municipalities)
    checks.times()
    checks.person()
    checks.blocks()
    if checks.faults or checks.flags:
        return Checked((*raw.faults, *checks.faults), (*raw.flags, *checks.flags), checks.identity)
    return Checked(raw.faults, raw.flags, checks.identity)


def odd_person(person: Person) -> Iterator[Flag]:
    """What is taken as it came and has to be looked at (rule 16)."""
    # several given names without a family name are a fault, and no single name
    if (len(person.given_names.split()) == 1 and not person.family_name) or not person.given_names:
        yield Flag("henkilo.etunimet" if person.family_name else "henkilo.sukunimi", FlagCode.ONE_NAME)
    for name, text in (("sukunimi", person.family_name), ("etunimet", person.given_names)):
        if not text.isascii() and "\N{REPLACEMENT CHARACTER}" in text:
            yield Flag(f"henkilo.{name}", FlagCode.DAMAGED_NAME)
    if person.phone and not PHONE.fullmatch(person.phone):
        yield Flag("henkilo.puhelin", FlagCode.ODD_PHONE)
    if person.postal_code and not POSTAL_CODE.fullmatch(person.postal_code):
        yield Flag("henkilo.postinumero", FlagCode.ODD_POSTAL_CODE)


class _Checks:
    __slots__ = ("content", "day", "faults", "flags", "identity", "latest", "lists")

    def __init__(self, content: Content, received_at: datetime, lists: CodeLists) -> None:
        self.content = content
        self.lists = lists
        self.latest = received_at + CLOCK_SLACK
        # the day on which the notice was made decides what was valid
        self.day: date = (content.created_at or received_at).astimezone(HELSINKI).date()
        self.faults: list[RowFault] = []
        self.flags: list[Flag] = []
        self.identity: IdentityCode | None = None

    def fault(self, field: str, code: RowFaultCode, **params: int | str) -> None:
        self.faults.append(RowFault(field, code, params))

    def listed(self, name: CodeList, code: str, field: str, flag: FlagCode) -> None:
        if code and code not in self.lists.codes(name, self.day):
            self.flags.append(Flag(field, flag))

    def kind(self, known: Collection[str]) -> None:
        kind = self.content.kind
        if kind and kind not in known:
            self.fault("tyyppi", RowFaultCode.UNKNOWN_KIND, allowed=", ".join(known))

    def places(self, known: Set[str]) -> None:
        code = self.content.municipality
        if code and code not in known:
            self.fault("kunta", RowFaultCode.UNKNOWN_MUNICIPALITY)
        home = self.content.person.home_municipality if self.content.person else ""
        if home and home not in known:
            self.flags.append(Flag("henkilo.kotikunta", FlagCode.UNKNOWN_HOME))

    def times(self) -> None:
        created = self.content.created_at
        if created and created > self.latest:
            self.fault("luotu", RowFaultCode.IN_FUTURE)

    def person(self) -> None:
        person = self.content.person
        if person is None:
            return
        self.listed(CodeList.LANGUAGE, person.language, "henkilo.asiointikieli", FlagCode.UNKNOWN_LANGUAGE)
        self.flags += odd_person(person)
        if not person.identity_code:
            return
        try:
            self.identity = parse_identity_code(person.identity_code)
        except IdentityCodeError as error:
            self.fault("henkilo.henkilotunnus", _IDENTITY_FAULTS[error.code])
        else:
            self.age(self.identity)

    def age(self, code: IdentityCode) -> None:
        """On the day of luotu; NUORI_TYOTON is under 25, PITKAAN_TYOTON 25 or over."""
        kind = self.content.kind
        if self.content.created_at is None or kind not in MONTHS:
            return
        young = kind == "NUORI_TYOTON"
        if (code.age_on(self.day) < 25) is not young:
            allowed = "under_25" if young else "at_least_25"
            self.fault("henkilo.henkilotunnus", RowFaultCode.AGE_CONTRADICTS, allowed=allowed)

    def blocks(self) -> None:
        content = self.content
        if content.application:
            self.application(content.application)
        if content.reduction:
            self.reduction(content.reduction)
        if content.need:
            self.need(content.need)
        months = content.unemployment.months if content.unemployment else None
        if months is not None and months != MONTHS.get(content.kind, months):
            self.flags.append(Flag("tyottomyys.kuukausia", FlagCode.WRONG_MONTHS))
        self.carried()

    def carried(self) -> None:
        """The block that the type carries must be there; one of another type is only odd."""
        content = self.content
        if content.kind not in KINDS:
            return
        carries = KINDS[content.kind]
        blocks = (content.application, content.reduction, content.need, content.unemployment)
        for name, block in zip(_BLOCK_NAMES, blocks, strict=True):
            if block is None and name == carries:
                self.fault(name, RowFaultCode.MISSING_BLOCK)
            elif block is not None and name != carries:
                self.flags.append(Flag(name, FlagCode.OTHER_BLOCK))

    def application(self, block: Application) -> None:
        self.past(block.received, "hakemus.saapunut")
        self.period(block.period_start, block.period_end, "hakemus.kausiPaattyy")
        for number, expense in enumerate(block.expenses, 1):
            self.listed(CodeList.EXPENSE_KIND, expense.kind, f"hakemus.meno.{number}.laji", FlagCode.UNKNOWN_EXPENSE)

    def reduction(self, block: Reduction) -> None:
        if block.percent is not None:
            percent = str(block.percent)
            name = CodeList.REDUCTION_PERCENTAGE
            self.listed(name, percent, "perusosa.alennusProsentti", FlagCode.UNKNOWN_PERCENTAGE)
        self.period(block.starts, block.ends, "perusosa.paattyy")
        self.listed(CodeList.REDUCTION_GROUND, block.ground, "perusosa.peruste", FlagCode.UNKNOWN_GROUND)

    def need(self, block: Need) -> None:
        # the duty to discuss runs from this day
        self.past(block.discussion_requested_on, "sosiaalityonTarve.keskustelupyyntoPvm")
        self.listed(CodeList.NEED_REASON, block.reason, "sosiaalityonTarve.syy", FlagCode.UNKNOWN_REASON)

    def past(self, day: date | None, field: str) -> None:
        if day and day > self.latest.astimezone(HELSINKI).date():
            self.fault(field, RowFaultCode.IN_FUTURE)

    def period(self, start: date | None, end: date | None, field: str) -> None:
        if start and end and end < start:
            self.fault(field, RowFaultCode.PERIOD_REVERSED)


_BLOCK_NAMES: Final = (APPLICATION, REDUCTION, NEED, UNEMPLOYMENT)
