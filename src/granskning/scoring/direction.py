"""Which way a condition moves as answers rise: what tells whether the worst and best completions are the extremes.

A rising condition can only become true, a falling one only false. Rules whose conditions all fall, with outcomes that
rise from the first to the last (or the other way round), are monotone; so are ladders of rising conditions.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from granskning.model.method import CHOOSING, DECIDING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from granskning.model.method import Condition
    from granskning.scoring.ladder import Ladder
    from granskning.scoring.node import Node, PartPlan

Direction = Literal[-1, 0, 1, 2]
"""Falls, neither, rises, or never changes (2)."""

_FLIPPED: dict[Direction, Direction] = {-1: 1, 0: 0, 1: -1, 2: 2}
_GROWS = {"at_least": True, "more_than": True, "at_most": False, "fewer_than": False}


def direction_of(condition: Condition, scale_of: Callable[[Condition], Sequence[Ladder | None]]) -> Direction:
    """The direction of a condition. `scale_of` gives the scales of the parts that it looks at."""
    if condition.kind in ("all", "any"):
        return together(direction_of(one, scale_of) for one in condition.conditions)
    if condition.kind == "not":
        return _FLIPPED[direction_of(condition.conditions[0], scale_of)]
    inner = together(_of_levels(condition, scale) for scale in scale_of(condition))
    if condition.kind == "part":
        return inner
    if condition.amount == "exactly":
        return 2 if inner == 2 else 0  # noqa: PLR2004  # never changes
    return inner if _GROWS[condition.amount] else _FLIPPED[inner]


def together(directions: object) -> Direction:
    """The direction of several at once: the one they share."""
    found = {one for one in directions if one != 2}  # type: ignore[attr-defined]  # noqa: PLR2004
    if not found:
        return 2
    return found.pop() if len(found) == 1 else 0


def _of_levels(condition: Condition, scale: Ladder | None) -> Direction:
    """Whether reaching the levels means having risen or fallen."""
    if condition.comparison in ("at_least", "above"):
        return 1
    if condition.comparison in ("at_most", "below"):
        return -1
    if scale is None or scale.scale.is_range:
        return 0
    chosen = [key in condition.levels for key in scale.keys]
    if all(chosen) or not any(chosen):
        return 2
    if chosen == sorted(chosen):
        return 1
    return -1 if chosen == sorted(chosen, reverse=True) else 0


def method_rises(node: Node, nodes: Mapping[str, Node]) -> bool:
    """Whether a higher part never lowers what the method gives; conditions have directions of their own."""
    step, common, ladder = node.step, node.common, node.ladder
    if any(part.by_band and part.ladder is not None and not part.ladder.rises for part in node.parts):
        return False
    if step.method == "product":
        return not any(_may_be_negative(part, nodes) for part in node.parts)
    if step.method not in CHOOSING or common is None or ladder is None:
        return True
    ranks = [ladder.rank.get(key, 0) for key in common.keys]
    by = step.step_up.by if step.step_up is not None else 0
    return all(other - one >= by for one, other in pairwise(ranks))


def _may_be_negative(part: PartPlan, nodes: Mapping[str, Node]) -> bool:
    """Whether the number of a part can be below 0."""
    if not part.is_node or part.by_band:
        return part.lowest is None or part.lowest < 0
    node = nodes[part.id]
    if any(cap.value is not None and cap.value < 0 for _, cap in node.gates):
        return True
    if node.step.method in DECIDING and node.ladder is not None:
        return any(points < 0 for points in node.ladder.points.values())
    return any(_may_be_negative(one, nodes) for one in node.parts)
