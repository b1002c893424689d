"""Text cut into sentences, for people to read: where each begins and ends."""

from __future__ import annotations

import re

_END = re.compile(r"(?<=[.!?])[\"”»)]?\s+(?=[\"”»(–•-]?\s?[A-ZÅÄÖ0-9])|\n\s*\n|\n\s*(?=[•▪‣·–-]\s)")
_LINE_CUT = re.compile(r"(?<=[^\W\d_])-\s*\n\s*(?=[^\W\d_])")
_LONGEST = 400


def sentence_spans(cleaned: str) -> list[tuple[int, int]]:
    """From where to where each sentence of a cleaned text goes; headings, which end without a mark, go along."""
    spans, start = [], 0
    for match in _END.finditer(cleaned):
        if cleaned[start : match.start()].strip():
            spans.append((start, match.start()))
        start = match.end()
    if cleaned[start:].strip():
        spans.append((start, len(cleaned)))
    return spans


def readable(text: str) -> str:
    """A stretch of a cleaned text on one line, words that a line end has cut made whole."""
    return " ".join(_LINE_CUT.sub("", text).split())


def part_around(cleaned: str, span: tuple[int, int], at: int) -> str:
    """A sentence to read; of a long one, such as a table of contents, what stands around a place."""
    start, end = span
    if end - start <= _LONGEST:
        return readable(cleaned[start:end])
    low, high = max(start, at - _LONGEST // 2), min(end, at + _LONGEST // 2)
    words = readable(cleaned[low:high]).split(" ")
    return " ".join(("…", *words[1:-1], "…"))
