"""What nodes have come to before, by how the questions below them are answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from granskning.scoring.results.card import Score, TargetResult
    from granskning.scoring.results.values import Pair


@dataclass(slots=True)
class NodeResult:
    """The results of a node for some answers."""

    so_far: Pair
    """Of the settled answers alone."""
    ends: Pair
    """The worst and the best."""
    is_outer: bool
    """Whether the ends are only outer bounds."""
    score: Score | None = None
    target: TargetResult | None = None
    """What is told of it, once somebody has asked."""


@dataclass(slots=True)
class NodeCache:
    """What has been worked out of a node."""

    look: Callable[[Mapping[str, object]], object]
    """All that its results rest on, of how each question is answered."""
    seen: tuple[str, ...]
    """The questions whose answers are looked at, but for those that other nodes have looked at for it."""
    results: dict[object, NodeResult]
    """By what `look` gives."""
