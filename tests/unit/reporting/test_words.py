from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from granskning.i18n import Translator
from granskning.reporting.words import first_sentence, paragraphs, share


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (None, ()),
        ("", ()),
        ("En rad.\n", ("En rad.",)),
        ("Ett stycke.\nEtt till.\n", ("Ett stycke.", "Ett till.")),
        ("En mening som\nbröts mitt i.\n", ("En mening som bröts mitt i.",)),
        ("Ett stycke\nbrutet.\n\nEtt till.\n", ("Ett stycke brutet.", "Ett till.")),
    ],
)
def test_prose_is_parted_where_the_writer_parted_it(text: str | None, parts: tuple[str, ...]) -> None:
    assert paragraphs(text) == parts


@given(st.integers(1, 500).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_a_share_is_never_shown_as_more_than_it_is(counts: tuple[int, int]) -> None:
    part, whole = counts
    percent = int(share(Translator("en"), part, whole).rstrip("%"))
    assert Fraction(percent, 100) <= Fraction(part, whole) < Fraction(percent + 1, 100)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Kort. Sedan mer.", "Kort."),
        ("Se t.ex. kapitel 3 om resor. Sedan mer.", "Se t.ex. kapitel 3 om resor."),
        ("ord " * 100, "ord " * 44 + "ord …"),
        (None, ""),
    ],
)
def test_the_summary_takes_the_first_sentence(text: str | None, first: str) -> None:
    assert first_sentence(text) == first
