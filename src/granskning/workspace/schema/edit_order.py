"""In what order the keys of a file stand, so that a new one finds its place: that of the schema, and of the set."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from granskning.workspace.schema.schema import load_schema, resolved

if TYPE_CHECKING:
    from collections.abc import Sequence

    from granskning.findings.finding import Path
    from granskning.model.criteria import CriteriaSet
    from granskning.workspace.yaml.splice import Order


def order_of(kind: str, criteria: CriteriaSet | None = None) -> Order:
    """The order of the keys in that kind of file; of the answers in a review, that of the criteria set."""
    asked = tuple(criterion.id for criterion in criteria.criteria) if criteria is not None else ()

    def order(path: Path) -> Sequence[str]:
        if kind == "review" and path == ("answers",):
            return asked
        return _keys_at(kind, tuple("" if isinstance(step, int) else step for step in path))

    return order


@cache
def _keys_at(kind: str, path: tuple[str, ...]) -> tuple[str, ...]:
    """The schema's keys at a path in which every list index is an empty word."""
    whole = load_schema(kind)
    node = resolved(whole, whole)
    for step in path:
        if step == "":
            found = node.get("items")
        else:
            found = node.get("properties", {}).get(step, node.get("additionalProperties"))
        node = resolved(found, whole) if isinstance(found, dict) else {}
    return tuple(node.get("properties", {}))
