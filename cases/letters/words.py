"""The program's own words of the letters, in plain language; a municipality may write its own."""

from dataclasses import dataclass
from typing import Final

from cases.models.letter import LetterKind, LetterLanguage

FI, SV, EN = LetterLanguage.FINNISH.value, LetterLanguage.SWEDISH.value, LetterLanguage.ENGLISH.value


@dataclass(frozen=True, slots=True)
class Words:
    subject: str
    body: str


TITLES: Final = {FI: "Kirje", SV: "Brev", EN: "Letter"}
"""Of the file: it names nobody."""

WORDS: Final[dict[tuple[str, str], Words]] = {
    (LetterKind.NOT_REACHED, FI): Words(
        "Yritimme tavoittaa sinua",
        """Hei {name},

olemme yrittäneet tavoittaa sinua kunnan sosiaalityöstä.
Emme saaneet sinuun yhteyttä näinä päivinä: {tries}.

Haluaisimme kuulla, mitä sinulle kuuluu, ja kertoa, millaista apua voit saada. Voimme jutella esimerkiksi rahasta, \
työstä, opiskelusta, terveydestä tai arjesta.

Ota yhteyttä silloin, kun sinulle sopii:
{where_to_turn}
Puhelin: {phone}

Voit itse päättää, otatko yhteyttä. Etuutesi eivät pienene siksi, ettet vastaa tähän kirjeeseen. Voit ottaa yhteyttä \
myös myöhemmin, jos tarvitset apua.

Ystävällisin terveisin
{worker}
{municipality}""",
    ),
    (LetterKind.NOT_REACHED, SV): Words(
        "Vi har försökt nå dig",
        """Hej {name},

vi på kommunens socialarbete har försökt nå dig.
Vi fick inte kontakt med dig dessa dagar: {tries}.

Vi vill gärna höra hur du har det och berätta vilken hjälp du kan få. Vi kan till exempel prata om pengar, arbete, \
studier, hälsa eller vardagen.

Ta kontakt när det passar dig:
{where_to_turn}
Telefon: {phone}

Du bestämmer själv om du tar kontakt. Dina förmåner blir inte mindre för att du inte svarar på det här brevet. Du kan \
också ta kontakt senare, om du behöver hjälp.

Med vänlig hälsning
{worker}
{municipality}""",
    ),
    (LetterKind.NOT_REACHED, EN): Words(
        "We have tried to reach you",
        """Dear {name},

we from the municipality's social work have tried to reach you.
We were not able to contact you on these days: {tries}.

We would like to hear how you are and tell you what kind of help you can get. We can talk, for example, about money, \
work, studies, health or everyday life.

Contact us when it suits you:
{where_to_turn}
Phone: {phone}

You decide whether you contact us. Your benefits will not be reduced because you do not answer this letter. You can \
also contact us later if you need help.

With kind regards
{worker}
{municipality}""",
    ),
    (LetterKind.INFORMATION_REQUEST, FI): Words(
        "Tarvitsemme lisää tietoja",
        """Hei {name},

hakemuksesi on saapunut meille {arrived}. Tarvitsemme päätöstä varten vielä nämä tiedot:

{items}

{note}

Toimita tiedot viimeistään {limit}. Jos et saa niitä siihen mennessä tai tarvitset apua, ota meihin yhteyttä ennen \
sitä. Jos emme saa tietoja, teemme päätöksen niillä tiedoilla, jotka meillä on.

Kysy lisää:
{where_to_turn}
Puhelin: {phone}

Ystävällisin terveisin
{worker}
{municipality}""",
    ),
    (LetterKind.INFORMATION_REQUEST, SV): Words(
        "Vi behöver mer information",
        """Hej {name},

din ansökan kom till oss {arrived}. För beslutet behöver vi ännu dessa uppgifter:

{items}

{note}

Lämna uppgifterna senast {limit}. Om du inte får dem till dess eller behöver hjälp, ta kontakt med oss före det. Om \
vi inte får uppgifterna, fattar vi beslutet med de uppgifter som vi har.

Fråga mer:
{where_to_turn}
Telefon: {phone}

Med vänlig hälsning
{worker}
{municipality}""",
    ),
    (LetterKind.INFORMATION_REQUEST, EN): Words(
        "We need more information",
        """Dear {name},

we received your application on {arrived}. To make the decision we still need this information:

{items}

{note}

Please send it by {limit}. If you cannot get it by then or need help, contact us before that day. If we do not \
receive the information, we will make the decision with the information that we have.

Ask us:
{where_to_turn}
Phone: {phone}

With kind regards
{worker}
{municipality}""",
    ),
    (LetterKind.APPOINTMENT, FI): Words(
        "Aika tapaamiseen",
        """Hei {name},

olemme varanneet sinulle ajan tapaamiseen:

{time}
{place}

Sinut tapaa {worker}.

{note}

Voit ottaa mukaasi läheisen tai muun tukihenkilön. Kerro meille etukäteen, jos tarvitset tulkin tai muuta apua \
tapaamiseen tulemisessa.

Jos aika ei sovi sinulle, ilmoita siitä, niin sovimme uuden ajan:
{where_to_turn}
Puhelin: {phone}

Tervetuloa!
{worker}
{municipality}""",
    ),
    (LetterKind.APPOINTMENT, SV): Words(
        "Tid för ett möte",
        """Hej {name},

vi har reserverat en mötestid för dig:

{time}
{place}

Du träffar {worker}.

{note}

Du får ta med en närstående eller en annan stödperson. Berätta för oss på förhand om du behöver tolk eller annan \
hjälp för att komma till mötet.

Om tiden inte passar dig, meddela oss, så kommer vi överens om en ny tid:
{where_to_turn}
Telefon: {phone}

Välkommen!
{worker}
{municipality}""",
    ),
    (LetterKind.APPOINTMENT, EN): Words(
        "Your appointment",
        """Dear {name},

we have reserved a time for you:

{time}
{place}

You will meet {worker}.

{note}

You may bring someone close to you or another support person. Tell us beforehand if you need an interpreter or other \
help in coming to the appointment.

If the time does not suit you, let us know and we will agree on a new one:
{where_to_turn}
Phone: {phone}

Welcome!
{worker}
{municipality}""",
    ),
}
