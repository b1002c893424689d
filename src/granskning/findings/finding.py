"""What is wrong in the user's data, and where. Values that are collected, never raised."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from granskning.findings.severity import Severity

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class FilledWords:
    """A msgid among a finding's values that has values of its own."""

    message: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that can be wrong (regel). The texts are English msgids with named fields."""

    code: str
    severity: Severity
    message: str
    hint: str
    explanation: str


@dataclass(frozen=True, slots=True)
class Pointer:
    """An address in a file: the path of keys and indexes to a value; `key` means the key itself."""

    file: str
    path: Path = ()
    key: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a pointer is in a text: lines and columns from 1, the end not included."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of one file (anmärkning). `place` is given only where no path leads there (a syntax fault)."""

    rule: Rule
    at: Pointer
    values: Mapping[str, object] = field(default_factory=dict)
    place: Place | None = None
    suggestion: str | None = None
    """The near miss for "did you mean …?"."""
    near: tuple[str, Collection[str]] | None = None
    """What was written and what could stand there: the near miss is sought among these if the finding is told."""
    excerpt: str | None = None
    """The line of the text that the place is on."""
