"""What is due as a calendar file (iCalendar, RFC 5545): one all-day event each, the same bytes for the same content."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ROOM = 75
"""Bytes of a line, by the standard; what is longer goes on below, after a space."""
_WHOLE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")


@dataclass(frozen=True, slots=True)
class DueDate:
    """Something that is due on a day."""

    id: str
    """The same each time, so that a calendar that has it already changes it."""
    date: str
    title: str
    text: str = ""


def calendar_text(dates: Iterable[DueDate]) -> str:
    """The file; what has no whole date is left out."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//granskning//SV", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    for due in dates:
        if _WHOLE.match(due.date):
            lines += _event(due)
    return "".join(f"{_folded(line)}\r\n" for line in (*lines, "END:VCALENDAR"))


def _event(due: DueDate) -> Iterator[str]:
    day = due.date.replace("-", "")
    yield "BEGIN:VEVENT"
    yield f"UID:{_escaped(due.id)}@granskning"
    yield f"DTSTAMP:{day}T000000Z"
    yield f"DTSTART;VALUE=DATE:{day}"
    yield f"SUMMARY:{_escaped(due.title)}"
    if due.text:
        yield f"DESCRIPTION:{_escaped(due.text)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    """A text as the standard wants it: what divides is marked, and no line ends within it."""
    plain = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join("".join(letter for letter in line if letter.isprintable()) for line in plain.splitlines())


def _folded(line: str) -> str:
    """The line in pieces of at most 75 bytes, never within a letter."""
    pieces: list[str] = []
    piece = ""
    for letter in line:
        if len((piece + letter).encode("utf-8", "replace")) > _ROOM - bool(pieces):
            pieces.append(piece)
            piece = ""
        piece += letter
    return "\r\n ".join((*pieces, piece))
