from __future__ import annotations

from fractions import Fraction

from granskning.reporting.charts.chart import WIDTH
from granskning.reporting.charts.chart_places import SexValues, draw_places


def _row(*values: int, low: str = "low A 1", high: str = "high B 9") -> SexValues:
    return SexValues("women", tuple(map(Fraction, values)), low, high)


def test_places_stand_in_order_on_a_line_that_both_sexes_share() -> None:
    men = SexValues("men", (Fraction(50), Fraction(100)), "men: low C", "high D")
    drawn = draw_places("T", "P", "S", [_row(0, 25, 50), men], share=True)
    assert drawn.lines[0].marks == (10.0, 10.0 + (WIDTH - 20) / 4, WIDTH / 2)
    assert drawn.lines[0].marks[-1] == drawn.lines[1].marks[0]
    assert drawn.lines[1].y > drawn.lines[0].y
    assert drawn.finding == "T, P: low A 1, high B 9; men: low C, high D"


def test_the_two_labels_stay_inside_and_apart() -> None:
    for values in ((1, 2), (98, 99), (50, 50), (1, 99)):
        (line,) = draw_places("T", "P", "S", [_row(*values, low="x" * 24, high="y" * 24)], share=True).lines
        assert line.low_x - 24 * 6.9 > -1
        assert line.low_x < line.high_x
        assert line.high_x + 24 * 6.9 <= WIDTH + 12
