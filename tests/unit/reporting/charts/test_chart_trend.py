from __future__ import annotations

import itertools
from fractions import Fraction

import pytest

from granskning.reporting.blocks.badges import Mark
from granskning.reporting.charts.chart import LABELS, RIGHT, WIDTH, make_ticks
from granskning.reporting.charts.chart_gap import Measurement, draw_gap
from granskning.reporting.charts.chart_spread import Placed, draw_matrix, draw_reviewers, letters_for
from granskning.reporting.charts.chart_trend import Height, Moved, draw_shift, draw_trend

AXIS = [(Fraction(level), f"{level}") for level in range(4)]
HALF = Fraction(1, 2)


def _settled(value: Fraction, shown: str = "1", *, joined: bool = True) -> Height:
    return Height(value, value, value, value, shown, joined)


def test_a_trend_goes_in_steps_from_the_first_to_the_last() -> None:
    row = draw_trend("?", "!", [("a",), ("b",)], [("x", [_settled(Fraction(0)), _settled(Fraction(1))])]).rows[0]
    first, last = row.dots
    assert first.x < last.x < WIDTH
    assert (first.y, last.y) == (row.bottom, row.top)
    assert row.paths == (f"M{first.x} {first.y}H{last.x}V{last.y}",)
    assert row.breaks == ()


def test_a_line_is_broken_where_results_cannot_be_compared() -> None:
    chart = draw_trend("?", "!", [("a",), ("b",)], [("x", [_settled(HALF), _settled(HALF, joined=False)])])
    row = chart.rows[0]
    assert row.paths == ()
    assert len(row.breaks) == 1
    assert row.dots[0].x < row.breaks[0] < row.dots[1].x
    assert chart.has_breaks


def test_an_interval_has_no_dot_but_a_line_and_a_ring() -> None:
    held = Height(None, Fraction(0), Fraction(1), HALF, "0–3")
    dot = draw_trend("?", "!", [("a",), ("b",)], [("x", [held, _settled(HALF)])]).rows[0].dots[0]
    assert dot.y is None
    assert dot.low is not None
    assert dot.ring is not None
    assert dot.high is not None
    assert dot.high < dot.ring < dot.low, "downwards on the page is lower"


def test_nothing_is_drawn_where_there_is_nothing() -> None:
    nothing = Height(None, None, None, None, "")
    row = draw_trend("?", "!", [("a",), ("b",)], [("x", [nothing, _settled(HALF)])]).rows[0]
    assert (row.dots[0].y, row.dots[0].ring, row.paths) == (None, None, ())


def test_labels_without_room_are_left_out_but_never_the_ends() -> None:
    chart = draw_trend("?", "!", [(f"2026-{n:02}",) for n in range(1, 41)], [("x", [_settled(HALF)] * 40)])
    places = [x for x, _ in chart.columns]
    assert chart.columns[0][1] == ("2026-01",)
    assert chart.columns[-1][1] == ("2026-40",)
    assert all(other - one >= 60 for one, other in itertools.pairwise(places))
    assert sum(bool(dot.shown) for dot in chart.rows[0].dots) == len(chart.columns)


def test_an_arrow_goes_from_before_to_after() -> None:
    up = Moved("x", (Fraction(0), Fraction(0)), (Fraction(3), Fraction(3)), "3", "")
    down = Moved("y", up.after, up.before, "0", "")
    same = Moved("z", up.before, up.before, "0", "")
    open_ = Moved("w", (Fraction(0), Fraction(1)), up.after, "3", "")
    rows = draw_shift("?", "!", AXIS, [up, down, same, open_], make_ticks(AXIS)).rows
    assert rows[0].before == (LABELS, LABELS)
    assert rows[0].after == (RIGHT, RIGHT)
    assert rows[0].arrow is not None
    assert rows[0].arrow[0] < rows[0].arrow[1]
    assert rows[1].arrow is not None
    assert rows[1].arrow[0] > rows[1].arrow[1]
    assert rows[2].arrow is None
    assert rows[3].arrow is None, "an interval goes nowhere for certain"


def _gap(*pairs: tuple[str, int | None, int | None], share: bool = True) -> object:
    measured = [Measurement(period, _fraction(women), _fraction(men)) for period, women, men in pairs]
    return draw_gap("?", "!", measured, share=share, tell=str, names=("Kvinnor", "Män"))


