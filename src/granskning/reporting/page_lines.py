"""The lines of two sets of pages compared: what stands on a page that should not, and what should stand there."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Pages = tuple[tuple[str, ...], ...]

_OTHER_LAYOUT = 0.3
"""When more of the lines than this differ, they are broken elsewhere rather than changed."""
_FREE = str.maketrans("", "", " \xa0\xad-\u2010\ufffe")


@dataclass(frozen=True, slots=True)
class Difference:
    """A place where two pages differ; one of the texts may be empty."""

    page: int
    """From 1."""
    there: str
    """What stands in the file."""
    expected: str
    """What should stand there."""


def compare_pages(there: Pages, expected: Pages) -> tuple[Difference, ...]:
    """Every line that differs, in order."""
    return tuple(_differences(there, expected))


def same_words(there: Pages, expected: Pages) -> bool:
    """Whether both have the same letters, however lines are broken. Running heads must not move."""
    return _letters(there) == _letters(expected)


def is_other_layout(found: Sequence[Difference], expected: Pages) -> bool:
    """Whether so much differs that the pages must have been set in another way."""
    lines = sum(len(page) for page in expected)
    return len(found) > max(40, lines * _OTHER_LAYOUT)


def _differences(there: Pages, expected: Pages) -> Iterator[Difference]:
    for number in range(max(len(there), len(expected))):
        one = there[number] if number < len(there) else ()
        two = expected[number] if number < len(expected) else ()
        if one == two:
            continue
        matcher = difflib.SequenceMatcher(None, one, two, autojunk=False)
        for tag, start, stop, first, last in matcher.get_opcodes():
            if tag == "equal":
                continue
            for place in range(max(stop - start, last - first)):
                yield Difference(
                    number + 1,
                    one[start + place] if start + place < stop else "",
                    two[first + place] if first + place < last else "",
                )


def _letters(pages: Pages) -> str:
    return "".join("".join(page) for page in pages).translate(_FREE)
