"""The language that a working folder's settings name, found without loading the folder."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from granskning.edges.disk import MARK, find_root, read_file
from granskning.errors import GranskningError
from granskning.files import TEXT
from granskning.i18n import TAG

if TYPE_CHECKING:
    from pathlib import Path

_LINE = re.compile(rf"^language:[ \t]*[\"']?({TAG})[\"']?[ \t]*(?:#.*)?$", re.MULTILINE)


def folder_language(start: Path) -> str:
    """The language of the working folder that a place lies in; nothing where there is none or it cannot be read."""
    try:
        text = read_file(find_root(start) / MARK, TEXT).decode("utf-8", "replace")
    except (GranskningError, OSError):
        return ""
    match = _LINE.search(text)
    return match[1] if match else ""
