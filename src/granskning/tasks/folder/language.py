"""The language that a folder's settings name, found without loading the folder."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from granskning.edges.disk import COLLECTION, MARK, find_collection, find_root, read_file
from granskning.errors import GranskningError
from granskning.files import TEXT
from granskning.i18n import TAG

if TYPE_CHECKING:
    from pathlib import Path

_LINE = re.compile(rf"^language:[ \t]*[\"']?({TAG})[\"']?[ \t]*(?:#.*)?$", re.MULTILINE)


def folder_language(start: Path) -> str:
    """The language of the working folder or collection that a place lies in; nothing where none can be read."""
    try:
        gathered = find_collection(start)
        file = find_root(start) / MARK if gathered is None else gathered / COLLECTION
        text = read_file(file, TEXT).decode("utf-8", "replace")
    except (GranskningError, OSError):
        return ""
    match = _LINE.search(text)
    return match[1] if match else ""
