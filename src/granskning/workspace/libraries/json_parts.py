"""Values of somebody else's JSON, taken one by one: what is not of the kind that it should be counts as not there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from granskning.findings.finding import FilledWords
from granskning.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Mapping


def text_at(values: Mapping[str, Any], key: str) -> str:
    """A text, or a number as text; empty where there is neither."""
    value = values.get(key)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return str(value).strip() if isinstance(value, str) or is_number else ""


def objects_at(values: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    """The objects of a list; none where it is no list."""
    items = values.get(key)
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def object_at(values: Mapping[str, Any], key: str) -> dict[str, Any]:
    """An object; an empty one where there is none."""
    value = values.get(key)
    return value if isinstance(value, dict) else {}


def part_named(name: str) -> FilledWords:
    """The place of a part, by its name."""
    return FilledWords(N_("part {name}"), {"name": name or "–"})


WHOLE_FILE = FilledWords(N_("the file"))
"""The place of what concerns all of it."""
