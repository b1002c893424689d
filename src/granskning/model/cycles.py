"""Finds circles in what rests on what. Each name and each link is looked at once."""

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


def groups_in_circles(links: Mapping[str, Iterable[str]]) -> Iterator[frozenset[str]]:
    """The groups of names that reach each other (strongly connected components), and names that link to themselves.

    Tarjan's way, without recursion: a group is complete when the walk leaves the first of it that it came to.
    """
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    trail: list[str] = []
    on_trail: set[str] = set()
    for start in links:
        walk = [] if start in number else [(start, iter(links[start]))]
        while walk:
            name, rest = walk[-1]
            if name not in number:
                number[name] = lowest[name] = len(number)
                trail.append(name)
                on_trail.add(name)
            other = next((name for name in rest if name in links and (name not in number or name in on_trail)), None)
            if other is not None and other not in number:
                walk.append((other, iter(links[other])))
            elif other is not None:
                lowest[name] = min(lowest[name], number[other])
            else:
                walk.pop()
                if walk:
                    lowest[walk[-1][0]] = min(lowest[walk[-1][0]], lowest[name])
                if lowest[name] == number[name]:
                    place = len(trail) - 1
                    while trail[place] != name:
                        place -= 1
                    group = frozenset(trail[place:])
                    del trail[place:]
                    on_trail -= group
                    if len(group) > 1 or name in links[name]:
                        yield group
