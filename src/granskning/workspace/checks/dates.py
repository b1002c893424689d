"""Dates as planners write them, whole or in part: whether they are real, and in what order.

A date is `2026-11-23`, `2026-11` or `2026`.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from granskning.findings.finding import Finding, Pointer, Words
from granskning.findings.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from granskning.findings.finding import Path

_WHOLE = 10


def is_real(date: str) -> bool:
    """Whether the calendar has the day. The form is the schema's concern."""
    if len(date) < _WHOLE:
        return True
    try:
        dt.date.fromisoformat(date)
    except ValueError:
        return False
    return True


def is_before(text: str | None, other: str | None) -> bool:
    """Whether one date is surely before another: where one is only a month or year, as far as it goes."""
    if text is None or other is None:
        return False
    length = min(len(text), len(other))
    return text[:length] < other[:length]


def impossible_dates(file: str, path: Path, date: str | None) -> Iterator[Finding]:
    """A finding when the date is not in the calendar."""
    if date is not None and not is_real(date):
        yield Finding(RULES["GR315"], Pointer(file, path), {"date": date})


def wrong_order(at: Pointer, later: tuple[str, str | None], earlier: tuple[str, str | None]) -> Finding:
    """The finding that a date is before one it should follow. Each is a name (msgid) and a date."""
    values = {
        "later": Words(later[0]), "later_date": later[1], "earlier": Words(earlier[0]), "earlier_date": earlier[1],
    }  # fmt: skip
    return Finding(RULES["GR311"], at, values)
