"""Names as people look for them: folded letters, word by word, by sound, and in Finnish alphabetical order."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

REMEMBERED: Final = 16_384

# Letters that Unicode does not take apart into a plain letter and a mark.
UNMARKED: Final = str.maketrans(
    {
        "ø": "o",
        "æ": "a",
        "œ": "o",
        "đ": "d",
        "ð": "d",
        "ł": "l",
        "þ": "th",
        "ŧ": "t",
        "ı": "i",
    }
)
# An apostrophe or hyphen parts a name into words: Ala-Testi, O’Malli.
JOINERS: Final = re.compile(r"['’‘`´ʼ\-‐‑–]+")
NOT_A_WORD: Final = re.compile(r"[^\w]+|_+")

# In this order. Finnish ears do not tell b/p, c/k, d/t, g/k, w/v apart, and the registers hold all spellings.
SOUNDS: Final = (
    ("sch", "s"),
    ("sh", "s"),
    ("ch", "k"),
    ("ck", "k"),
    ("ph", "f"),
    ("th", "t"),
    ("ts", "s"),
    ("z", "s"),
    ("x", "ks"),
    ("w", "v"),
    ("qu", "kv"),
    ("q", "k"),
    ("c", "k"),
    ("g", "k"),
    ("d", "t"),
    ("b", "p"),
    ("hj", "j"),
)
DOUBLE: Final = re.compile(r"(.)\1+")

# Sorting by code point puts these after z in the order å ä ö, as the Finnish alphabet has them. They stay apart from
# a and o; ü goes with y, æ with ä, ø with ö, other marks are dropped. w is a letter of its own, as in today's
# Finnish collation (CLDR), no longer one with v.
FINNISH_LETTERS: Final = str.maketrans(
    {
        "å": "{",
        "ä": "|",
        "æ": "|",
        "ö": "}",
        "ø": "}",
        "œ": "}",
        "ü": "y",
        "đ": "d",
        "ð": "d",
        "ł": "l",
        "þ": "th",
    }
)


# the same words come again and again in a batch
@lru_cache(maxsize=REMEMBERED)
def fold(name: str) -> str:
    """Plain small letters, words parted by one blank: "Öhman-Demo" → "ohman demo"."""
    return " ".join(_words(_plain(name)))


def tokens(family: str, given: str = "") -> tuple[str, ...]:
    """The folded words of a name, each once; a joined name also as one word (Anna-Liisa: anna, liisa, annaliisa)."""
    return tuple(dict.fromkeys(token for part in _parts(f"{family} {given}") for token in fold(part).split()))


def sounds(family: str, given: str = "") -> tuple[str, ...]:
    """The phonetic keys of the same words."""
    return tuple(dict.fromkeys(filter(None, (phonetic(word) for word in _parts(f"{family} {given}")))))


def search_words(text: str) -> tuple[str, ...]:
    """What was typed, as the words that a name must all have the beginning of."""
    return tuple(dict.fromkeys(fold(text).split()))


def search_sounds(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (phonetic(word) for word in JOINERS.sub(" ", text).split()))))


@lru_cache(maxsize=REMEMBERED)
def phonetic(word: str) -> str:
    """A key that spellings of one sound share: Wikström and Vikstroom, Åke and Ooke, Enqvist and Engkvist.

    Takes the word as written: å sounds as o, which the folded word (a) no longer tells.
    """
    key = fold(unicodedata.normalize("NFC", word.casefold()).replace("å", "o")).replace(" ", "")
    for spelling, sound in SOUNDS:
        key = key.replace(spelling, sound)
    return DOUBLE.sub(r"\1", key)


def sort_key(family: str, given: str = "") -> str:
    """Sorts as the Finnish alphabet in a column with the C collation: family name first, word by word."""
    # a tab sorts before the blank, so that Ala comes before Ala-Testi whatever the given names are
    return "\t".join((_alphabetical(family), _alphabetical(given)))


@lru_cache(maxsize=REMEMBERED)
def _alphabetical(name: str) -> str:
    letters = unicodedata.normalize("NFC", name.casefold()).translate(FINNISH_LETTERS)
    plain = JOINERS.sub(" ", _without_marks(letters))
    return " ".join(plain.split())


def _plain(name: str) -> str:
    # twice: letters such as the mathematical ones have a small form only once they are taken apart
    return _without_marks(_without_marks(name.casefold()).casefold()).translate(UNMARKED)


def _without_marks(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))


def _words(plain: str) -> list[str]:
    return NOT_A_WORD.sub(" ", plain).split()


def _parts(name: str) -> list[str]:
    """Each written word, and before it its parts where a hyphen or an apostrophe joins them."""
    parts: list[str] = []
    for word in name.split():
        pieces = [piece for piece in JOINERS.split(word) if fold(piece)]
        parts += pieces if len(pieces) < 2 else [*pieces, "".join(pieces)]
    return parts
