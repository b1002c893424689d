"""Keys that stand as far in as the text above them, and so have become a part of it without a word from the parser.

An example: under `justification: >-` a line `evidence:` that begins where the text does. The evidence would be lost.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from granskning.findings.finding import Finding, Place, Pointer
from granskning.findings.rules import RULES
from granskning.workspace.schema.edit_order import order_of
from granskning.workspace.schema.schema import load_schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

KEY_LINE = re.compile(r"(?P<indent> *)(?P<dashes>(?:- +)*)(?P<key>[^\s:#\[\]{}\"'&*!|>%@`-][^:#]*):(?=\s|\Z)")

_HEADER = re.compile(r": [|>][-+]?[ \t\r]*\n")
_BLOCK = re.compile(_HEADER.pattern + r"(( +)[^ \n][^\n]*(?:\n(?:\2[^\n]*|[^\S\n]*+(?=\n|\Z)))*+)")
"""A header with its block of text: all lines that begin as far in as the first, and empty ones."""


class _Level(NamedTuple):
    """A key that a line stands under: its column from 0, the path of the group of keys that it is one of."""

    column: int
    dash: int | None
    """The column of the hyphen that the key stands after; None without one."""
    key: str
    path: tuple[str | int, ...]


def check_swallowed_keys(kind: str, file: str, text: str) -> Iterator[Finding]:
    """Yield a finding for the first line of each block of text whose word is a key where the text's own key stands.

    Each line is looked at once, so the work grows with the text and not with its square.
    """
    # that no line of a block begins with a key is seen in a tenth of the time that all their lines take
    if not any(":" in block and _known_keys(kind)[1].search(block) for block, _ in _BLOCK.findall(text)):
        return
    known, _ = _known_keys(kind)
    lines = text.split("\n")
    above: list[tuple[int, int | None, str]] = []
    end = 0
    for header, line in enumerate(lines):
        if header < end:
            continue
        _note_key(above, line)
        if _HEADER.search(f"{line}\n") is None or header + 1 == len(lines) or not above:
            continue
        indent = lines[header + 1][: len(lines[header + 1]) - len(lines[header + 1].lstrip(" "))]
        if not indent or not lines[header + 1].strip():
            continue
        end = header + 1
        candidates = []
        while end < len(lines) and (lines[end].startswith(indent) or not lines[end].strip()):
            if (key := KEY_LINE.match(lines[end])) is not None and key["key"] in known:
                candidates.append((end, key))
            end += 1
        levels = _levels(above) if candidates else []
        for number, key in candidates:
            wanted = _wanted(kind, levels, key["key"], has_dash=bool(key["dashes"]))
            if wanted is not None:
                place = Place(number + 1, key.start("key") + 1, number + 1, key.end("key") + 1)
                named = {"key": key["key"], "above": levels[0].key, "wanted": wanted}
                yield Finding(RULES["GR109"], Pointer(file), named, place=place)
                break


@cache
def _known_keys(kind: str) -> tuple[frozenset[str], re.Pattern[str]]:
    """The keys of all groups of a kind of file, and what finds a line that begins with one of them and a colon."""
    known = frozenset(_keys(load_schema(kind)))
    return known, re.compile(rf"^ *(?:- +)*(?:{'|'.join(sorted(known))}):(?!\S)", re.MULTILINE)


def _keys(node: Any) -> Iterator[str]:
    """Every key of every group in a schema."""
    if isinstance(node, dict):
        properties = node.get("properties")
        if isinstance(properties, dict):
            yield from (key for key in properties if re.fullmatch(r"[a-z_]+", key))
        for inner in node.values():
            yield from _keys(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from _keys(inner)


def _note_key(above: list[tuple[int, int | None, str]], line: str) -> None:
    """Keep the keys that the next line may stand under: column, column of the hyphen before its group, and name."""
    if (key := KEY_LINE.match(line)) is None:
        return
    column, dash = key.start("key"), key.end("indent") if key["dashes"] else None
    while above and above[-1][0] > (column if dash is None else dash):
        above.pop()
    if dash is None and above and above[-1][0] == column:
        dash = above.pop()[1]  # another key of the same group
    above.append((column, dash, key["key"]))


def _levels(above: Sequence[tuple[int, int | None, str]]) -> list[_Level]:
    """The keys that a line with one stands under, itself first."""
    levels: list[_Level] = []
    path: tuple[str | int, ...] = ()
    for column, dash, name in above:
        path = (*path, 0) if dash is not None else path
        levels.append(_Level(column, dash, name, path))
        path = (*path, name)
    return levels[::-1]


def _wanted(kind: str, levels: Sequence[_Level], key: str, *, has_dash: bool) -> int | None:
    """The spaces before the key where it would be one of a group that the text stands in; None where it is of none.

    Of the whole file's keys, none is meant within an answer, where `date:` or `status:` is rather a sentence's.
    """
    for level in levels:
        if level is not levels[0] and not level.path:
            return None
        if key in order_of(kind)(level.path):
            column = level.dash if has_dash else level.column
            if column is not None:
                return column
    return None
