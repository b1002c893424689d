"""The smallest values of a report: a symbol with its word, a fact with its label, a first page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Paragraphs = tuple[str, ...]
"""Running text, parted where the writer left an empty line."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How a judgement or result is shown: a symbol, and the word that says the same."""

    kind: Literal["level", "missing", "not_applicable", "insufficient_evidence", "open", "empty", "inherited", "none"]
    step: int
    """The shade, from 0 (the lowest level) to 4 (the highest)."""
    sign: str
    """What stands inside the symbol: a number or a dash, or nothing."""
    words: str

    @property
    def level(self) -> str:
        """A level inside a text, where there is no symbol: `2 Delvis`, or its words alone where they say the same."""
        return f"{self.sign} {self.words}" if self.sign and self.sign != self.words else self.words


@dataclass(frozen=True, slots=True)
class Fact:
    """A row of a list of facts."""

    label: str
    value: str
    address: str = ""
    """Where the value leads, when it is a link."""


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page: what, of what, by whom, when, on what text, how much of it was read, status."""

    above: str
    title: str
    below: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class DecidedRow:
    """A value that was decided, beside the computed one."""

    of: str
    anchor: str
    computed: str
    decided: str
    reason: str
    who: str
    """The role, and when."""
