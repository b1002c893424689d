"""JSON that leaves the program: the only writer of what a command prints or exports in that form.

An output of ours names its schema, `granskning/<name>/1`, and has the keys in that schema's order. The tests look at
every output on its way out (`on_output`), so no command can print what its schema does not allow.
"""

from __future__ import annotations

import json
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from granskning import __version__
from granskning.safe_text import escaped_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

_T = TypeVar("_T")
TOOL = {"name": "granskning", "version": __version__}

on_output: list[Callable[[str, str], None]] = []
"""What is told the name and the text of each output; empty but in tests."""


class JsonGroup(NamedTuple):
    """An object of a long list, whose own list is written an item a line: each one's keys, and keys already written."""

    values: Mapping[str, Any]
    key: str
    items: Iterable[tuple[Mapping[str, Any], str]]


def json_text(value: Any, indent: int | None = 2) -> str:
    """Any JSON, such as that of a format that others own."""
    return escaped_json(_plain(value) if indent is None else indented_json(value, indent))


_CONSTANTS = {None: "null", True: "true", False: "false"}
_plain = json.JSONEncoder(ensure_ascii=False).encode


def indented_json(value: Any, indent: int) -> str:
    """What `json.dumps` writes with an indent, in half the time: there each value is a step of a generator."""
    step = " " * indent

    def written(part: Any, line: str) -> str:
        if isinstance(part, str):
            return encode_basestring(part)
        if part is None or isinstance(part, bool):
            return _CONSTANTS[part]
        if not part or not isinstance(part, dict | list | tuple):
            return _plain(part)
        deeper = line + step
        if isinstance(part, dict):
            items = [f"{_key(key)}: {written(item, deeper)}" for key, item in part.items()]
            return f"{{{deeper}{f',{deeper}'.join(items)}{line}}}"
        return f"[{deeper}{f',{deeper}'.join([written(item, deeper) for item in part])}{line}]"

    return written(value, "\n")


def _key(key: Any) -> str:
    return encode_basestring(key if isinstance(key, str) else _plain(key))


def output_text(name: str, values: Mapping[str, Any], indent: int | None = 2) -> str:
    """An output of ours, by the name of its schema."""
    text = json_text(_head(name) | dict(values), indent)
    for look in on_output:
        look(name, text)
    return text


def output_lines(name: str, values: Mapping[str, Any], key: str, groups: Iterable[JsonGroup]) -> Iterator[str]:
    """An output of ours that may be long, line by line, with the list `key` last."""
    lines = _lines(_head(name) | dict(values), key, groups)
    if not on_output:
        yield from lines
        return
    whole = list(lines)
    for look in on_output:
        look(name, "\n".join(whole))
    yield from whole


def _head(name: str) -> dict[str, Any]:
    return {"schema": f"granskning/{name}/1", "tool": TOOL}


def _lines(values: Mapping[str, Any], key: str, groups: Iterable[JsonGroup]) -> Iterator[str]:
    yield f'{json_text(values, None)[:-1]}, "{key}": ['
    for group, comma in _with_commas(groups):
        yield f'{json_text(group.values, None)[:-1]}, "{group.key}": ['
        for (item, written), between in _with_commas(group.items):
            yield f"  {json_text(item, None)[:-1]}, {escaped_json(written)}}}{between}"
        yield f"]}}{comma}"
    yield "]}"


def _with_commas(items: Iterable[_T]) -> Iterator[tuple[_T, str]]:
    """Each item with what stands after it in a list; one is looked ahead."""
    waiting: list[_T] = []
    for item in items:
        if waiting:
            yield waiting.pop(), ","
        waiting.append(item)
    if waiting:
        yield waiting.pop(), ""
