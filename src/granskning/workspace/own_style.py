"""The folder's own style sheet: the colours that it sets under names that nothing uses. Its text in, findings out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from granskning.findings.finding import Finding, Place, Pointer
from granskning.findings.rules import RULES
from granskning.findings.suggestions import KnownNames
from granskning.model.palette import OWN_STYLE, PALETTE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from granskning.files import Files

FILE = f"templates/{OWN_STYLE}"
_MOST = 1 << 20
"""A larger sheet is not looked through; those that people write have some thousands of characters."""
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_DECLARED = re.compile(r"(?<=[{;\s])(--[A-Za-z0-9_-]+)\s*:")
_USED = re.compile(r"var\(\s*(--[A-Za-z0-9_-]+)")


def check_style(files: Files) -> Iterator[Finding]:
    """The colours that are set in the folder's own style sheet under names that nothing there or in reports uses."""
    if OWN_STYLE not in files.names("templates"):
        return
    text = files.read(FILE)[:_MOST].decode("utf-8", "replace")
    shown = _COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)
    used = {*PALETTE, *_USED.findall(shown)}
    for match in _DECLARED.finditer(shown):
        name = match.group(1)
        if name not in used:
            line = shown.count("\n", 0, match.start()) + 1
            column = match.start() - shown.rfind("\n", 0, match.start())
            yield Finding(
                RULES["GR342"],
                Pointer(FILE),
                {"name": name, "known": KnownNames(list(PALETTE), in_order=False)},
                Place(line, column, line, column + len(name)),
                near=(name, list(PALETTE)),
                excerpt=text.splitlines()[line - 1],
            )
