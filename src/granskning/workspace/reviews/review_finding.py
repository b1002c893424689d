"""A finding at a path of a review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.findings.finding import Finding, Pointer
from granskning.findings.rules import RULES

if TYPE_CHECKING:
    from granskning.findings.finding import Path


def review_finding(code: str, file: str, path: Path, *, key: bool = False, **values: object) -> Finding:
    """The finding of a code at a place, or at its key."""
    return Finding(RULES[code], Pointer(file, path, key=key), values)
