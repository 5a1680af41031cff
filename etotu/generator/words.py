"""Words of made-up notices: names that nobody has, addresses that do not exist, notes that could have been written."""

from typing import Final

_FIRST: Final = (
    "Ala", "Esi", "Haapa", "Harju", "Heinä", "Honka", "Jokela", "Järvi", "Kallio", "Kanta", "Kivi", "Koivu", "Korpi",
    "Koski", "Kuusi", "Lehto", "Leppä", "Lumi", "Metsä", "Mänty", "Mäki", "Niemi", "Niitty", "Oja", "Pelto", "Puro",
    "Ranta", "Salmi", "Salo", "Suo", "Suvi", "Syrjä", "Taival", "Tammi", "Uusi", "Vaara", "Vuori", "Yli",
)  # fmt: skip
_MADE_UP: Final = ("malli", "esimerkki", "testi", "näyte", "koe", "harjoitus", "demo")
SURNAMES: Final = (
    "Ala-Testi", "Demolainen", "Esimerkkinen", "Harjoitus", "Koekas", "Kokeilija", "Mallikas", "Mallinen",
    "Näytekoski", "Näytetie", "Testaaja", "Testaja", "Öhman-Demo",
    *(f"{first}{last}" for first in _FIRST for last in _MADE_UP),
)  # fmt: skip
SWEDISH_SURNAMES: Final = tuple(
    f"{first}{last}"
    for first in ("Exempel", "Prov", "Test", "Demo", "Övnings", "Modell")
    for last in ("berg", "ström", "lund", "kvist", "holm", "gren", "dal", "fors", "vik", "backa")
)
OTHER_SURNAMES: Final = tuple(
    f"{first}{last}"
    for first in ("Demo", "Testa", "Exam", "Modal", "Sampa", "Mocka")
    for last in ("rov", "wari", "li", "ndi", "deh", "shvili", "nko", "mani")
)
GIVEN_NAMES: Final = (
    "Aino", "Armas", "Eino", "Elina", "Emilia", "Erkki", "Ester", "Hanna", "Helmi", "Hilja", "Ilmari", "Impi", "Inkeri",
    "Jalmari", "Jari", "Joonas", "Kaarina", "Kaino", "Kalle", "Katri", "Lauri", "Lempi", "Liisa", "Martta", "Matti",
    "Mika", "Niko", "Oiva", "Olavi", "Onni", "Pekka", "Pentti", "Pirjo", "Reino", "Ritva", "Saima", "Sanna", "Sari",
    "Seija", "Siiri", "Sofia", "Tapio", "Timo", "Toivo", "Tuula", "Tyyne", "Urho", "Veikko", "Venla", "Ville", "Åke",
)  # fmt: skip
SWEDISH_GIVEN_NAMES: Final = (
    "Agneta", "Anders", "Birgitta", "Carl", "Christina", "Ellen", "Erik", "Gunilla", "Gustav", "Göran", "Ingrid",
    "Johan", "Karin", "Lars", "Linnea", "Margareta", "Mats", "Nils", "Oskar", "Sven", "Ulla", "Åsa",
)  # fmt: skip
OTHER_GIVEN_NAMES: Final = (
    "Abdi", "Ahmed", "Aleksei", "Amina", "Darya", "Fatima", "Hassan", "Irina", "Layla", "Maryam", "Mohamed", "Natalia",
    "Olena", "Omar", "Rania", "Sara", "Samira", "Viktor", "Yusuf", "Zahra",
)  # fmt: skip
OTHER_LANGUAGES: Final = ("ar", "ar", "so", "so", "ru", "ru", "en", "fa", "ku", "uk", "et", "th", "vi")

STREETS: Final = (
    "Demokuja", "Esimerkkitie", "Harjoituskatu", "Kokeilukuja", "Koepolku", "Mallikatu", "Malliraitti", "Näytetie",
    "Otostie", "Testaajankatu",
)  # fmt: skip
# post offices and postal codes by municipality; people of other municipalities have no address
POST: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "049": ("ESPOO", ("02100", "02230", "02600", "02770")),
    "091": ("HELSINKI", ("00100", "00510", "00700", "00930", "00940")),
    "092": ("VANTAA", ("01300", "01350", "01600")),
    "109": ("HÄMEENLINNA", ("13100", "13200", "13500")),
    "167": ("JOENSUU", ("80100", "80200", "80220")),
    "179": ("JYVÄSKYLÄ", ("40100", "40520", "40740")),
    "211": ("KANGASALA", ("36200", "36220", "36240")),
    "297": ("KUOPIO", ("70100", "70200", "70600", "70780", "70820")),
    "320": ("KEMIJÄRVI", ("98100", "98120")),
    "398": ("LAHTI", ("15100", "15200", "15850")),
    "564": ("OULU", ("90100", "90500", "90570")),
    "609": ("PORI", ("28100", "28300", "28500")),
    "680": ("RAISIO", ("21200", "21280", "21290")),
    "837": ("TAMPERE", ("33100", "33500", "33580", "33720", "33820")),
    "851": ("TORNIO", ("95400", "95420")),
    "853": ("TURKU", ("20100", "20540", "20610")),
    "905": ("VAASA", ("65100", "65320", "65370")),
}

