"""Plain values as lines of YAML in the house's style: block style, one key a line, running text in block scalars.

What is written here reads back to the same value. How an old value was written is heeded as far as it can hold the new.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from granskning.i18n import NO_BREAK
from granskning.workspace.source import PROSE, read
from granskning.workspace.yaml_text import block, prose, quoted

_SHORT = frozenset({"contact", "en", "label", "sv", "title", "unit"})
"""Running text that is a few words, and stands on the key's own line."""
_WIDTH = 100


def entry(key: str, value: Any, column: int, step: int = 2, dash: int = 2) -> list[str]:
    """The lines of a key with its value. `step` is the indentation of keys below keys, `dash` of lists below keys."""
    pad, name = " " * column, _key(key)
    if isinstance(value, dict) and value:
        return [f"{pad}{name}:", *(line for k, v in value.items() for line in entry(k, v, column + step, step, dash))]
    if isinstance(value, list) and value:
        return [f"{pad}{name}:", *(line for v in value for line in item(v, column + dash, step, dash))]
    if isinstance(value, str) and value and is_running(key, value, column):
        return prose(name, value, column)
    told = inline(value)
    return [f"{pad}{name}: {told}" if told else f"{pad}{name}:"]


def item(value: Any, column: int, step: int = 2, dash: int = 2) -> list[str]:
    """The lines of a list item whose mark stands in the column."""
    pad = " " * (column + 2)
    if isinstance(value, dict) and value:
        lines = [line for k, v in value.items() for line in entry(k, v, column + 2, step, dash)]
    elif isinstance(value, list) and value:
        lines = [line for v in value for line in item(v, column + 2, step, dash)]
    else:
        lines = [f"{pad}{inline(value)}"]
    first = f"{' ' * column}- {lines[0].removeprefix(pad)}".rstrip(" ")
    return [first, *lines[1:]]


def is_running(key: str, text: str, column: int) -> bool:
    """Whether the text is to stand in a block below its key."""
    if key not in PROSE:
        return "\n" in text.strip()
    return key not in _SHORT or "\n" in text or column + len(key) + 2 + len(text) > _WIDTH


def inline(value: Any, *, style: str | None = None, flow: bool = False) -> str:
    """A value on one line, in the quotation marks it had, if they can hold it; nothing for None, unless in a flow."""
    if isinstance(value, dict):
        parts = (f"{inline(k, flow=True)}: {inline(v, flow=True)}" for k, v in value.items())
        return "{" + ", ".join(parts) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(inline(one, flow=True) for one in value) + "]"
    if isinstance(value, str):
        return _text(value, style, flow=flow)
    if value is None:
        return "null" if flow else ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return format(Decimal(repr(value)), "f") if isinstance(value, float) else str(value)


def _text(text: str, style: str | None, *, flow: bool) -> str:
    seen = all(letter.isprintable() or letter == NO_BREAK for letter in text)
    if style == "'" and seen:
        return "'" + text.replace("'", "''") + "'"
    if style != '"' and seen and _is_plain(text, flow=flow):
        return text
    return quoted(text)


def _is_plain(text: str, *, flow: bool) -> bool:
    """Whether the text reads back as itself without quotation marks, where a comment may follow too."""
    for told, meant in ((f"k: {text} # c\n", {"k": text}), (f"{{k: {text}}}\n", {"k": text}))[: 1 + flow]:
        reading = read(told)
        if not reading.whole or reading.faults or reading.value != meant:
            return False
    return True


def _key(text: str) -> str:
    """A key, without quotation marks where it is read as the same key without."""
    reading = read(f"{text}:\n")
    return text if reading.whole and not reading.faults and reading.value == {text: None} else quoted(text)


def below(text: str, indent: int, style: str | None, *, ended: bool) -> tuple[str, list[str]] | None:
    """Header and lines of a block scalar at that indentation, in the style it had if that can hold the text."""
    return block(text, indent, literal=style == "|", ended=ended)
