"""On a narrow screen the same numbers stand in the same order, within the drawing, and no row over another."""

from __future__ import annotations

from fractions import Fraction

from granskning.reporting.charts.chart import Measured, Profile, draw_profile, make_ticks
from granskning.reporting.charts.chart_narrow import NARROW, narrow_chart
from granskning.reporting.charts.chart_spread import Placed, Reviewers, draw_reviewers
from granskning.reporting.charts.chart_trend import Height, Shift, ShiftRow, Trend, draw_trend

AXIS = tuple((Fraction(at), f"{at} Nivå") for at in range(4))
LONG = "En målbild med ett så långt namn att det tar två rader"


def _measured(name: str, value: int | None, low: int | None = None, high: int | None = None) -> Measured:
    numbers = [None if one is None else Fraction(one) for one in (value, low, low, high)]
    return Measured(name, numbers[0], numbers[1], numbers[2], numbers[3], "2,0", "" if value or low else "inget")


def test_a_profile_keeps_its_places_and_its_rows_apart() -> None:
    wide = draw_profile("?", "!", AXIS, [_measured("A", 3), _measured(LONG, None, 1, 2), _measured("C", None)])
    narrow = narrow_chart(wide)
    assert isinstance(narrow, Profile)
    assert (narrow.width, narrow.above, narrow.finding) == (NARROW, True, "!")
    first, second, third = narrow.rows
    assert first.value == narrow.right == NARROW - 10
    assert first.low is second.value is third.low is None
    assert second.low is not None
    assert second.high is not None
    assert [tick.x for tick in narrow.ticks][1:3] == [second.low, second.high]
    tops = [row.y - 13 - 15 * (len(row.lines) - 1) - 11 for row in narrow.rows]
    assert all(above.y + 7 <= top for above, top in zip(narrow.rows, tops[1:], strict=False))
    assert narrow.rows[-1].y + 7 <= narrow.height


def test_reviewers_that_stand_above_each_other_lift_the_name() -> None:
    placed = [Placed(sign, Fraction(1), is_joint=False, is_settled=sign != "B") for sign in "ABC"]
    wide = draw_reviewers("?", "!", AXIS, make_ticks(AXIS), [("A", placed, ""), ("B", placed[:1], "")])
    narrow = narrow_chart(wide)
    assert isinstance(narrow, Reviewers)
    first, second = narrow.rows
    assert [dot.y - first.y for dot in first.dots] == [dot.y - wide.rows[0].y for dot in wide.rows[0].dots]
    assert max(dot.y for dot in first.dots) + 9 < second.y - 13 - 11
    assert {dot.x for dot in first.dots} == {narrow.ticks[1].x}


def test_a_shift_moves_its_ends_and_what_is_not_there_stays_so() -> None:
    row = ShiftRow(("A",), 40.0, (214.0, 214.0), (524.0, 524.0), (220.0, 510.0), "3,0", "")
    wide = Shift(
        "?", "!", 616, 60, 214, 524, make_ticks(AXIS), (row, ShiftRow(("B",), 60.0, None, None, None, "", "-"))
    )
    narrow = narrow_chart(wide)
    assert isinstance(narrow, Shift)
    first, second = narrow.rows
    assert (first.before, first.after) == ((10.0, 10.0), (NARROW - 10.0, NARROW - 10.0))
    assert first.arrow is not None
    assert first.arrow[0] < first.arrow[1]
    assert second.before is second.after is second.arrow is None


def test_results_over_time_keep_their_steps_and_breaks_below_their_names() -> None:
    def height(value: int | None, *, joined: bool = True) -> Height:
        exact = None if value is None else Fraction(value, 3)
        return Height(exact, Fraction(0), Fraction(1), Fraction(1, 2), "2,0", is_joined=joined)

    rows = [("A", [height(1), height(3), height(None)]), (LONG, [height(1), height(3, joined=False), height(2)])]
    wide = draw_trend("?", "!", [("2024",), ("2025", "ny"), ("2026",)], rows)
    narrow = narrow_chart(wide)
    assert isinstance(narrow, Trend)
    assert (narrow.width, narrow.above) == (NARROW, True)
    assert [lines for _, lines in narrow.columns] == [lines for _, lines in wide.columns]
    assert all(28 <= x <= NARROW - 40 for x, _ in narrow.columns), "half a number has room at both ends"
    for row, before in zip(narrow.rows, wide.rows, strict=True):
        assert (len(row.paths), len(row.breaks)) == (len(before.paths), len(before.breaks))
        assert row.y - 13 < min(dot.at for dot in row.dots) - 9, "no number stands over a name"
        assert [dot.low is None for dot in row.dots] == [dot.low is None for dot in before.dots]
    first, second = narrow.rows
    assert first.paths[0] == f"M{first.dots[0].x} {first.dots[0].y}H{first.dots[1].x}V{first.dots[1].y}"
    assert first.bottom < second.y - 13 - 15 - 9
    assert second.bottom <= narrow.height
