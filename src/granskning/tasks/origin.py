"""What a report rests on, as its PDF carries it along, and what a manifest says of it afterwards."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from granskning.scoring.memory import NO_MEMORY, Memory

if TYPE_CHECKING:
    from collections.abc import Mapping

    from granskning.model.review import LeftOut
    from granskning.reporting.blocks.marks import Provenance


@dataclass(frozen=True, slots=True)
class Stated:
    """What a manifest says of a report's origin, where that can't be found out from its sources."""

    commit: str | None
    changed: bool
    hashes: Mapping[str, str]
    """SHA-256 of the files as they were in the working folder, by path."""
    left_out: tuple[LeftOut, ...] = ()
    """The files that did not count."""
    faults: Mapping[str, int] = field(default_factory=dict)
    """How many errors were found in its files, by path."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What one report rests on."""

    kind: str
    identity: tuple[str, ...]
    """Strategy, round and reviewer, as far as the kind has them."""
    sources: tuple[str, ...]
    """The files that its fingerprint is of."""
    beside: tuple[str, ...]
    """Files that are needed to make it again but are not counted in."""
    provenance: Provenance
    internal: bool = False
    against: tuple[str, ...] = ()
    """Of a change, the identity of the earlier review."""
    memory: Memory = NO_MEMORY
    """Of a strategy over time, what git remembers."""
    left_out: tuple[LeftOut, ...] = ()
    """The files that do not count and that it tells of; they may not be readable, so they do not go along."""
    faults: tuple[tuple[str, int], ...] = ()
    """How many errors there are in its sources, by path."""
