"""The lines of two sets of pages compared: what stands on a page that should not, and what should stand there."""

from __future__ import annotations

import difflib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Pages = tuple[tuple[str, ...], ...]

_LINES, _WORDS = 0.1, 0.02
"""Pages are set in another way when more of the lines than the first differ, and fewer of the words than the second."""
_FREE = str.maketrans("", "", " \xa0\xad-\u2010\ufffe")


@dataclass(frozen=True, slots=True)
class Difference:
    """A place where two pages differ; one of the texts may be empty."""

    page: int
    """From 1; in the file, or where the line should be."""
    there: str
    """What stands in the file."""
    expected: str
    """What should stand there."""


def compare_pages(pages: Pages, expected: Pages) -> tuple[Difference, ...]:
    """Every line that differs, in order."""
    return tuple(_differences(pages, expected))


def same_words(pages: Pages, expected: Pages) -> bool:
    """Whether both have the same letters, however lines are broken. Running heads must not move."""
    return _letters(pages) == _letters(expected)


def is_other_layout(differences: Sequence[Difference], pages: Pages, expected: Pages) -> bool:
    """Whether the lines are broken elsewhere rather than changed: most words are the same, but not the lines."""
    one, two = _words(pages), _words(expected)
    differing = (one - two).total() + (two - one).total()
    lines = sum(len(page) for page in expected)
    return len(differences) > lines * _LINES and differing < two.total() * _WORDS


def _differences(pages: Pages, expected: Pages) -> Iterator[Difference]:
    one, two = _numbered(pages), _numbered(expected)
    texts = [line for _, line in one], [line for _, line in two]
    for tag, start, stop, first, last in difflib.SequenceMatcher(None, *texts, autojunk=False).get_opcodes():
        if tag != "equal":
            for place in range(max(stop - start, last - first)):
                mine = one[start + place] if start + place < stop else None
                other = two[first + place] if first + place < last else None
                page = mine[0] if mine else other[0] if other else 0
                yield Difference(page, mine[1] if mine else "", other[1] if other else "")


def _numbered(pages: Pages) -> list[tuple[int, str]]:
    return [(number, line) for number, page in enumerate(pages, 1) for line in page]


def _words(pages: Pages) -> Counter[str]:
    return Counter(word for page in pages for line in page for word in line.split())


def _letters(pages: Pages) -> str:
    return "".join("".join(page) for page in pages).translate(_FREE)
