"""Finds a circle in what rests on what."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def find_circle(rests_on: Mapping[str, Iterable[str]]) -> list[str]:
    """The names of one circle, in order from its first; empty when there is none."""
    done: set[str] = set()

    def walk(name: str, path: list[str]) -> list[str]:
        if name in path:
            return path[path.index(name) :]
        if name in done:
            return []
        done.add(name)
        for needed in sorted(rests_on.get(name, ())):
            if found := walk(needed, [*path, name]):
                return found
        return []

    for name in rests_on:
        if found := walk(name, []):
            return found
    return []
