"""How old figures are: by the end of their period, against the day that a folder tells."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction

import pytest

from granskning.model.figure_cautions import is_due, is_too_old, seems_ended
from granskning.model.indicator import Figure, Indicator, ServiceSource, last_period
from granskning.model.period import later_by, period_end

BARE = Indicator(
    id="x", title={"sv": "X"}, unit={"sv": "procent"}, share=True, producer="SCB", table=None, address=None,
    retrieved="2026-11-01", quality=None, note={}, values=(), file="criteria/statistics/x.yaml",
)  # fmt: skip


def with_periods(*periods: str, gone: str | None = None) -> Indicator:
    return replace(
        BARE, values=tuple(Figure("Riket", "00", period, total=Fraction(1), gone=gone) for period in periods)
    )


@pytest.mark.parametrize(("period", "end"), [
    ("2024", "2024-12-31"), ("2024M02", "2024-02-29"), ("2023m12", "2023-12-31"), ("2024K1", "2024-03-31"),
    ("2024Q4", "2024-12-31"), ("2023-2024", "2024-12-31"), ("2023\N{EN DASH}2024", "2024-12-31"),
    ("2024-06-24", "2024-06-24"), ("2024-02", "2024-02-29"), ("2020V53", "2021-01-03"), ("2023/2024", "2024-12-31"),
])  # fmt: skip
def test_the_end_of_a_period(period: str, end: str) -> None:
    assert period_end(period) == dt.date.fromisoformat(end)


@pytest.mark.parametrize("period", ["", "i fjol", "2024M13", "2024K5", "24", "2024-02-31", "2023V53", "0000M00"])
def test_no_period(period: str) -> None:
    assert period_end(period) is None


def test_a_figure_is_too_old_the_day_after_its_years() -> None:
    indicator = with_periods("2012", "2014")
    assert not is_too_old(indicator, 10, dt.date(2024, 12, 31))
    assert is_too_old(indicator, 10, dt.date(2025, 1, 1))
    assert not is_too_old(with_periods("i fjol"), 0, dt.date(2025, 1, 1))
    assert not is_too_old(BARE, 0, dt.date(2025, 1, 1))
    assert later_by(dt.date(2024, 2, 29), 1) == dt.date(2025, 2, 28)


@pytest.mark.parametrize("period", ["9999-12-31", "9998-9999", "9999V52", "9999M11", "9999K4"])
def test_periods_at_the_ends_of_the_calendar(period: str) -> None:
    """No day comes after the last one: OverflowError or ValueError before."""
    assert not is_too_old(with_periods(period), 10, dt.date(2026, 11, 1))
    source = ServiceSource(last_period="2021")
    assert seems_ended(replace(with_periods("2021", period), source=source)) is False
    assert not seems_ended(replace(with_periods("2020", "2021"), source=ServiceSource(last_period=period)))


def test_what_is_gone_or_empty_makes_nothing_newer() -> None:
    both = replace(BARE, values=(*with_periods("2014").values, *with_periods("2024", gone="2026-01-01").values,
                                 Figure("Riket", "00", "2025")))  # fmt: skip
    assert last_period(both) == "2014"


@pytest.mark.parametrize(("promised", "day", "due"), [
    ("2026-11-10T08:00:00Z", "2026-11-10", True), ("2026-11-10", "2026-11-09", False), (None, "2027-01-01", False),
    ("2026-11-01", "2027-01-01", False), ("soon", "2027-01-01", False),
])  # fmt: skip
def test_newer_figures_were_to_come(promised: str | None, day: str, *, due: bool) -> None:
    assert is_due(replace(BARE, source=ServiceSource(next_update=promised)), day) is due


@pytest.mark.parametrize(("periods", "last", "ended"), [
    (("2020", "2021"), "2021", True), (("2020", "2021"), "2023", False), (("2018", "2022"), "2022", False),
    (("2006", "2010"), "2010", True), (("2021",), "2021", False), (("2021M01", "2021M02"), "2022M10", True),
    (("2020", "2021"), None, False),
])  # fmt: skip
def test_a_table_seems_to_have_ended(periods: tuple[str, ...], last: str | None, *, ended: bool) -> None:
    indicator = replace(with_periods(*periods), source=ServiceSource(last_period=last))
    assert seems_ended(indicator) is ended
