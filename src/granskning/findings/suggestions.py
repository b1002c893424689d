"""Near misses: the known name that a misspelt one was probably meant to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The closest of the known names, or None when none is close."""
    from difflib import get_close_matches  # noqa: PLC0415  # only when something is misspelt

    return next(iter(get_close_matches(name, list(known), 1)), None)
