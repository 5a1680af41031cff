"""Makes small batches for the tests: files in the exchange format and their loading."""

import datetime
import io
from typing import Any
from xml.sax.saxutils import quoteattr

from accounts.models import User
from cases.models import Matter
from core.encryption import encrypt
from core.row_security import across_municipalities
from etotu.loading.load import load
from etotu.loading.originals import seal
from etotu.loading.receive import store
from etotu.loading.rows import attachment_context
from etotu.models import Attachment, Batch, Notice, QuarantineRow
from etotu.models.batch import Via
from etotu.parsing import read_values
from municipalities.models import Municipality
from testing.people import person

RECEIVED = datetime.datetime(2018, 10, 12, 6, 0, tzinfo=datetime.UTC)
SEIJA = "100190-999P"
TAUNO = "170863-9809"
LEMPI = "020259-9038"


def notice(number: str = "K1", version: int | str = 1, *, kind: str = "HAKEMUS", **fields: Any) -> str:
    """One `ilmoitus`; `code` and `family` are the person's, `block` and `more` go inside as they are."""
    blocks = {
        "HAKEMUS": '<hakemus saapunut="2018-10-09"><meno laji="VUOKRARASTI" euroa="416.90"/></hakemus>',
        "ALENNETTU_PERUSOSA": '<perusosa alennusProsentti="40" alkaa="2018-10-01"/>',
        "SOSIAALITYON_TARVE": '<sosiaalityonTarve syy="ASUMINEN"/>',
        "NUORI_TYOTON": '<tyottomyys kuukausia="4"/>',
        "PITKAAN_TYOTON": '<tyottomyys kuukausia="12"/>',
    }
    attributes = {
        "tunnus": number,
        "versio": version,
        "tyyppi": kind,
        "kunta": fields.pop("kunta", "297"),
        "kiireellinen": "true" if fields.pop("urgent", False) else "false",
        "luotu": fields.pop("created", "2018-10-11T08:00:00+03:00"),
    }
    person = {
        "henkilotunnus": fields.pop("code", SEIJA),
        # without a family name nobody has a name: one of the two would be enough
        "etunimet": fields.pop("given", "Seija Hilja" if fields.get("family", "-") else ""),
        "sukunimi": fields.pop("family", "Demolainen"),
        "asiointikieli": fields.pop("language", "fi"),
        "puhelin": fields.pop("phone", ""),
        "lahiosoite": fields.pop("street", ""),
        "turvakielto": fields.pop("non_disclosure", ""),
    }
    note, block, more = fields.pop("note", ""), fields.pop("block", blocks.get(kind, "")), fields.pop("more", "")
    assert not fields, fields
    inside = "".join(f"<{name}>{text}</{name}>" for name, text in person.items() if text)
    heads = " ".join(f"{name}={quoteattr(str(text))}" for name, text in attributes.items() if text is not None)
    told = f"<lisatieto>{note}</lisatieto>" if note else ""
    return f"<ilmoitus {heads}><henkilo>{inside}</henkilo>{block}{told}{more}</ilmoitus>"


def xml(*notices: str, declared: int | None = None, code: str = "ERA-1") -> bytes:
    count = len(notices) if declared is None else declared
    head = (
        f'<etotuEra xmlns="urn:osallistava:etotu:1" eraTunnus="{code}" lahettaja="KELA" '
        f'lahetysaika="2018-10-12T05:30:00+03:00" ilmoitustenMaara="{count}">'
    )
    return ('<?xml version="1.0" encoding="UTF-8"?>\n' + head + "\n".join(("", *notices)) + "\n</etotuEra>\n").encode()


def trusted() -> User:
    """An installation admin, whose uploads may hold every municipality; the same one each time."""
    email = "asentaja@asennus.example"
    return User.objects.filter(email=email).first() or person("Asko Asentaja", email, is_installation_admin=True)


def stored(data: bytes, *, municipality: Municipality | None = None, **values: Any) -> Batch:
    """From the folder, which is Kela's channel; with a municipality uploaded there by an installation admin."""
    via = Via.UPLOAD if municipality else Via.FOLDER
    if municipality and "actor" not in values:
        values["actor"] = trusted()
    settings: dict[str, Any] = {"file_name": "era.xml", "via": via, "received_at": RECEIVED} | values
    return store(io.BytesIO(data), municipality=municipality, **settings)


def loaded(data: bytes, *, municipality: Municipality | None = None, **values: Any) -> Batch:
    """The batch after its loading."""
    batch = stored(data, municipality=municipality, **values)
    assert load(batch.pk)
    batch.refresh_from_db()
    return batch


def everything() -> Any:
    """The scope of a test that looks at rows of all municipalities."""
    return across_municipalities("a test looks at what was loaded")


def counts(batch: Batch) -> dict[str, int]:
    """Those that are not zero."""
    names = ("received", "accepted", "updated", "duplicate", "stale", "quarantined", "flagged")
    return {name: getattr(batch, name) for name in names if getattr(batch, name)}


def make_notice(matter: Matter, batch: Batch, number: str = "K1") -> Notice:
    """A notice without its file: what a page needs."""
    return Notice.objects.create(
        municipality=matter.municipality,
        sender="KELA",
        number=number,
        version=1,
        matter=matter,
        batch=batch,
        first_batch=batch,
        position=1,
        sent_at=RECEIVED,
        received_at=RECEIVED,
        content={"kind": "HAKEMUS", "application": None, "note": ""},
        content_hash=b"",
    )


def make_attachment(notice: Notice, data: bytes = b"Lasku", name: str = "lasku.txt") -> Attachment:
    return Attachment.objects.create(
        municipality=notice.municipality,
        notice=notice,
        version=notice.version,
        ordinal=1,
        name=name,
        mime="text/plain",
        size=len(data),
        data=encrypt(data, attachment_context(notice.sender, notice.number, notice.version, 1)),
    )


def make_faulty_row(batch: Batch, municipality: Municipality | None, position: int = 1) -> QuarantineRow:
    """An open row whose time of making cannot be read; without a municipality it belongs to nobody."""
    place = municipality.code if municipality else "999"
    values = {"tunnus": f"R{position}", "tyyppi": "MAAHANMUUTTAJA", "kunta": place, "luotu": "eilen", "henkilo": {
        "henkilotunnus": SEIJA, "sukunimi": "Demolainen", "etunimet": "Seija"}}  # fmt: skip
    raw = read_values(values, "xml", position=position)
    with across_municipalities("a test makes a row", [municipality.pk if municipality else 0]):
        return QuarantineRow.objects.create(
            municipality=municipality,
            batch=batch,
            position=position,
            sender="KELA",
            number=raw.tunnus,
            version=1,
            kind=raw.content.kind,
            content_hash=b"%d:%d" % (batch.pk, position),
            faults=[fault.as_json() for fault in raw.faults],
            original=seal(raw, batch.pk),
        )
