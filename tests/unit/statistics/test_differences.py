"""What differs between a frozen indicator and a reading of its source."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from granskning.model.indicator import Figure, Indicator, ServiceSource
from granskning.statistics.cube import CubeCell
from granskning.statistics.differences import compare_reading
from granskning.statistics.reading import StatisticsReading

FROZEN = Indicator(
    id="x", title={"sv": "X"}, unit={"sv": "procent"}, share=True, producer="Kolada", table=None, address=None,
    retrieved="2026-11-01", quality=None, note={}, file="criteria/statistics/x.yaml",
    values=(Figure("Riket", "", "2020", total=Fraction(1)),), source=ServiceSource(last_period="2024"),
)  # fmt: skip
READING = StatisticsReading("kolada-3", "", "", (), {("", "2020"): {"total": CubeCell(Decimal(1))}})


@pytest.mark.parametrize(("told", "differs"), [(None, False), ("2024", False), ("2025", True)])
def test_a_source_asked_for_other_years_says_nothing_of_its_last_period(told: str | None, *, differs: bool) -> None:
    difference = compare_reading(FROZEN, replace(READING, last_period=told))
    assert difference.rows == ()
    assert difference.about == (("last_period",) if differs else ())
    assert difference.is_empty is not differs