def _fraction(value: int | None) -> Fraction | None:
    return None if value is None else Fraction(value)


def test_women_come_first_and_both_are_labelled_at_their_ends() -> None:
    chart = _gap(("2018", 40, 60), ("2020", 45, 55), ("2024", 48, 52))
    assert [line.sex for line in chart.lines] == ["women", "men"]  # type: ignore[attr-defined]
    assert [line.label for line in chart.lines] == ["Kvinnor 48", "Män 52"]  # type: ignore[attr-defined]


def test_a_share_begins_at_zero_and_years_are_as_far_apart_as_they_are() -> None:
    chart = _gap(("2018", 40, 60), ("2020", 45, 55), ("2024", 48, 52))
    assert chart.ticks[0][1] == "0"  # type: ignore[attr-defined]
    one, other, last = (x for x, _ in chart.lines[0].dots)  # type: ignore[attr-defined]
    assert (last - other) == pytest.approx(2 * (other - one), abs=0.2)


def test_a_number_far_from_zero_begins_where_the_difference_can_be_seen() -> None:
    chart = _gap(("2018", 300, 340), ("2019", 310, 345), share=False)
    assert float(chart.ticks[0][1]) > 200  # type: ignore[attr-defined]
    assert float(chart.ticks[-1][1]) >= 345  # type: ignore[attr-defined]


def test_a_period_without_a_value_breaks_the_line() -> None:
    chart = _gap(("2018", 40, 60), ("2019", 41, 59), ("2020", None, 58), ("2021", 44, 57), ("2022", 45, 56))
    women, men = chart.lines  # type: ignore[attr-defined]
    assert (len(women.paths), len(men.paths)) == (2, 1)
    assert (len(women.dots), len(men.dots)) == (4, 5)


@pytest.mark.parametrize("women", [49, 50, 51])
def test_labels_never_meet(women: int) -> None:
    chart = _gap(("2018", 40, 60), ("2019", women, 50))
    one, other = (line.label_y for line in chart.lines)  # type: ignore[attr-defined]
    assert abs(one - other) >= 16


def test_reviewers_with_the_same_result_share_a_ring_and_the_near_stand_above_each_other() -> None:
    placed = [Placed(sign, Fraction(1), is_joint=False, is_settled=sign != "F") for sign in letters_for(6)]
    near = Placed("G", Fraction(101, 100), is_joint=False, is_settled=True)
    joint = Placed("", Fraction(2), is_joint=True, is_settled=True)
    chart = draw_reviewers("?", "!", AXIS, make_ticks(AXIS), [("x", [*placed, near, joint], "")])
    dots = chart.rows[0].dots
    assert [dot.sign for dot in dots] == ["ABCD", "E", "F", "G", ""], "four to a ring; one so far is not settled"
    assert [dot.half for dot in dots] == [21.5, 8, 8, 8, 8]
    assert len({dot.y for dot in dots[:4]}) == 4
    assert len({dot.x for dot in dots[:3]}) == 1
    assert dots[4].x > dots[0].x
    assert chart.rows[0].span == (dots[0].x, dots[3].x), "the joint review is no reviewer"
    alone = draw_reviewers("?", "!", AXIS, make_ticks(AXIS), [("x", [*placed[:3], joint], "")]).rows[0]
    assert alone.span is None
    assert {dot.y for dot in alone.dots} == {alone.y}, "nothing is lifted where nothing hides another"


def test_letters_go_on_as_numbers() -> None:
    assert letters_for(28)[:2] == ["A", "B"]
    assert letters_for(28)[-2:] == ["27", "28"]


def test_each_cell_of_the_matrix_has_its_place_and_words_that_fit() -> None:
    cells = [(Mark("level", 2, "", "Delvis"), "1,7"), (Mark("none", 0, "", ""), "mycket långa ord")]
    chart = draw_matrix("?", "!", ["1", "2"], [("En strategi", cells), ("En annan", cells)])
    assert [cell.x for cell in chart.rows[0].cells] == [cell.x for cell in chart.rows[1].cells]
    assert chart.rows[0].cells[0].text == "1,7"
    assert chart.rows[0].cells[1].text.endswith("…")
    assert chart.rows[0].y < chart.rows[1].y < chart.height
