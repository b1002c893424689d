"""Dates as people write them, made into dates as files have them. Guesses nothing: what is not understood stays."""

from __future__ import annotations

import datetime as dt
import re

_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_ALSO = {"may": 5, "oct": 10}
"""The English months that do not begin as the Swedish ones."""
_DIGITS = re.compile(r"(\d{4})(?:([-/. ])(\d{1,2})\2(\d{1,2})|(\d{2})(\d{2}))\Z")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ]+(\d{1,2})[-/., ]+(\d{4})\Z")
_WORDS = re.compile(r"(?:den )?(\d{1,2})\.?(?::?e)? ([a-zåäö]{3,9})\.?,? (\d{4})\Z")
_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.? (\d{1,2}),? (\d{4})\Z")
_NO_DATE = (0, 0, 0)
_WITH_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[t ]00:00(:00)?\Z")


def read_date(text: str) -> str:
    """The date as `2026-11-23` where one is meant, such as 23/11 2026 or 23 november 2026; else the text as it is.

    Of two numbers before the year the first is the day, as in Swedish.
    """
    plain = " ".join(text.casefold().split())
    if (match := _WITH_TIME.match(plain)) is not None:
        return match[1]
    year, month, day = _parts(plain)
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:  # the calendar has no such day
        return text


def _parts(text: str) -> tuple[int, int, int]:
    """Year, month and day; zeros where the text is no date."""
    if (match := _DIGITS.match(text)) is not None:
        return int(match[1]), int(match[3] or match[5]), int(match[4] or match[6])
    if (match := _DAY_FIRST.match(text)) is not None:
        return int(match[3]), int(match[2]), int(match[1])
    if (match := _WORDS.match(text)) is not None:
        return int(match[3]), _month(match[2]), int(match[1])
    if (match := _MONTH_FIRST.match(text)) is not None:
        return int(match[3]), _month(match[1]), int(match[2])
    return _NO_DATE


def _month(word: str) -> int:
    start = word[:3]
    return _MONTHS.index(start) + 1 if start in _MONTHS else _ALSO.get(start, 0)
