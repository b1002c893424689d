from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from granskning.workspace.checks.dates import impossible_dates, is_before, is_real


@pytest.mark.parametrize(
    ("date", "real"),
    [
        ("2026-11-23", True), ("2026-02-28", True), ("2026-02-29", False), ("2024-02-29", True), ("1900-02-29", False),
        ("2000-02-29", True), ("2026-04-31", False), ("2026-12-31", True), ("2026-11", True), ("2026", True),
    ],
)  # fmt: skip
def test_is_real(date: str, real: bool) -> None:  # noqa: FBT001
    assert is_real(date) is real


@pytest.mark.parametrize(
    ("one", "other", "before"),
    [
        ("2026-11-22", "2026-11-23", True),
        ("2026-11-23", "2026-11-23", False),
        ("2026-11-24", "2026-11-23", False),
        ("2026-10", "2026-11-23", True),
        ("2026-11", "2026-11-23", False),
        ("2026", "2026-11-23", False),
        ("2025", "2026-01", True),
        ("2026-11-23", "2026", False),
        (None, "2026", False),
        ("2026", None, False),
        (None, None, False),
    ],
)
def test_is_before(one: str | None, other: str | None, before: bool) -> None:  # noqa: FBT001
    assert is_before(one, other) is before


@given(
    st.dates(dt.date(1000, 1, 1), dt.date(2999, 12, 31)),
    st.dates(dt.date(1000, 1, 1), dt.date(2999, 12, 31)),
)
def test_whole_dates_are_ordered_as_the_calendar_orders_them(one: dt.date, other: dt.date) -> None:
    assert is_real(one.isoformat())
    assert is_before(one.isoformat(), other.isoformat()) == (one < other)


@given(st.sampled_from([4, 7, 10]), st.sampled_from([4, 7, 10]), st.dates(), st.dates())
def test_of_two_dates_at_most_one_is_before(first: int, second: int, one: dt.date, other: dt.date) -> None:
    a, b = one.isoformat()[:first], other.isoformat()[:second]
    assert not (is_before(a, b) and is_before(b, a))


def test_impossible_dates() -> None:
    assert list(impossible_dates("x.yaml", ("date",), None)) == []
    assert list(impossible_dates("x.yaml", ("date",), "2026-11-23")) == []
    (finding,) = impossible_dates("x.yaml", ("date",), "2026-02-30")
    assert (finding.rule.code, finding.at.path, finding.values) == ("GR315", ("date",), {"date": "2026-02-30"})
