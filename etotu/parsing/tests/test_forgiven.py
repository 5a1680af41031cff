"""Characters that carry no meaning, wherever in Unicode they stand."""

import sys
import unicodedata

from etotu.parsing.forgiven import forgiven

READ_AS = {"Cf": "", "Pd": "-", "Zs": " "}


def test_every_character_is_read_by_its_kind() -> None:
    characters = [chr(number) for number in range(128, sys.maxunicode + 1)]
    wrong = [one for one in characters if forgiven(one) != READ_AS.get(unicodedata.category(one), one)]
    assert wrong == ["\N{MINUS SIGN}"]


def test_a_minus_looks_like_a_hyphen() -> None:
    assert forgiven("240992\N{MINUS SIGN}907R") == "240992-907R"


def test_a_character_is_read_alike_again() -> None:
    dashes = "\N{EN DASH}\N{TAG SPACE}ä\N{NO-BREAK SPACE}"
    assert [forgiven(dashes), forgiven(dashes)] == ["-ä ", "-ä "]
