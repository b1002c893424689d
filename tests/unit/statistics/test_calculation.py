"""Our own calculations by hand: difference, ratio and trend, and what they never say."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from granskning.model.figure_cautions import is_small
from granskning.model.indicator import Figure, FigureMark, Indicator, SeriesBreak, sex_of_label
from granskning.statistics.calculation import lead_area, sex_gap, sex_trend
from granskning.statistics.kolada import scb_area, service_area, unit_of


def figure(period: str, women: int | None, men: int | None, area: str = "19") -> Figure:
    w, m = (None if value is None else Fraction(value) for value in (women, men))
    return Figure("Län", area, period, women=w, men=m)


def indicator(*figures: Figure, **more: object) -> Indicator:
    base = Indicator(
        id="a", title={"sv": "A"}, unit={"sv": "antal"}, share=False, producer="SCB", table=None, address=None,
        retrieved="2026-11-01", quality=None, note={}, values=figures, file="criteria/statistics/a.yaml",
    )  # fmt: skip
    return replace(base, **more)  # type: ignore[arg-type]  # by name


def test_difference_and_ratio() -> None:
    gap = sex_gap(figure("2020", 30, 40))
    assert gap is not None
    assert (gap.difference, gap.ratio) == (Fraction(-10), Fraction(3, 4))
    assert sex_gap(figure("2020", None, 40)) is None
    nil = replace(figure("2020", 30, 0), marks={"men": FigureMark("-")})
    gap = sex_gap(nil)
    assert gap is not None
    assert (gap.difference, gap.ratio) == (Fraction(30), None)


@pytest.mark.parametrize(
    ("first", "last", "way"),
    [((30, 40), (35, 40), "narrower"), ((30, 40), (20, 40), "wider"), ((30, 40), (40, 30), "turned"),
     ((30, 40), (50, 60), "same")],
)  # fmt: skip
def test_the_way_of_a_difference(first: tuple[int, int], last: tuple[int, int], way: str) -> None:
    figures = (figure("2020", *first), figure("2024", *last))
    trend = sex_trend(indicator(*figures), figures)
    assert trend is not None
    assert (trend.way, trend.verdict) == (way, None)


@pytest.mark.parametrize(
    ("better", "last", "verdict"),
    [("higher", (35, 45), "better"), ("higher", (25, 35), "worse"), ("higher", (35, 35), "unclear"),
     ("lower", (25, 35), "better"), ("equal", (38, 40), "better"), ("equal", (20, 40), "worse"),
     ("equal", (50, 40), "unclear")],
)  # fmt: skip
def test_better_only_where_it_is_declared(better: str, last: tuple[int, int], verdict: str) -> None:
    figures = (figure("2020", 30, 40), figure("2024", *last))
    trend = sex_trend(indicator(*figures, better=better), figures)
    assert trend is not None
    assert trend.verdict == verdict


def test_a_break_is_never_bridged() -> None:
    figures = (figure("2017", 10, 90), figure("2018", 12, 88), figure("2019", 30, 40), figure("2020", 31, 40))
    broken = indicator(*figures, breaks=(SeriesBreak("2019", {"sv": "RAMS blev BAS"}),))
    trend = sex_trend(broken, figures)
    assert trend is not None
    assert (trend.first.period, trend.last.period, trend.broken_at) == ("2019", "2020", "2019")
    assert sex_trend(broken, figures[:3]) is None


def test_the_leading_area_is_the_first_with_both() -> None:
    values = (figure("2020", 1, None, "00"), figure("2021", 2, 3, "19"), figure("2020", 2, 3, "19"))
    assert [item.period for item in lead_area(indicator(*values))] == ["2020", "2021"]


def test_small_counts_are_told_and_shares_are_not() -> None:
    assert is_small(indicator(), figure("2020", 4, 40))
    assert not is_small(indicator(share=True), figure("2020", 4, 40))
    assert not is_small(indicator(), replace(figure("2020", 4, 40), women=Fraction(9, 2)))


@pytest.mark.parametrize(("label", "sex"), [
    ("kvinnor", "women"), ("Män", "men"), ("Totalt", "total"), ("kvinnor  och män", "total"), ("K", None),
    ("kommun", None), ("1", None), ("kvinnliga bolag", None),
])  # fmt: skip
def test_sexes_are_read_by_label(label: str, sex: str | None) -> None:
    assert sex_of_label(label) == sex


def test_areas_and_units_of_kolada() -> None:
    assert [service_area(code) for code in ("00", "19", "1980", "G900", "0019")] == [
        "0000", "0019", "1980", "G900", "0019"
    ]  # fmt: skip
    assert [scb_area(code) for code in ("0000", "0019", "1980", "00")] == ["00", "19", "1980", "00"]
    assert [unit_of(title) for title in ("Andel, andel (%)", "Kostnad, kr/inv", "Något")] == ["%", "kr/inv", ""]
