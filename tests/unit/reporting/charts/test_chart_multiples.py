from __future__ import annotations

from fractions import Fraction

from granskning.reporting.charts.chart_gap import SMALL_PLOT, Gap, Measurement
from granskning.reporting.charts.chart_multiples import AreaSeries, draw_panels


def _series(area: str, *values: tuple[str, int | None, int | None]) -> AreaSeries:
    measured = [Measurement(period, None if women is None else Fraction(women), None if men is None else Fraction(men))
                for period, women, men in values]  # fmt: skip
    return AreaSeries(area, f"{area}!", tuple(measured))


def _draw(*areas: AreaSeries, share: bool = True) -> tuple[Gap, ...]:
    return draw_panels(areas, share=share, tell=str, names=("Kvinnor", "Män"))


def test_all_areas_have_the_same_axes() -> None:
    low, high = _draw(
        _series("A", ("2018", 10, 20), ("2022", 15, 20)), _series("B", ("2010", 60, 90), ("2022", 70, 80))
    )
    assert low.ticks == high.ticks
    assert low.periods == high.periods
    assert [label for _, label in low.periods] == ["2010", "2022"]
    assert low.ticks[0][1] == "0", "a share is drawn from nothing"
    assert min(y for line in low.lines for _, y in line.dots) > max(y for line in high.lines for _, y in line.dots)
    starts = [panel.lines[0].dots[0][0] for panel in (low, high)]
    assert starts[0] > starts[1], "what begins later stands further to the right"


def test_a_period_without_a_value_breaks_the_line_and_labels_stand_apart() -> None:
    years = ("2018", 40, 60), ("2019", None, 59), ("2020", 50, 50), ("2021", 50, 50)
    [panel] = _draw(_series("A", *years))
    women, men = panel.lines
    assert (women.sex, men.sex) == ("women", "men")
    assert len(women.dots) == 3
    assert len(women.paths) == 1
    assert len(men.dots) == 4
    assert abs(women.label_y - men.label_y) >= 16
    assert women.label == "Kvinnor 50"
    for line in panel.lines:
        assert line.end + 12 + len(line.label) * 7.3 <= SMALL_PLOT.width


def test_an_axis_that_does_not_begin_at_zero_has_its_three_numbers() -> None:
    [panel] = _draw(_series("A", ("2018", 300, 340), ("2019", 310, 345)), share=False)
    heights = [y for y, _ in panel.ticks]
    assert heights == sorted(heights, reverse=True)
    assert 2 <= len(heights) <= 3
    assert panel.ticks[0][1] != "0"
