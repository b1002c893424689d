"""Periods of statistics as the sources write them: a year, a month, a quarter, a span or a day."""

from __future__ import annotations

import datetime as dt
import re

_YEAR = re.compile(r"(?P<year>(?:18|19|20)\d\d)")
_PART = re.compile(r"(?P<year>\d{4})(?P<kind>[MKQV])(?P<number>\d{1,2})")
_SPAN = re.compile(r"\d{4}\s*[-\N{EN DASH}/]\s*(?P<last>\d{4})")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MONTH = re.compile(r"(?P<year>\d{4})-(?P<number>\d\d)")
_MONTHS_EACH = {"M": 1, "K": 3, "Q": 3}
_DECEMBER = 12


def period_end(period: str) -> dt.date | None:
    """The last day of a period: 2024, 2024M03, 2024K1, 2024-03, 2023-2024 or a day; None for other words."""
    text = period.strip()
    try:
        if _DAY.fullmatch(text):
            return dt.date.fromisoformat(text)
        if span := _SPAN.fullmatch(text):
            return dt.date(int(span["last"]), _DECEMBER, 31)
        if part := _PART.fullmatch(text.upper()):
            return _end_of_part(int(part["year"]), part["kind"], int(part["number"]))
        if month := _MONTH.fullmatch(text):
            return _end_of_month(int(month["year"]), int(month["number"]))
    except ValueError:
        return None
    return dt.date(int(year["year"]), _DECEMBER, 31) if (year := _YEAR.fullmatch(text)) else None


def later_by(day: dt.date, years: int) -> dt.date:
    """The same day so many years later, in the last year there is at most; the 29th of February becomes the 28th."""
    year = min(day.year + years, dt.MAXYEAR)
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def _end_of_part(year: int, kind: str, number: int) -> dt.date:
    if kind == "V":
        return dt.date.fromisocalendar(year, number, 7)
    return _end_of_month(year, number * _MONTHS_EACH[kind])


def _end_of_month(year: int, month: int) -> dt.date:
    following = dt.date(year + 1, 1, 1) if month == _DECEMBER else dt.date(year, month + 1, 1)
    return following - dt.timedelta(days=1)
