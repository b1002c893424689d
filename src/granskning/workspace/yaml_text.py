"""Words as YAML: whatever is written here, `source.read` reads back to the same words."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING, Any

from granskning.method import key_of
from granskning.workspace.source import Reading, read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from granskning.model import Evidence

_WIDTH = 100


def prose(key: str, text: str, indent: int) -> list[str]:
    """The lines that give a key its running text, in a block that reads back to exactly that text."""
    pad = " " * indent
    if "\n" not in text and text == " ".join(text.split(" ")) and text == text.strip():
        folded = textwrap.wrap(
            text, _WIDTH - indent - 2, break_long_words=False, break_on_hyphens=False, expand_tabs=False,
            replace_whitespace=False, drop_whitespace=True,
        )  # fmt: skip
        lines = [f"{pad}{key}: >-", *(f"{pad}  {line}" for line in folded)]
        if folded and _reads_back(lines, key, text):
            return lines
    if text and text == text.rstrip("\n"):
        lines = [f"{pad}{key}: |-", *(f"{pad}  {line}" if line else "" for line in text.split("\n"))]
        if _reads_back(lines, key, text):
            return lines
    return [f"{pad}{key}: {quoted(text)}"]


def quoted(text: str) -> str:
    """A double-quoted scalar in which everything that cannot be seen is written by its number."""
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in quoted)


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


def _reads_back(lines: list[str], key: str, text: str) -> bool:
    reading: Reading = read(textwrap.dedent("\n".join(lines)) + "\n")
    return reading.whole and not reading.faults and reading.value == {key: text}


def evidence(items: Sequence[Evidence]) -> Iterator[str]:
    """The lines of an answer's evidence; none where there is none."""
    if items:
        yield "    evidence:"
    for item in items:
        lines: list[str] = []
        for name in ("edition", "page", "pdf_page", "section", "address", "retrieved", "quote", "paraphrase"):
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
