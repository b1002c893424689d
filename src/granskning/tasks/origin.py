"""What a report rests on, as its PDF carries it along, and what a manifest says of it afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.scoring.memory import NO_MEMORY, Memory

if TYPE_CHECKING:
    from collections.abc import Mapping

    from granskning.reporting.marks import Provenance


@dataclass(frozen=True, slots=True)
class Stated:
    """What a manifest says of a report's origin, where that can't be found out from its sources."""

    commit: str | None
    changed: bool
    hashes: Mapping[str, str]
    """SHA-256 of the files as they were in the working folder, by path."""


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
