"""Dates as people write them."""

from __future__ import annotations

import pytest

from granskning.workspace.schema.written_dates import read_date


@pytest.mark.parametrize(
    "text",
    ["2026-11-03", "20261103", "2026/11/3", "3/11 2026", "3.11.2026", "03-11-2026", "3 november 2026",
     "den 3 nov. 2026", "3 Nov 2026", "November 3, 2026", "2026-11-03 00:00:00", " 3  november 2026 "],
)  # fmt: skip
def test_what_is_meant_is_understood(text: str) -> None:
    assert read_date(text) == "2026-11-03"


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-11", "2026-12", "i går", "31/2 2026", "3/13 2026", "11/2026", "3 mumin 2026"]
)
def test_what_is_not_a_whole_date_is_left_as_it_is(text: str) -> None:
    assert read_date(text) == text
