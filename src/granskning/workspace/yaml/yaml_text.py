"""Words as YAML: whatever is written here, `source.read` reads back to the same words.

Plain values as lines of YAML in the house's style: block style, one key a line, running text in block scalars.

What is written here reads back to the same value. How an old value was written is heeded as far as it can hold the new.
"""

from __future__ import annotations

import json
import re
import textwrap
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from granskning.i18n import NO_BREAK
from granskning.model.method import key_of
from granskning.workspace.yaml.source import PROSE, YamlReading, read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from granskning.model.evidence import Evidence

_WIDTH = 100
_LEADING_ZERO = re.compile("0[0-9]+")
"""A code such as 00: text to our reader, but a number to many others."""
_NARROWEST = 40


def prose(key: str, text: str, indent: int) -> list[str]:
    """The lines that give a key its running text, in a block that reads back to exactly that text."""
    pad = " " * indent
    written = block(text, indent + 2)
    if written is None:
        return [f"{pad}{key}: {quoted(text)}"]
    header, lines = written
    return [f"{pad}{key}: {header}", *lines]


def block(text: str, indent: int, *, literal: bool = False, ended: bool = False) -> tuple[str, list[str]] | None:
    """Header and lines of a block scalar with its content at that indentation, or None where no block says the text.

    Folded where the text is one paragraph, unless it is to stay literal; literal where it has line breaks. A text that
    ends with a line break is one only where it is `ended` by more of the file.
    """
    body, mark = (text[:-1], "") if ended and text.endswith("\n") else (text, "-")
    if not body or body.endswith("\n"):
        return None
    if not literal and "\n" not in body and body == body.strip():
        folded = textwrap.wrap(
            body, max(_WIDTH - indent, _NARROWEST), break_long_words=False, break_on_hyphens=False, expand_tabs=False,
            replace_whitespace=False, drop_whitespace=True,
        )  # fmt: skip
        if _reads_back(f">{mark}", folded, text):
            return f">{mark}", [" " * indent + line for line in folded]
    lines = body.split("\n")
    if all(line == line.rstrip() for line in lines) and _reads_back(f"|{mark}", lines, text):
        return f"|{mark}", [" " * indent + line if line else "" for line in lines]
    return None


def quoted(text: str) -> str:
    """A double-quoted scalar in which everything that cannot be seen is written by its number."""
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(c if c.isprintable() or c == NO_BREAK else f"\\U{ord(c):08x}" for c in quoted)


def word(text: str) -> str:
    """A word or id, in quotation marks where it would not be read as text without."""
    reading = read(f"word: {text}\n")
    return text if reading.whole and not reading.faults and reading.value == {"word": text} else quoted(text)


def level_key(key: str) -> str:
    """A level as it is written: without quotation marks where it is read as the same level without."""
    reading = read(f"level: {key}\n")
    value = reading.value.get("level") if reading.whole and not reading.faults else None
    plain = isinstance(value, int | float | str) and not isinstance(value, bool) and key_of(value) == key
    return key if plain else quoted(key)


def comment(text: str) -> str:
    """Words that can stand in a comment: on one line, and without what YAML does not let into a text."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in " ".join(text.split()))


def _reads_back(header: str, lines: list[str], text: str) -> bool:
    told = "".join(f"  {line}\n" if line else "\n" for line in lines)
    reading: YamlReading = read(f"text: {header}\n{told}")
    return reading.whole and not reading.faults and reading.value == {"text": text}


def evidence(items: Sequence[Evidence]) -> Iterator[str]:
    """The lines of an answer's evidence; none where there is none."""
    if items:
        yield "    evidence:"
    for item in items:
        lines: list[str] = []
        for name in ("edition", "page", "pdf_page", "section", "address", "retrieved", "file", "sha256", "quote",
                     "paraphrase"):  # fmt: skip
            value = getattr(item, name)
            if value is not None:
                lines += _entry(name, value)
        yield from (f"      {'- ' if number == 0 else '  '}{line}" for number, line in enumerate(lines))


def _entry(name: str, value: str | int) -> list[str]:
    if name in ("quote", "paraphrase"):
        return prose(name, str(value), 0)
    if name == "page" and str(value).isdigit():
        return [f"page: {value}"]
    return [f"{name}: {value if isinstance(value, int) else word(value)}"]


def write_mapping(values: Mapping[str, Any]) -> str:
    """A whole file of simple values: words, numbers, nothing, and lists of words or of groups of keys."""
    lines: list[str] = []
    for key, value in values.items():
        if not isinstance(value, list):
            lines.append(f"{key}: {_plain(value)}".rstrip())
        elif not value:
            lines.append(f"{key}: []")
        else:
            lines.append(f"{key}:")
            for item in value:
                rows = _rows(item) if isinstance(item, dict) else [word(item)]
                lines += [f"  {'- ' if place == 0 else '  '}{row}" for place, row in enumerate(rows)]
    return "\n".join(lines) + "\n"


def _rows(item: Mapping[str, Any]) -> list[str]:
    return [f"{key}: {_plain(value)}".rstrip() for key, value in item.items()]


def _plain(value: str | int | None) -> str:
    return "" if value is None else word(value) if isinstance(value, str) else str(value)


_SHORT = frozenset({"contact", "en", "label", "short_title", "sv", "title", "unit"})
"""Running text that is a few words, and stands on the key's own line."""


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


@lru_cache(maxsize=4096)  # the same words stand in row after row, and each is read to be sure
def _is_plain(text: str, *, flow: bool) -> bool:
    """Whether the text reads back as itself without quotation marks, where a comment may follow too."""
    if _LEADING_ZERO.fullmatch(text):
        return False
    for told, meant in ((f"k: {text} # c\n", {"k": text}), (f"{{k: {text}}}\n", {"k": text}))[: 1 + flow]:
        reading = read(told)
        if not reading.whole or reading.faults or reading.value != meant:
            return False
    return True


@lru_cache(maxsize=4096)
def _key(text: str) -> str:
    """A key, without quotation marks where it is read as the same key without."""
    reading = read(f"{text}:\n")
    if _LEADING_ZERO.fullmatch(text):
        return quoted(text)
    return text if reading.whole and not reading.faults and reading.value == {text: None} else quoted(text)


def below(text: str, indent: int, style: str | None, *, ended: bool) -> tuple[str, list[str]] | None:
    """Header and lines of a block scalar at that indentation, in the style it had if that can hold the text."""
    return block(text, indent, literal=style == "|", ended=ended)
