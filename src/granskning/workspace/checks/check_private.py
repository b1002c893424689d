"""What should not be published of a person: identity numbers, e-mail addresses and telephone numbers in running text.

Looked for in what a report prints. A name can't be found reliably, and nothing here tries to.

What can be wrong with what has been published: a file that is gone or changed, or a folder that was moved.
"""

from __future__ import annotations

import calendar
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from granskning.errors import UnreadableFileError
from granskning.files import is_plain
from granskning.findings.finding import Finding, Place, Pointer
from granskning.findings.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from granskning.files import Files
    from granskning.findings.finding import Path
    from granskning.workspace.yaml.source import TextLines

PRIVATE = ("GR520", "GR521", "GR522")
"""The codes of what is found here."""

_NOT_LOOKED_AT = frozenset({
    "address", "area", "case_number", "criteria", "document", "edition", "id", "note_id", "page", "retrieved", "round",
    "rests_on", "schema", "section", "sha256", "strategy", "table", "version",
})  # fmt: skip
"""Keys whose values are ids, addresses, dates and case numbers."""

_IDENTITY = (
    r"(?<![\w.,/\-+])(\d{2})?(\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])"
    r"[-+ \xa0\u2010-\u2013]?(\d{4})(?![\w/\-]|[.,]\d)"
)
_MAIL = r"(?i)(?<![\w.+\-])[\w.+\-]+@(?:[\w\-]+\.)+[a-zåäö]{2,}\b"
_PHONE = (
    r"(?<![\w.,/\-+])"
    r"(?:(?:\+|00)[1-9]\d?[ \xa0\-]?(?:\(0\)[ \xa0]?)?\d{1,3}[ \xa0\-]?"  # with the country's number
    r"|\(?0[1-9]\d{0,2}\)?(?:[ \xa0]?[\-/\u2010-\u2013][ \xa0]?|[ \xa0])|07\d)"  # or the area's
    r"(?:\d{2,3}(?:[ \xa0]\d{2,3}){1,3}|\d{5,8})(?!\d|[^\W\d]|/|[.,\-]\d)"
)
_FEWEST, _MOST = 8, 13
"""How many digits a telephone number has."""
_COORDINATION = 60
"""What is added to the day in a coordination number."""
_LONGEST_TEXT = 200
"""So many lines of a text are looked through for the place of what was found in it."""
_CENTURIES = ("18", "19", "20")

_LETTERS = bytes(code for code in range(128) if chr(code).isalpha() or chr(code) == "_")
_BESIDE = b".,/-+0"
"""What is looked at as it is, beside letters and the other figures; whatever else may stand before a number."""
_SHAPE = bytes(
    ord("9") if code in b"123456789" else code if code in _BESIDE else ord("a") if code in _LETTERS else ord(" ")
    for code in range(256)
)
_DOMAIN = re.compile(rb"[0-9._-]*[A-Za-z\x80-\xff]")
"""How what stands after the @ of an address begins; a version of a criteria set has no letters."""
_EVERY_DIGIT = bytes.maketrans(b"0", b"9")

PEOPLE_ARE_NAMED_IN = frozenset({"review", "strategy", "actions"})
"""The kinds of files with what somebody has written of others' work."""


@cache
def _pattern(text: str) -> re.Pattern[str]:
    """A pattern, made when it is first looked for: making it costs more than checking a review."""
    return re.compile(text)


def may_be_private(data: bytes) -> bool:
    """Whether it is worth looking at all: quick enough for every file, and never no where `find_private` finds any.

    First without the letters, which are most of a text: what stands side by side in it does so there too.
    """
    if b"\\" in data:  # in quotation marks any letter can be written as another
        return True
    if any(_DOMAIN.match(after) for after in data.split(b"@")[1:]):
        return True
    return all(_has_number(b" " + data.translate(_SHAPE, left_out)) for left_out in (_LETTERS, b""))


def _has_number(shape: bytes) -> bool:
    return any(sign in shape for sign in (b"+9", b" 09", b" 009")) or b"999999" in shape.translate(_EVERY_DIGIT)


def check_private(values: Any, file: str, text: TextLines) -> Iterator[Finding]:
    """Yield what looks like an identity number, an e-mail address or a telephone number, with its place in the text.

    Internal notes are not looked at, since they are never published.
    """
    for path, words in _texts(values, ()):
        for code, found in find_private(words):
            place = _within(text, text.locator.place(path), found)
            yield Finding(RULES[code], Pointer(file, path), {"found": found}, place=place)


def _within(text: TextLines, place: Place, name: str) -> Place:
    """Where in a text value the words stand; where it begins, if they are parted by a line break."""
    for number in range(place.line, min(place.line + _LONGEST_TEXT, len(text.lines) + 1)):
        column = text.line(number).find(name, place.column - 1 if number == place.line else 0)
        if column >= 0:
            return Place(number, column + 1, number, column + 1 + len(name))
    return place


def find_private(text: str) -> Iterator[tuple[str, str]]:
    """Yield code and words for what is private in a text, each once."""
    told = set()
    for match in _pattern(_IDENTITY).finditer(text):
        if match[0] not in told and is_identity_number(match):
            told.add(match[0])
            yield "GR520", match[0]
    for match in _pattern(_MAIL).finditer(text):
        if match[0] not in told:
            told.add(match[0])
            yield "GR521", match[0]
    for match in _pattern(_PHONE).finditer(text):
        digits = sum(letter.isdigit() for letter in match[0])
        if _FEWEST <= digits <= _MOST and not any(match[0] in other for other in told):
            told.add(match[0])
            yield "GR522", match[0]


def is_identity_number(match: re.Match[str]) -> bool:
    """Whether a date that exists and a check digit that is right make it a personal or coordination number."""
    century, year, month, day, last = match.groups()
    if century is not None and century not in _CENTURIES:
        return False
    born = int(day) - (_COORDINATION if int(day) > _COORDINATION else 0)
    whole_year = int(f"{century or '20'}{year}")
    if born > calendar.monthrange(whole_year, int(month))[1] and not (month == "02" and born == 29 and not century):  # noqa: PLR2004
        return False
    return _checks_out(f"{year}{month}{day}{last}")


def _checks_out(digits: str) -> bool:
    """The check digit of ten, by the rule that payment cards use too."""
    total = 0
    for place, digit in enumerate(digits):
        product = int(digit) * (2 - place % 2)
        total += product // 10 + product % 10
    return total % 10 == 0


def _texts(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            internal = key == "note" and len(path) == 2 and path[0] == "answers"  # noqa: PLR2004  # never published
            if key not in _NOT_LOOKED_AT and not internal:
                yield from _texts(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _texts(inner, (*path, number))


def check_publication(values: dict[str, Any], file: str, files: Files) -> Iterator[Finding]:
    """Yield what no longer agrees with a publication's register."""
    folder = file.rpartition("/")[0]
    lies_in = folder.rpartition("/")[2]
    if lies_in != f"{values['number']:03}":
        yield Finding(RULES["GR524"], Pointer(file, ("number",)), {"number": values["number"], "folder": lies_in})
    for place, one in enumerate(values["files"]):
        try:
            found = files.fingerprint(f"{folder}/{one['name']}") if is_plain(one["name"]) else None
        except UnreadableFileError:
            found = None
        if found is None or found[1] != one["sha256"]:
            yield Finding(RULES["GR523"], Pointer(file, ("files", place, "sha256")), {"name": one["name"]})
