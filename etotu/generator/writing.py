"""Made-up notices as text of the exchange format."""

from collections.abc import Sequence
from datetime import date, datetime

from etotu.generator.drafts import Draft
from etotu.parsing.fields import CSV_COLUMNS, NAMESPACE

XML_END = "</etotuEra>\n"
CSV_START = ";".join(CSV_COLUMNS) + "\r\n"


def xml_start(batch_code: str, sender: str, sent_at: datetime, count: int) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<etotuEra xmlns="{NAMESPACE}" eraTunnus="{batch_code}" '
        f'lahettaja="{sender}" lahetysaika="{sent_at.isoformat()}" ilmoitustenMaara="{count}">\n'
    )


def xml_notice(draft: Draft) -> str:
    person = draft.person
    phone = f"      <puhelin>{person.phone}</puhelin>\n" if person.phone else ""
    surname = f"      <sukunimi>{person.surname}</sukunimi>\n" if person.surname else ""
    address = ""
    if person.street:
        address = (
            f"      <lahiosoite>{person.street}</lahiosoite>\n      <postinumero>{person.postal_code}</postinumero>\n"
            f"      <postitoimipaikka>{person.post_office}</postitoimipaikka>\n"
        )
    block = "" if draft.broken else _xml_block(draft)
    note = f"    <lisatieto>{draft.note}</lisatieto>\n" if draft.note else ""
    attachment = ""
    if draft.attachment:
        name, mime, data = draft.attachment
        attachment = f'    <liite nimi="{name}" mime="{mime}">{data}</liite>\n'
    return (
        f'  <ilmoitus tunnus="{draft.tunnus}" versio="{draft.version}" tyyppi="{draft.kind}" kunta="{draft.code}" '
        f'kiireellinen="{_truth(draft.urgent)}" luotu="{draft.created.isoformat()}">\n    <henkilo>\n'
        f"      <henkilotunnus>{person.identity_code}</henkilotunnus>\n{surname}"
        f"      <etunimet>{person.given_names}</etunimet>\n      <asiointikieli>{person.language}</asiointikieli>\n"
        f"{phone}{address}      <kotikunta>{draft.code}</kotikunta>\n"
        f"      <turvakielto>{_truth(person.non_disclosure)}</turvakielto>\n    </henkilo>\n"
        f"{block}{note}{attachment}  </ilmoitus>\n"
    )


def csv_notice(draft: Draft) -> str:
    person = draft.person
    start, end = draft.period if draft.period and draft.received else (None, None)
    fields: Sequence[str] = (
        draft.tunnus,
        str(draft.version),
        draft.kind,
        draft.code,
        _letter(draft.urgent),
        f"{_day(draft.created)} {draft.created:%H.%M}",
        person.identity_code,
        person.surname,
        person.given_names,
        person.language,
        person.phone,
        draft.code,
        _letter(person.non_disclosure),
        _day(draft.received),
        _day(draft.decided),
        _day(start),
        _day(end),
        str(draft.percent or ""),
        draft.reason,
        _letter(draft.discussion) if draft.reason else "",
        _day(draft.discussion_on),
        draft.note,
    )
    return ";".join(fields) + (";x\r\n" if draft.broken else "\r\n")


def _xml_block(draft: Draft) -> str:
    if draft.received and draft.period:
        expenses = "".join(
            f'      <meno laji="{kind}" euroa="{cents // 100}.{cents % 100:02d}"/>\n' for kind, cents in draft.expenses
        )
        return (
            f'    <hakemus saapunut="{draft.received}" paatospvm="{draft.decided}" kausiAlkaa="{draft.period[0]}" '
            f'kausiPaattyy="{draft.period[1]}">\n{expenses}    </hakemus>\n'
        )
    if draft.percent is not None and draft.period:
        return (
            f'    <perusosa alennusProsentti="{draft.percent}" alkaa="{draft.period[0]}" '
            f'paattyy="{draft.period[1]}" peruste="{draft.ground}"/>\n'
        )
    if draft.reason:
        asked = f' keskustelupyyntoPvm="{draft.discussion_on}"' if draft.discussion_on else ""
        wish = _truth(draft.discussion)
        return f'    <sosiaalityonTarve syy="{draft.reason}" toivooKeskustelua="{wish}"{asked}/>\n'
    return f'    <tyottomyys kuukausia="{draft.months}"/>\n' if draft.months else ""


def _truth(value: bool) -> str:
    return "true" if value else "false"


def _letter(value: bool) -> str:
    return "K" if value else "E"


def _day(day: date | None) -> str:
    return f"{day.day}.{day.month}.{day.year}" if day else ""
