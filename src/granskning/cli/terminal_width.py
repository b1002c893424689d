"""Tables on a narrow terminal: columns that stand closer together, and then words on several lines.

Where nothing is read on a terminal, in a pipe or a file, and where it has the room of the usual page, no line changes.
"""

from __future__ import annotations

import re
import shutil
import sys
import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_USUAL = 100
"""So wide a terminal has room for what the tables are made for."""
_LEAST = 20


def fitted(text: str) -> str:
    """The lines of a table as wide as the terminal that reads them."""
    width = shutil.get_terminal_size((_USUAL, 24)).columns if sys.stdout.isatty() else _USUAL
    if width >= _USUAL:
        return text
    return "\n".join(part for line in text.split("\n") for part in _parts(line, max(width, _LEAST)))


def _parts(line: str, width: int) -> Iterator[str]:
    bare = line.lstrip(" ")
    indent = len(line) - len(bare)
    if len(line) <= width and indent <= width // 4:
        yield line
    elif not line.strip("─ "):
        yield line[:width]
    else:
        start = " " * min(indent, width // 4)
        closer = re.sub(r" {3,}", "  ", bare)
        yield from textwrap.wrap(
            closer, width, initial_indent=start, subsequent_indent=f"{start}  ", break_on_hyphens=False
        )
