"""The names of the exchange format: elements, attributes, CSV columns, and the paths by which faults name a field."""

from typing import Final

NAMESPACE: Final = "urn:osallistava:etotu:1"
BATCH: Final = "etotuEra"
NOTICE: Final = "ilmoitus"
BATCH_ATTRIBUTES: Final = ("eraTunnus", "lahettaja", "lahetysaika", "ilmoitustenMaara")

PERSON: Final = "henkilo"
APPLICATION: Final = "hakemus"
EXPENSE: Final = "meno"
REDUCTION: Final = "perusosa"
NEED: Final = "sosiaalityonTarve"
UNEMPLOYMENT: Final = "tyottomyys"
NOTE: Final = "lisatieto"
ATTACHMENT: Final = "liite"

NOTICE_ATTRIBUTES: Final = frozenset({"tunnus", "versio", "tyyppi", "kunta", "kiireellinen", "luotu"})
BLOCK_ATTRIBUTES: Final = {
    APPLICATION: frozenset({"saapunut", "paatospvm", "kausiAlkaa", "kausiPaattyy"}),
    REDUCTION: frozenset({"alennusProsentti", "alkaa", "paattyy", "peruste"}),
    NEED: frozenset({"syy", "toivooKeskustelua", "keskustelupyyntoPvm"}),
    UNEMPLOYMENT: frozenset({"kuukausia"}),
}
EXPENSE_ATTRIBUTES: Final = frozenset({"laji", "euroa"})
ATTACHMENT_ATTRIBUTES: Final = frozenset({"nimi", "mime"})
PERSON_ELEMENTS: Final = (
    "henkilotunnus",
    "sukunimi",
    "etunimet",
    "asiointikieli",
    "puhelin",
    "lahiosoite",
    "postinumero",
    "postitoimipaikka",
    "kotikunta",
    "turvakielto",
)

# the types of notices and the block that each carries
KINDS: Final[dict[str, str | None]] = {
    "HAKEMUS": APPLICATION,
    "ALENNETTU_PERUSOSA": REDUCTION,
    "SOSIAALITYON_TARVE": NEED,
    "NUORI_TYOTON": UNEMPLOYMENT,
    "PITKAAN_TYOTON": UNEMPLOYMENT,
    "MAAHANMUUTTAJA": None,
}
MONTHS: Final = {"NUORI_TYOTON": 4, "PITKAAN_TYOTON": 12}

# CSV columns in their order, each with its place in the values of a notice
CSV_COLUMNS: Final = {
    "tunnus": (None, "tunnus"),
    "versio": (None, "versio"),
    "tyyppi": (None, "tyyppi"),
    "kunta": (None, "kunta"),
    "kiireellinen": (None, "kiireellinen"),
    "luotu": (None, "luotu"),
    "henkilotunnus": (PERSON, "henkilotunnus"),
    "sukunimi": (PERSON, "sukunimi"),
    "etunimet": (PERSON, "etunimet"),
    "asiointikieli": (PERSON, "asiointikieli"),
    "puhelin": (PERSON, "puhelin"),
    "kotikunta": (PERSON, "kotikunta"),
    "turvakielto": (PERSON, "turvakielto"),
    "saapunut": (APPLICATION, "saapunut"),
    "paatospvm": (APPLICATION, "paatospvm"),
    "kausi_alkaa": (APPLICATION, "kausiAlkaa"),
    "kausi_paattyy": (APPLICATION, "kausiPaattyy"),
    "alennus_prosentti": (REDUCTION, "alennusProsentti"),
    "syy": (NEED, "syy"),
    "toivoo_keskustelua": (NEED, "toivooKeskustelua"),
    "keskustelupyynto_pvm": (NEED, "keskustelupyyntoPvm"),
    "lisatieto": (None, NOTE),
}
