"""The versions of a set whose results can be compared, since the later one says that its new words mean the same."""

from __future__ import annotations

import hashlib
import json
from itertools import pairwise
from typing import TYPE_CHECKING

from granskning.model.lineage import version_key
from granskning.scoring.comparable import differing_results
from granskning.scoring.results.card import TOTAL
from granskning.workspace.schema.returned import read_cached

if TYPE_CHECKING:
    from collections.abc import Mapping

    from granskning.edges.cache import Cache
    from granskning.tasks.history.history_facts import Found
    from granskning.tasks.history.history_sets import Sets


def shared_grounds(used: Mapping[Found, Mapping[str, str]], sets: Sets, cache: Cache | None) -> dict[str, str]:
    """By the ground of a set's results (`Found.shape`) that of the earliest version that they can be compared with.

    Only those that have another. `used` are the sets, each with the context that it was met in.
    """
    by_shape = {item.shape: item for item in used if item.shape}
    if len(by_shape) <= 1:
        return {}
    key = f"g1:{hashlib.sha256(' '.join(sorted(by_shape)).encode()).hexdigest()}"
    kept = cache.get_many([key]).get(key) if cache else None
    try:
        grounds: dict[str, str] | None = None if kept is None else read_cached("grounds", kept)
    except ValueError:  # not as it was written: worked out again
        grounds = None
    if grounds is None:
        grounds, is_whole = _compare(by_shape, used, sets)
        if cache is not None and is_whole:
            cache.put_many([(key, json.dumps(grounds))])
    return grounds


def _compare(
    by_shape: Mapping[str, Found], used: Mapping[Found, Mapping[str, str]], sets: Sets
) -> tuple[dict[str, str], bool]:
    """Each set beside the version before it, and whether git still had them all."""
    loaded = [
        (session[0], shape)
        for shape, item in by_shape.items()
        if (session := sets.session(item, used[item])) is not None
    ]
    loaded.sort(key=lambda pair: (pair[0].id, version_key(pair[0].version)))
    grounds: dict[str, str] = {}
    for (earlier, shape), (later, own) in pairwise(loaded):
        if TOTAL not in differing_results(earlier, later, joint=True):
            grounds[own] = grounds.get(shape, shape)
    return grounds, len(loaded) == len(by_shape)
