"""Which pages of a document somebody means, by the number printed on them or counted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from granskning.model.document_text import DocumentText

_CALLED = re.compile(r"(?:s|sid|sida|sidan|sidor|sidorna|p|pp|page|pages)\b\.?\s*", re.IGNORECASE)
_RANGE = re.compile(r"\s*(?:[-–—]|\btill\b|\boch\b|,|\bto\b|\band\b)\s*")
_MOST = 50
"""No range is longer."""


def printed_pages(document: DocumentText, page: str) -> frozenset[int]:
    """The pages, counted from 1, that have this printed number; counted where the document says nothing of numbers.

    A label that occurs twice means both. `14–15` means all from the first to the last.
    """
    wanted = page.strip()
    if pages := _labelled(document, wanted):
        return pages
    wanted = _CALLED.sub("", wanted, count=1).strip()
    if pages := _labelled(document, wanted):
        return pages
    ends = [_labelled(document, part) for part in _RANGE.split(wanted)]
    if len(ends) < 2 or not all(ends):  # noqa: PLR2004  # a range has two ends
        return frozenset()
    between = range(min(ends[0]), min(ends[-1]) + 1)
    return frozenset().union(*ends, between if len(between) <= _MOST else ())


def _labelled(document: DocumentText, page: str) -> frozenset[int]:
    if document.has_labels:
        lower = page.lower()
        return frozenset(
            number
            for number, own in enumerate(document.pages, 1)
            if (own.label or str(number)).strip().lower() == lower
        )
    number = int(page) if page.isdecimal() and len(page) <= 6 else 0  # noqa: PLR2004  # no document has a million
    return frozenset({number}) if 1 <= number <= len(document.pages) else frozenset()
