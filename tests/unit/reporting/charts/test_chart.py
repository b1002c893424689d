from __future__ import annotations

from fractions import Fraction

import pytest

from granskning.reporting.charts.chart import LABELS, RIGHT, Measured, draw_profile, wrap

AXIS = [(Fraction(level), f"{level}") for level in range(4)]


def _settled(name: str, value: Fraction) -> Measured:
    return Measured(name, value, value, value, value, f"{value}", "")


def test_the_axis_spans_the_scale() -> None:
    chart = draw_profile("?", "!", AXIS, [_settled("a", Fraction(0)), _settled("b", Fraction(3))])
    assert [tick.x for tick in chart.ticks] == [LABELS, LABELS + 103.3, LABELS + 206.7, RIGHT]
    assert [row.value for row in chart.rows] == [LABELS, RIGHT]


def test_a_scale_may_begin_below_zero() -> None:
    axis = [(Fraction(-2), "−2"), (Fraction(0), "0"), (Fraction(2), "2")]
    assert draw_profile("?", "!", axis, [_settled("a", Fraction(0))]).rows[0].value == (LABELS + RIGHT) / 2


def test_rows_keep_the_order_of_the_set() -> None:
    chart = draw_profile("?", "!", AXIS, [_settled("low", Fraction(0)), _settled("high", Fraction(3))])
    assert [row.lines for row in chart.rows] == [("low",), ("high",)]
    assert chart.rows[0].y < chart.rows[1].y < chart.height


def test_an_interval_is_a_line_with_a_ring_and_no_dot() -> None:
    one = Measured("a", None, Fraction(1), Fraction(1, 2), Fraction(2), "0.5–2.0", "")
    row = draw_profile("?", "!", AXIS, [one]).rows[0]
    assert row.value is None
    assert row.low is not None
    assert row.so_far is not None
    assert row.high is not None
    assert row.low < row.so_far < row.high


def test_what_cannot_be_assessed_is_words_alone() -> None:
    one = Measured("a", None, None, None, None, "", "cannot be assessed")
    row = draw_profile("?", "!", AXIS, [one]).rows[0]
    assert (row.value, row.low, row.high, row.words) == (None, None, None, "cannot be assessed")


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Kort", ("Kort",)),
        ("Kompetensförsörjning utan könsgränser", ("Kompetensförsörjning utan", "könsgränser")),
        (
            "Ett mycket långt namn på en målbild som inte får plats på två rader",
            ("Ett mycket långt namn på en", "målbild som inte får plats …"),
        ),
    ],
)
def test_names_take_two_lines_at_most(name: str, lines: tuple[str, ...]) -> None:
    assert wrap(name) == lines
