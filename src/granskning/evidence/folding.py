"""Text as it is compared: what differs between a page and what somebody copied from it, without being words, is gone.

Line breaks, spaces, hyphens at line ends, soft hyphens, ligatures, quotation marks, bullets, capitals and how å, ä and
ö are composed make no difference. Letters, figures, and marks that change a meaning (a comma, a full stop, a per cent
sign, the hyphen between two numbers) do.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right

_CLEANED = {
    **dict.fromkeys("\u2010\u2011\ufe63\uff0d", "-"),
    **dict.fromkeys("\x02\ufffe", "-\n"),  # what PDFium gives for a hyphen and the line end after it
    **dict.fromkeys("\xad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f", ""),
    "\u0130": "I",  # the one capital of which the small letter is two characters: places would no longer agree
}
_ODD = re.compile(f"[{''.join(_CLEANED)}]")
_DASHES = re.compile("[\u2012\u2013\u2014\u2015\u2212\u2043\ufe58]")
_ACCENT = re.compile("([\u00a8\u02da])[ \\t]?([AOao])")
"""Two dots or a ring before its letter, as TeX sets it in its old fonts."""
_COMBINING = {"\u00a8": "\u0308", "\u02da": "\u030a"}

_BEFORE_NUMBERS = re.compile(r"-(?=\s*\d)")
_PASSED_OVER = re.compile(r"[^\w.,;:!?()/%&+=<>§€$£@#~]+|_+")
_NOTE = re.compile(
    r"(?:(?<=[^\W\d_]{2})|(?<=[^\W\d_][.,;:!?)]))\d{1,3}(?=[\s.,;:!?)]|$)|(?<=[.!?]\n)\d{1,3}(?= [^\W\d_])"
)
"""The number of a footnote: attached to a word or the mark after it, or the first on the line after a sentence."""
_NEAR = 8
"""So many spaces and line ends may stand between a number and the hyphen after it."""
_ENDS = ".,;:!?…"


def clean_text(text: str) -> str:
    """Text with one way to write each letter and hyphen, its lines and spaces as they were."""
    text = _ODD.sub(_replaced, text)
    if text.isascii():
        return text
    if _ACCENT.search(text):
        text = _ACCENT.sub(lambda match: match[2] + _COMBINING[match[1]], text)
    return _ODD.sub(_replaced, unicodedata.normalize("NFKC", text))


def _replaced(match: re.Match[str]) -> str:
    return _CLEANED[match[0]]


def without_note_numbers(cleaned: str) -> str:
    """Cleaned text with numbers that stand right after a word, as those of footnotes do, blanked out."""
    return _NOTE.sub(lambda match: " " * len(match[0]), cleaned)


def fold(cleaned: str) -> str:
    """What of a cleaned text is compared, character by character."""
    return _PASSED_OVER.sub("", _lowered(cleaned))


def fold_places(cleaned: str) -> list[int]:
    """Where in a cleaned text each character of its folded form stands."""
    places: list[int] = []
    start = 0
    for match in _PASSED_OVER.finditer(_lowered(cleaned)):
        places.extend(range(start, match.start()))
        start = match.end()
    places.extend(range(start, len(cleaned)))
    return places


def fold_quotation(text: str) -> str:
    """A quotation as it is sought: what it begins and ends with may have been cut off by whoever quoted."""
    folded = fold(clean_text(text)).strip(_ENDS)
    if folded.endswith(")") and folded.count("(") < folded.count(")"):
        folded = folded[:-1].rstrip(_ENDS)
    if folded.startswith("(") and folded.count("(") > folded.count(")"):
        folded = folded[1:].lstrip(_ENDS)
    return folded


def _lowered(cleaned: str) -> str:
    """Small letters, and ~ for a hyphen between two numbers or a minus before one; every place stays what it was."""
    lower = _DASHES.sub("-", cleaned.lower())  # translating takes ten times as long
    return _BEFORE_NUMBERS.sub(_of_numbers, lower) if "-" in lower else lower


def _of_numbers(match: re.Match[str]) -> str:
    text, at = match.string, match.start()
    before = text[max(0, at - _NEAR) : at]
    is_between = before.rstrip()[-1:].isdigit()
    is_minus = text[at + 1].isdigit() and not before[-1:].isalnum()
    return "~" if is_between or is_minus else "-"


def raw_places(text: str) -> list[int]:
    """Where in a text each character of its cleaned form comes from: the place of the letter that marks belong to."""
    places: list[int] = []
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not unicodedata.combining(text[at]):
            places += [start] * len(clean_text(text[start:at]))
            start = at
    return places


class PagedText:
    """Folded pages put after each other, and which page each place belongs to."""

    def __init__(self, pages: list[str]) -> None:
        self.text = "".join(pages)
        self.starts: list[int] = []
        start = 0
        for page in pages:
            self.starts.append(start)
            start += len(page)

    def page_at(self, place: int) -> int:
        """The page, counted from 0, of a place; where empty pages begin at the same place, the one with text."""
        return bisect_right(self.starts, place) - 1
