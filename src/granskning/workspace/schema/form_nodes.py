"""The schema of a criteria set as a form needs it: what stands at a path, what it is called, what can be chosen.

Paths in, nodes and words out. Every word comes from the schema itself, so that form, editor and check say the same.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from granskning.workspace.schema.schema import load_schema, resolved

if TYPE_CHECKING:
    from collections.abc import Mapping

    from granskning.findings.finding import Path

Node = dict[str, Any]
NodeKind = Literal["text", "prose", "number", "choice", "yes", "words", "translated", "group", "list", "map"]
_LANGUAGES = {"sv", "en"}
_WORD = re.compile(r"[A-Za-z_]{2,}")


def node_at(path: Path) -> Node | None:
    """What the schema says of a path in a criteria set; None where there can be nothing."""
    node = load_schema("criteria")
    for step in path:
        node = _resolved(node)
        below = node.get("items") if isinstance(step, int) else node.get("properties", {}).get(step)
        if not isinstance(below, dict):
            return None
        node = below
    return _resolved(node)


def _resolved(node: Node) -> Node:
    return resolved(node, load_schema("criteria"))


def children_of(node: Node) -> dict[str, Node]:
    """What a group has, by key."""
    return {key: _resolved(child) for key, child in node.get("properties", {}).items()}


def kind_of_node(node: Node, value: object = None) -> NodeKind:  # noqa: PLR0911  # a kind each
    """What a field of it is; where several kinds may stand, as the value that stands there now."""
    types = node.get("type", [])
    types = {types} if isinstance(types, str) else set(types)
    if "enum" in node:
        return "choice"
    if "const" in node or types == {"boolean"}:
        return "yes"
    if node.get("properties", {}).keys() >= _LANGUAGES:
        return "translated"
    if "array" in types:
        if "object" in types and not isinstance(value, list):
            return "group"
        items = _resolved(node.get("items") or {})
        return "list" if items.get("properties") else "words"
    if "properties" in node and (types == {"object"} or isinstance(value, dict) or "value" in node["properties"]):
        return "group"
    if isinstance(node.get("additionalProperties"), dict):
        return "map"
    return "number" if types & {"number", "integer"} else "text"


def title_of(node: Node, language: str) -> str:
    """What a node is called."""
    return str((node.get("x-en", {}).get("title") if language == "en" else None) or node.get("title") or "")


def help_of(node: Node, language: str) -> str:
    """What is said of it, where that names no key of the file: a reader of the page knows none."""
    text = str((node.get("x-en", {}).get("description") if language == "en" else None) or node.get("description") or "")
    return "" if set(_WORD.findall(text)) & _keys() else text


def choices_of(node: Node, language: str) -> tuple[tuple[str, str], ...]:
    """The values that can be chosen, each in words."""
    words: Mapping[str, Any] = node.get("x-en", {}) if language == "en" else node
    descriptions = words.get("markdownEnumDescriptions") or ()
    values = [str(value) for value in node.get("enum", ())]
    return tuple(
        (value, str(descriptions[number]).rstrip(".") if number < len(descriptions) else value)
        for number, value in enumerate(values)
    )


@cache
def _keys() -> frozenset[str]:
    """Every key and every value to choose that is no word of ordinary prose in Swedish."""
    keys: set[str] = set()

    def collect(node: Any) -> None:
        if isinstance(node, dict):
            keys.update(node.get("properties") or ())
            keys.update(str(value) for value in node.get("enum") or ())
            for child in node.values():
                collect(child)
        elif isinstance(node, list):
            for child in node:
                collect(child)

    collect(load_schema("criteria"))
    return frozenset(keys)
