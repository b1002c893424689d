from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from granskning.i18n import Translator
from granskning.reporting.wording.words import first_sentence, paragraphs, share


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (None, ()),
        ("", ()),
        ("En rad.\n", ("En rad.",)),
        ("Ett stycke.\nEtt till.\n", ("Ett stycke.", "Ett till.")),
        ("En mening som\nbröts mitt i.\n", ("En mening som bröts mitt i.",)),
        ("Ett stycke\nbrutet.\n\nEtt till.\n", ("Ett stycke brutet.", "Ett till.")),
        ("Detta saknas:\n- mål\n- medel som\n  räcker\n", ("Detta saknas:", "\t• mål", "\t• medel som räcker")),
        (
            "Så här:\n1. först\n   - inuti\n     • djupt\n2. sedan\n\nSlut.",
            ("Så här:", "\t1. först", "\t\t• inuti", "\t\t\t• djupt", "\t2. sedan", "Slut."),
        ),
        ("·\tur Word\n·\toch en till", ("\t• ur Word", "\t• och en till")),
        ("Perioden 2010\n- 2014 granskas.", ("Perioden 2010 - 2014 granskas.",)),
        (
            "\n".join(f"{' ' * n}- {n}" for n in range(7)),
            (*("\t" * (n + 1) + f"• {n}" for n in range(5)), "\t\t\t\t\t• 5", "\t\t\t\t\t• 6"),
        ),
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
