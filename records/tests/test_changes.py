"""What a later text has that an earlier one had not."""

from hypothesis import given
from hypothesis import strategies as st

from records.content.changes import GONE, NEW, SAME, Piece, pieces

TEXT = st.text(st.sampled_from("ab ä5.\n"), max_size=60)


def test_a_changed_word_is_gone_and_new() -> None:
    found = pieces("Vuokra 455 €.", "Vuokra 512 €.")
    assert found == [Piece("Vuokra "), Piece("455", GONE), Piece("512", NEW), Piece(" €.")]


@given(TEXT, TEXT)
def test_both_texts_are_in_the_pieces(before: str, after: str) -> None:
    found = pieces(before, after)
    assert "".join(piece.text for piece in found if piece.kind in (SAME, GONE)) == before
    assert "".join(piece.text for piece in found if piece.kind in (SAME, NEW)) == after


def test_very_long_texts_are_told_as_a_whole() -> None:
    before, after = "sana " * 5000, "toinen " * 5000
    assert pieces(before, after) == [Piece(before, GONE), Piece(after, NEW)]
