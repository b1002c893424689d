"""What can be asked of a text: set a value, remove one, insert one. And what the values are afterwards.

An edit names a path of keys and indexes, as a `Pointer` does. Edits of one call are carried out one after another, so
an index means what it means after those before it. Nothing here knows how the text is written; that is `splice`.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

from granskning.errors import EditRefusedError
from granskning.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from granskning.findings.finding import Path


@dataclass(frozen=True, slots=True)
class Set:
    """Give the path this value, whatever was there; keys on the way that are not there are made.

    Where both the old and the new value are mappings (or lists), only what differs within them is touched.
    `comment` are lines that a new key gets above it, without the mark `#`.
    """

    path: Path
    value: Any
    comment: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Remove:
    """Take away the key or list item. A mapping that loses its last key is left empty, a list as `[]`."""

    path: Path


@dataclass(frozen=True, slots=True)
class Insert:
    """Put a value into a list, before the item that now has the index; at the end if there is none."""

    path: Path
    index: int
    value: Any


@dataclass(frozen=True, slots=True)
class ReplaceComment:
    """Put other lines in the place of a comment right above a key, if they are there word for word; else do nothing.

    The lines are without the mark `#`. No value changes.
    """

    path: Path
    old: tuple[str, ...]
    new: tuple[str, ...] = ()


Edit = Set | Remove | Insert | ReplaceComment

MISSING: Any = object()
"""What `value_at` gives for a path that leads nowhere."""


def value_at(values: Any, path: Path) -> Any:
    """The value at a path, or MISSING."""
    for step in path:
        held = values if isinstance(values, dict) and isinstance(step, str) else {}
        if isinstance(values, list) and isinstance(step, int) and 0 <= step < len(values):
            values = values[step]
        elif step in held:
            values = held[step]
        else:
            return MISSING
    return values


def is_same(item: Any, other: Any) -> bool:
    """Whether two plain values are the same in kind and content: 1 is neither 1.0 nor true."""
    if type(item) is not type(other):
        return False
    if isinstance(item, dict):
        return item.keys() == other.keys() and all(is_same(value, other[key]) for key, value in item.items())
    if isinstance(item, list):
        return len(item) == len(other) and all(map(is_same, item, other))
    return bool(item == other)


def apply_edit(values: Any, edit: Edit) -> Any:
    """The values as they are after the edit. The values given are left as they are."""
    held = copy.deepcopy(values)
    if isinstance(edit, ReplaceComment):
        return held
    if not edit.path:
        return copy.deepcopy(edit.value) if isinstance(edit, Set) else refuse(edit.path)
    parent = held
    for place, step in enumerate(edit.path[:-1]):
        below = value_at(parent, (step,))
        if (below is MISSING or below is None) and isinstance(edit, Set) and isinstance(edit.path[place + 1], str):
            below = _put(parent, step, {}, edit.path)
        parent = below
    last = edit.path[-1]
    if isinstance(edit, Set):
        _put(parent, last, copy.deepcopy(edit.value), edit.path)
    elif isinstance(edit, Remove):
        _take(parent, last, edit.path)
        if not parent and isinstance(parent, dict):
            return apply_edit(held, Set(edit.path[:-1], None)) if len(edit.path) > 1 else refuse(edit.path)
    else:
        _insert(parent, last, edit)
    return held


def _put(parent: Any, step: str | int, value: Any, path: Path) -> Any:
    fits = isinstance(parent, dict) and isinstance(step, str)
    if not fits and value_at(parent, (step,)) is MISSING:
        refuse(path)
    parent[step] = value
    return value


def _take(parent: Any, step: str | int, path: Path) -> None:
    if value_at(parent, (step,)) is MISSING:
        refuse(path)
    del parent[step]


def _insert(parent: Any, step: str | int, edit: Insert) -> None:
    there = value_at(parent, (step,))
    if there is MISSING or there is None:
        there = _put(parent, step, [], edit.path)
    if not isinstance(there, list) or edit.index < 0:
        refuse(edit.path)
    there.insert(edit.index, copy.deepcopy(edit.value))


def refuse(path: Path) -> NoReturn:
    """Raise the error for a path at which the edit cannot be made."""
    message = N_("there is nothing at {path} to edit in that way")
    raise EditRefusedError(message, N_("read the file again: it may have changed"), path=spell(path))


def spell(path: Path) -> str:
    """A path as people read it: `answers.resor-vardag.evidence[0].page`."""
    words = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return words.removeprefix(".") or "."


def smaller_edits(values: Any, edit: Edit) -> Iterator[Edit]:
    """The least edits that do the same: only what differs, keys added before others are removed."""
    if not isinstance(edit, Set):
        yield edit
        return
    old, new = value_at(values, edit.path), edit.value
    if old is not MISSING and is_same(old, new):
        return
    if isinstance(old, dict) and isinstance(new, dict) and old and new:
        for key in new:
            yield from smaller_edits(values, Set((*edit.path, key), new[key]))
        yield from (Remove((*edit.path, key)) for key in old if key not in new)
    elif isinstance(old, list) and isinstance(new, list) and old and new:
        yield from _list_edits(values, edit.path, old, new)
    else:
        yield edit


def _list_edits(values: Any, path: Path, old: list[Any], new: list[Any]) -> Iterator[Edit]:
    """Leave what is equal at both ends; set what stands in the same place, then take away or add the rest."""
    shorter = min(len(old), len(new))
    first = next((place for place in range(shorter) if not is_same(old[place], new[place])), shorter)
    last = next((back for back in range(shorter - first) if not is_same(old[-1 - back], new[-1 - back])), -1)
    kept = shorter - first if last < 0 else last
    both = shorter - kept
    for place in range(first, both):
        yield from smaller_edits(values, Set((*path, place), new[place]))
    for place in range(len(old) - kept - 1, both - 1, -1):
        yield Remove((*path, place))
    for place in range(both, len(new) - kept):
        yield Insert(path, place, new[place])
