"""Characters that a report cannot show as they are stored: lost ones, such as no font has, and such as reorder text."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from granskning.findings.finding import Finding, Place, Pointer
from granskning.findings.rules import RULES
from granskning.printed_letters import printed_letters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from granskning.findings.finding import Path
    from granskning.workspace.yaml.source import TextLines

_LOST = "\N{REPLACEMENT CHARACTER}"
"""What a program writes where it could not read a letter."""
_REORDERING = frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
"""Embeddings, overrides and isolates of Unicode's property Bidi_Control (CVE-2021-42574); marks alone move nothing."""
_TOLD_OF = _REORDERING | {_LOST}
_FROM_WORD = frozenset(map(chr, (0x2028, 0x2029, *range(0xF020, 0xF100))))
"""What the page is made without: Word's own line ends, and its signs in fonts of its own."""
_LONGEST_TEXT = 200
"""So many lines of a text are looked through for the place of a character."""


def may_be_unprintable(data: bytes) -> bool:
    """Whether it is worth looking at all: quick enough for every file."""
    letters = data.translate(None, _usual()).decode("utf-8", "replace")
    is_escaped = "\\" in letters  # "\u202e" in quotation marks is the character itself
    return is_escaped or not _TOLD_OF.isdisjoint(letters) or not set(letters) <= printed_letters()


@cache
def _usual() -> bytes:
    """The letters of ASCII that nothing is wrong with, which most of a text is."""
    return bytes(code for code in range(128) if chr(code) != "\\" and chr(code) in printed_letters())


def check_letters(values: Any, file: str, text: TextLines) -> Iterator[Finding]:
    """Yield what cannot be shown as it is stored, each character once in a text, with its place."""
    for path, words in _texts(values, ()):
        for letter in sorted(set(words)):
            if (code := _code_of(letter)) is not None:
                named = {"character": letter, "code": f"U+{ord(letter):04X}"}
                place = _within(text, text.locator.place(path), letter)
                yield Finding(RULES[code], Pointer(file, path), named, place=place)


def _code_of(letter: str) -> str | None:
    if letter == _LOST:
        return "GR015"
    if letter in _REORDERING:
        return "GR017"
    return None if letter in printed_letters() or letter in _FROM_WORD else "GR016"


def _within(text: TextLines, place: Place, letter: str) -> Place:
    """Where in a text value the character stands; where the value begins, if it is written as an escape."""
    for number in range(place.line, min(place.line + _LONGEST_TEXT, len(text.lines) + 1)):
        column = text.line(number).find(letter, place.column - 1 if number == place.line else 0)
        if column >= 0:
            return Place(number, column + 1, number, column + 2)
    return place


def _texts(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _texts(inner, (*path, number))
