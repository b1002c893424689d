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

_KEY = re.compile(r"(?P<indent> *)(?P<dashes>(?:- +)*)(?P<key>[^\s:#\[\]{}\"'&*!|>%@`-][^:#]*):(?=\s|\Z)")


class _Level(NamedTuple):
    """A key that a line stands under: its column from 0, the path of the group of keys that it is one of."""

    column: int
    dash: int | None
    """The column of the hyphen that the key stands after; None without one."""
    key: str
    path: tuple[str | int, ...]


def check_swallowed_keys(kind: str, file: str, text: str) -> Iterator[Finding]:
    """Yield a finding for the first line of each block of text whose word is a key where the text's own key stands."""
    lines: Sequence[str] | None = None
    end = 0
    for block in _pattern(kind).finditer(text):
        lines = text.split("\n") if lines is None else lines
        header = text.count("\n", 0, block.start())
        if header < end or not (levels := _levels(lines, header)):
            continue
        end = header + 1
        while end < len(lines) and (lines[end].startswith(block["indent"]) or not lines[end].strip()):
            end += 1
        for number in range(header + 1, end):
            key = _KEY.match(lines[number])
            wanted = None if key is None else _wanted(kind, levels, key["key"], has_dash=bool(key["dashes"]))
            if key is not None and wanted is not None:
                place = Place(number + 1, key.start("key") + 1, number + 1, key.end("key") + 1)
                named = {"key": key["key"], "above": levels[0].key, "wanted": wanted}
                yield Finding(RULES["GR109"], Pointer(file), named, place=place)
                break


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    """A block of text, up to the first line in it that begins with some key of the schema."""
    keys = "|".join(sorted(set(_keys(load_schema(kind))), key=len, reverse=True))
    line = r"(?P=indent)[^\n]*\n|(?!(?P=indent))[ \t\r]*\n"
    return re.compile(
        rf": [|>][-+]?[ \t\r]*\n(?=(?P<indent> +)\S)(?:{line})*?(?P=indent) *(?:- +)*(?:{keys}):(?=\s|\Z)"
    )


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


def _levels(lines: Sequence[str], header: int) -> list[_Level]:
    """The keys that a line with one stands under, itself first; a key's group may begin after a hyphen further up."""
    above: list[tuple[int, int | None, str]] = []
    for line in reversed(lines[: header + 1]):
        if (key := _KEY.match(line)) is None:
            continue
        column, dash = key.start("key"), key.end("indent") if key["dashes"] else None
        if not above:
            above.append((column, dash, key["key"]))
            continue
        last_column, last_dash, name = above[-1]
        if column == last_column and last_dash is None and dash is not None:
            above[-1] = (column, dash, name)
        elif column < last_column and (last_dash is None or column <= last_dash):
            above.append((column, dash, key["key"]))
    levels: list[_Level] = []
    path: tuple[str | int, ...] = ()
    for column, dash, name in reversed(above):
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
