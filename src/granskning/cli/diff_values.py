"""The blocks that a comparison is told in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.reporting.word_diff import Run

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; 2 is the title of the whole."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """Some words: a paragraph at depth 0, an item of a list below."""

    depth: int
    runs: Sequence[Run]
    code: str = ""
    """An id that the line begins with."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Line | Table


def plain(text: str) -> tuple[Run, ...]:
    """Words that are neither new nor gone."""
    return (Run("same", text),)
