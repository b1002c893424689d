"""Which characters a printed report can show (tecken): those that some shipped font has.

They stand as ranges in a file beside, so that checking a folder and printing a page need no font opened; a test holds
the file to the fonts.
"""

from __future__ import annotations

from functools import lru_cache

from granskning.shipped import package_text

RANGES = "printed_letters.txt"
"""The file in the package: a range a line, first and last code in hexadecimal."""
_UNSEEN = frozenset(
    {
        *"\t\n\r\N{SOFT HYPHEN}\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}\N{WORD JOINER}",
        *map(chr, (*range(0x200E, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xFE00, 0xFE10))),
    }
)
"""Laid out without a glyph: marks of direction, and selectors of a variant, among them."""


@lru_cache(maxsize=1)
def printed_letters() -> frozenset[str]:
    """All characters with a glyph, and those that need none."""
    codes: set[int] = set()
    for line in package_text(RANGES).split():
        first, _, last = line.partition("-")
        codes.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(map(chr, codes)) | _UNSEEN


def unprinted_letters(text: str) -> tuple[str, ...]:
    """The characters of a text that no shipped font has, each once, in order."""
    return tuple(sorted(set(text) - printed_letters()))
