"""Which groups are large enough to be named, so that no sum that is told gives the others away."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

Sizes = tuple[int, ...]
"""How many strategies each result of a group rests on, one number for each result; 0 where there is none."""


def named_groups(sizes: Mapping[str, Sizes], sums: Sequence[Collection[str]], least: int) -> tuple[str, ...]:
    """The groups to be named, in the order given; the others are told of together. Empty groups are neither.

    `sums` are groups whose sum is told too, such as all of them. Where a result of what is left of a sum would rest on
    fewer than `least`, the smallest of the named ones in it joins that: secondary suppression, as in sdcTable. Sums of
    few groups come first, since what joins there does so in wider ones too.
    """
    named = {name for name, own in sizes.items() if any(own) and is_large([own], least)}
    parts = sorted(map(set, sums), key=len)
    while short := [part & named for part in parts
                    if part & named and not is_large((sizes[name] for name in part - named), least)]:  # fmt: skip
        named.remove(min(short[0], key=lambda name: (sum(sizes[name]), name)))
    return tuple(name for name in sizes if name in named)


def is_large(sizes: Iterable[Sizes], least: int) -> bool:
    """Whether every result that these groups have together rests on at least so many strategies, or on none."""
    return all(not 0 < sum(column) < least for column in zip(*sizes, strict=True))
