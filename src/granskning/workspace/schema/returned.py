"""What the program once wrote comes back: text in, values out that are as it writes them, or nothing.

Whoever had the file meanwhile may have changed it, so nothing in it is used before its schema has said yes. Some files
can be made anew and some can not, so what it means that there are no values is for the reader to tell.
"""

from __future__ import annotations

import json
from typing import Any

from granskning.json_reading import parse_json
from granskning.workspace.schema.schema import is_sound


def read_returned(kind: str, text: str | bytes) -> Any | None:
    """The values of a file of a kind, or of a part (`workbook#answer`); None where they are not as they are written."""
    try:
        values = parse_json(text)
    except ValueError:
        return None
    return values if is_sound(kind, values) else None


def read_cached(entry: str, text: str) -> Any:
    """The values of an entry of the cache, by its name in the schema `cache`. Raises ValueError for any other.

    Python's own reader suffices, since the schema leaves no room for depth; thousands may be read at a time.
    """
    try:
        values = json.loads(text)
    except RecursionError as error:
        raise ValueError from error
    if not is_sound(f"cache#{entry}", values):
        raise ValueError(entry)
    return values
