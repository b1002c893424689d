"""What `history` told of a folder, kept for as long as it would tell the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from granskning.tasks.checking.kept_check import KeptCheck
from granskning.tasks.folder.chosen import choose

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from granskning.tasks.checking.asked_files import Ground


class ToldHistory(NamedTuple):
    """What was told: the result, and what else there was to know."""

    text: str
    aside: tuple[str, ...]


class KeptHistory:
    """What is told of the history of a folder in one layout."""

    def __init__(self, start: Path, layout: Sequence[str | None]) -> None:
        """`layout` is all that the words depend on beside the folder and its history."""
        self._kept = KeptCheck(choose(start), ("history", *layout))

    def find(self) -> ToldHistory | None:
        """What was told, if it would be told now."""
        values = self._kept.read()
        text, aside = values.get("text"), values.get("aside")
        if not isinstance(text, str) or not isinstance(aside, list) or not all(isinstance(line, str) for line in aside):
            return None
        return ToldHistory(text, tuple(aside))

    def keep(self, ground: Ground, text: str, aside: Sequence[str]) -> None:
        """Keep what is told, with what it rests on, for the next time."""
        self._kept.keep(ground, {"text": text, "aside": list(aside)})
