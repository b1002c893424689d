"""Finds a circle in what rests on what."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


def find_circle(rests_on: Mapping[str, Iterable[str]]) -> list[str]:
    """The names of one circle, in order from its first; empty when there is none."""
    done: set[str] = set()
    for start in rests_on:
        if start in done:
            continue
        path = {start: None}
        waiting: list[Iterator[str]] = [iter(sorted(rests_on[start]))]
        while waiting:
            name = next(waiting[-1], None)
            if name is None:
                waiting.pop()
                done.add(path.popitem()[0])
            elif name in path:
                names = list(path)
                return names[names.index(name) :]
            elif name not in done:
                path[name] = None
                waiting.append(iter(sorted(rests_on.get(name, ()))))
    return []
