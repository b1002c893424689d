"""Where something stands in a document, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of cleaned text. Pages are counted from 1; places are characters from the beginning of their page."""

    page: int
    start: int
    last_page: int
    end: int
    """The first place after it."""

    def covers(self, page: int) -> bool:
        """Whether any of it stands on a page."""
        return self.page <= page <= self.last_page


@dataclass(frozen=True, slots=True)
class WordChange:
    """Words of a quotation, and those that stand in their place in the document; either may be none."""

    quoted: str
    in_document: str


@dataclass(frozen=True, slots=True)
class ClosestPassage:
    """What in a document is most like a quotation that it does not have."""

    passage: Passage
    text: str
    similarity: float
    """Between 0 and 1: the share of the letters, of both, that stand in the same words in the same order."""
    changes: tuple[WordChange, ...]