NOTES: Final = (
    "Vuokranantaja on ilmoittanut irtisanomisesta.",
    "Sähkönkatkaisu uhkaa, eräpäivä on ensi viikolla.",
    "Lääkkeet jääneet hakematta varojen puuttuessa.",
    "Asiakas toivoo yhteydenottoa puhelimitse iltapäivällä.",
    "Asiakas on tavoitettavissa parhaiten aamupäivisin.",
    "Asiakkaalla ei ole tuloja tältä kuulta.",
    "Työttömyysetuuden hakemus on kesken.",
    "Asiakas ei ole saanut yhteyttä työvoimapalveluihin.",
    "Asiakas kertoo, ettei jaksa hoitaa asioitaan yksin.",
    "Vuokraa on maksamatta kahdelta kuukaudelta.",
    "Ulosotto vie osan tuloista, eikä rahaa jää ruokaan.",
    "Asiakas on muuttanut hiljattain, eikä uusi asunto ole vielä kalustettu.",
    "Pesukone on rikkoutunut, taloudessa on kaksi pientä lasta.",
    "Lapsen harrastusmaksu erääntyy kuun lopussa.",
    "Asiakas etsii pienempää ja edullisempaa asuntoa.",
    "Puhelinhaastattelussa kävi ilmi, että asiakas on jäänyt ilman hoitoaikaa.",
    "Asiakas tarvitsee tulkin.",
    "Opinnot ovat keskeytyneet, eikä asiakas tiedä mitä tekisi seuraavaksi.",
    "Asiakkaalle on annettu neuvontaa ensisijaisista etuuksista.",
    "Asiakas pyytää keskusteluaikaa mahdollisimman pian.",
)
SWEDISH_NOTES: Final = (
    "Hyresvärden har meddelat om uppsägning.",
    "Elen riskerar att stängas av, förfallodagen är nästa vecka.",
    "Klienten har inte haft råd att hämta ut sina mediciner.",
    "Klienten önskar bli kontaktad per telefon på eftermiddagen.",
    "Klienten har inga inkomster den här månaden.",
    "Ansökan om arbetslöshetsförmån behandlas ännu.",
    "Klienten orkar inte sköta sina ärenden ensam.",
    "Klienten ber om en tid för samtal så snart som möjligt.",
)
CORRECTIONS: Final = ("Korjattu: asiakas tavoitettavissa vain aamuisin.", "Täydennetty: puhelinnumero on vaihtunut.")

EXPENSES: Final = (
    "VUOKRARASTI", "VUOKRARASTI", "VUOKRARASTI", "SAHKOVELKA", "SAHKOVELKA", "HUONEKALUT", "HUONEKALUT", "KODINKONE",
    "KODINKONE", "MATKAT", "MATKAT", "TYOVALINEET", "HARRASTUS", "TERVEYDENHUOLTO", "SILMALASIT", "VAATTEET", "MUUTTO",
    "VUOKRAVAKUUS", "MUU",
)  # fmt: skip
REASONS: Final = (
    *("ELAMANHALLINTA",) * 35, *("TOIMEENTULO",) * 24, *("ASUMINEN",) * 19, *("TERVEYDENTILA",) * 8,
    *("PAIHTEET",) * 5, *("PERHE",) * 5, *("MUU",) * 4,
)  # fmt: skip
GROUNDS: Final = (
    "TYOSTA_KIELTAYTYMINEN", "TYOVOIMAPALVELUN_LAIMINLYONTI", "TYOVOIMAPALVELUN_LAIMINLYONTI",
    "KOTOUTUMISSUUNNITELMAN_LAIMINLYONTI", "AKTIVOINTISUUNNITELMAN_LAIMINLYONTI", "KOULUTUKSESTA_KIELTAYTYMINEN",
)  # fmt: skip

_TEXT: Final = "TGFza3UsIGVyw6Rww6RpdsOkIDMxLjEwLg=="
_PDF: Final = "JVBERi0xLjQKMSAwIG9iajw8L1R5cGUvQ2F0YWxvZz4+ZW5kb2JqCnRyYWlsZXI8PC9Sb290IDEgMCBSPj4KJSVFT0YK"
_PNG: Final = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
# name, mime, base64
ATTACHMENTS: Final = (
    ("lasku.txt", "text/plain", _TEXT),
    ("vuokravelka.pdf", "application/pdf", _PDF),
    ("kuva.png", "image/png", _PNG),
)
