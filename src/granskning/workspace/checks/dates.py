"""Dates as planners write them, whole or in part: whether they are real, and in what order.

A date is `2026-11-23`, `2026-11` or `2026`.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

from granskning.errors import Words
from granskning.findings.finding import Finding, Pointer
from granskning.findings.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from granskning.findings.finding import Path

_WHOLE = 10
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FIELDS = frozenset({"date", "due", "from", "retrieved", "to"})
"""The keys of dates in the files that are written for people; a test holds them to the schemas."""


def is_real(date: str) -> bool:
    """Whether the calendar has the day. The form is the schema's concern."""
    if len(date) < _WHOLE:
        return True
    try:
        dt.date.fromisoformat(date)
    except ValueError:
        return False
    return True


def is_day(text: str) -> bool:
    """Whether a text is a whole date, written as files have it, that the calendar has."""
    return _DAY.fullmatch(text) is not None and is_real(text)


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


def new_impossible_dates(file: str, values: Any, before: Any) -> list[Finding]:
    """The findings of dates in values that are about to be written, but for those that the file has already."""
    known = {date for _, date in _dates(before, ())}
    return [
        finding
        for path, date in _dates(values, ()) if date not in known
        for finding in impossible_dates(file, path, date)
    ]  # fmt: skip


def _dates(values: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """The dates in values, each with its place."""
    if isinstance(values, dict):
        for key, value in values.items():
            if key in _FIELDS and isinstance(value, str):
                yield (*path, key), value
            yield from _dates(value, (*path, key))
    elif isinstance(values, list):
        for number, value in enumerate(values):
            yield from _dates(value, (*path, number))


def wrong_order(at: Pointer, later: tuple[str, str | None], earlier: tuple[str, str | None]) -> Finding:
    """The finding that a date is before one it should follow. Each is a name (msgid) and a date."""
    values = {
        "later": Words(later[0]), "later_date": later[1], "earlier": Words(earlier[0]), "earlier_date": earlier[1],
    }  # fmt: skip
    return Finding(RULES["GR311"], at, values)
