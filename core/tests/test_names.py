import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.names import fold, phonetic, search_sounds, search_words, sort_key, sounds, tokens

words = st.text(st.characters(categories=["L", "M", "P", "Zs", "N"]), max_size=30)


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Näytekoski", "naytekoski"),
        ("Öhman-Demo", "ohman demo"),
        ("ÅKE", "ake"),
        ("Renée", "renee"),
        ("Søren", "soren"),
        ("D’Testi", "d testi"),
        ("O'Malli", "o malli"),
        ("  Ala -  Testi ", "ala testi"),
        ("Strauß", "strauss"),
        ("Łukasz", "lukasz"),
        ("a\N{COMBINING DIAERESIS}", "a"),
        ("Демо", "демо"),
        ("-", ""),
    ],
)
def test_names_fold_to_plain_letters(name: str, folded: str) -> None:
    assert fold(name) == folded


@given(words)
def test_folding_twice_changes_nothing(name: str) -> None:
    assert fold(fold(name)) == fold(name)


def test_a_joined_name_is_found_by_its_parts_and_as_one_word() -> None:
    assert tokens("Ala-Testi", "Anna-Liisa Maria") == (
        "ala",
        "testi",
        "alatesti",
        "anna",
        "liisa",
        "annaliisa",
        "maria",
    )


def test_a_token_stands_once() -> None:
    assert tokens("Demo", "Demo") == ("demo",)


@given(words, words)
def test_a_name_is_found_by_itself_as_written(family: str, given_names: str) -> None:
    assert set(search_words(f"{family} {given_names}")) <= set(tokens(family, given_names))


@given(words, words)
def test_tokens_and_sounds_are_never_empty_texts(family: str, given_names: str) -> None:
    assert all((*tokens(family, given_names), *sounds(family, given_names), *search_sounds(family)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Wikström", "Vikstrom"),
        ("Åke", "Ooke"),
        ("Enqvist", "Engkvist"),
        ("Christer", "Krister"),
        ("Zacharias", "Sakarias"),
        ("Alexander", "Aleksanter"),
        ("Sophia", "Sofia"),
        ("Matilda", "Mathilda"),
        ("Mattila", "Matila"),
        ("Hjelm", "Jelm"),
        ("Schulz", "Sults"),
        ("Bekka", "Pekka"),
        ("Quist", "Kvist"),
        ("A\N{COMBINING RING ABOVE}ke", "Åke"),
    ],
)
def test_spellings_of_one_sound_share_a_key(one: str, other: str) -> None:
    assert phonetic(one) == phonetic(other)


@pytest.mark.parametrize(("one", "other"), [("Mallikas", "Malliko"), ("Testaja", "Testala"), ("Aino", "Eino")])
def test_different_names_sound_different(one: str, other: str) -> None:
    assert phonetic(one) != phonetic(other)


def test_names_sort_in_the_order_of_the_finnish_alphabet() -> None:
    ordered = [
        ("Ala", "Zacharias"),
        ("Ala-Testi", "Aino"),
        ("Alatesti", "Aino"),
        ("Demo", ""),
        ("Demo", "Aino"),
        ("Démo", "Äijö"),
        ("Demola", "Aino"),
        ("Virta", "Aino"),
        ("Wirta", "Aino"),
        ("Zetademo", "Aino"),
        ("Åkerdemo", "Aino"),
        ("Äijädemo", "Aino"),
        ("Öhman-Demo", "Aino"),
    ]
    assert sorted(ordered, key=lambda name: sort_key(*name).encode()) == ordered


def test_case_does_not_matter_in_sorting() -> None:
    assert sort_key("DEMO", "AINO") == sort_key("demo", "Aino")
