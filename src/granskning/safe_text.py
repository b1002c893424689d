"""Other people's text where it could do something: in a terminal, in a log, in a spreadsheet. The one place for each.

What a terminal obeys or reorders is shown as the sign for "no such character", as comments in files do. Nothing else is
changed, and what is stored is never touched.
"""

from __future__ import annotations

import re

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""Unicode's property Bidi_Control: what makes the order shown another than the order stored (CVE-2021-42574)."""
_OBEYED = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029{_BIDI}]")
"""C0 without tab and line break, DEL, C1 (\x9b alone begins an escape sequence), separators, and the above."""
_UNSEEN_IN_JSON = re.compile(f"[\x7f-\x9f\u2028\u2029\ud800-\udfff{_BIDI}]")
"""What JSON lets stand as it is, though it can be written as an escape."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a spreadsheet begins to calculate at; the last four are the same signs in full width (OWASP, CSV Injection)."""
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?(?:[\u00a0 ]?%)?")
"""A number as both languages write it: `-0,5`, `+12 %`."""


def printable(text: str) -> str:
    """Text that a terminal or a log only shows: no escape sequence clears the screen, and no line is written over.

    The line break of Windows is one line break.
    """
    return _OBEYED.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n"))


def printable_line(text: str) -> str:
    """The same on one line."""
    return re.sub("[\t\n]", " ", printable(text))


def spreadsheet_cell(text: str) -> str:
    """Text that a spreadsheet only shows: what it would calculate (`=1+1`, but not `-1`) gets a ' before it."""
    shown = printable(text)
    if text.startswith(_FORMULA) and not _NUMBER.fullmatch(text):
        return f"'{shown}"
    return shown


def escaped_json(text: str) -> str:
    """JSON with the same values, in which what a terminal obeys is written as an escape."""
    return _UNSEEN_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
