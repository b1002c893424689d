"""Which groups are large enough to be named, so that the rest of the total does not give the others away."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_LEAST_HIDDEN = 2
"""One group that is hidden alone is what is left when the named ones are taken from the total."""


def named_groups(sizes: Mapping[str, int], least: int) -> tuple[str, ...]:
    """The groups to be named, in the order given; the others are told of together. Empty groups are neither.

    Where what is told of together would be one group, or fewer than `least` in all, the smallest of the named ones
    joins it: secondary suppression, as in sdcTable, with a single total to protect.
    """
    named = {name: size for name, size in sizes.items() if size >= least}
    hidden = {name: size for name, size in sizes.items() if 0 < size < least}
    while hidden and named and (len(hidden) < _LEAST_HIDDEN or sum(hidden.values()) < least):
        smallest = min(named, key=lambda name: (named[name], name))
        hidden[smallest] = named.pop(smallest)
    return tuple(name for name in sizes if name in named)
