"""What git remembers of strategies, for their reports over time: read once, and only when a report asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.errors import GranskningError
from granskning.scoring.score_history import ScoreHistory, make_score_history
from granskning.tasks.history.history import read_history

if TYPE_CHECKING:
    from pathlib import Path

    from granskning.i18n import Translator
    from granskning.scoring.timeline import Timeline


class Memories:
    """The memory of one working folder."""

    def __init__(self, root: Path, t: Translator) -> None:
        self._root = root
        self._t = t
        self._timelines: tuple[Timeline, ...] | None = None
        self.is_whole = True
        """Whether git had an answer, or nobody has asked."""

    def of(self, strategy: str) -> ScoreHistory:
        """What git remembers of a strategy; nothing without git, or outside a repository."""
        if self._timelines is None:
            try:
                self._timelines = read_history(self._root, self._t).timelines
            except GranskningError:
                self.is_whole = False
                self._timelines = ()  # a report needs no history; `history` says what is wrong
        return make_score_history(self._timelines, strategy)
