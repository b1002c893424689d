"""The verdict on a folder, remembered: what `check` told, for as long as it would tell the same.

All that the verdict rests on is asked again before it is told: every question that was put to the folder's files, and
where its repository stands. Nothing goes by the time or the size of a file, so no clock has to be right.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from granskning.edges.cache import Cache
from granskning.edges.disk import FolderFiles
from granskning.edges.git_state import git_state
from granskning.tasks.checking.asked_files import same_answers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from granskning.tasks.checking.checked import Ground
    from granskning.tasks.folder.chosen import Chosen

_NAME = "verdicts"


class Verdict:
    """What is told of one choice of a folder's files, in one wording."""

    def __init__(self, chosen: Chosen, wording: Sequence[str]) -> None:
        """`wording` is all that the words depend on beside the files: the language, and where the reader stands."""
        self._root = chosen.root
        known = json.dumps([str(chosen.root), chosen.only, *wording])
        self._key = hashlib.sha256(known.encode()).hexdigest()

    def recall(self) -> str:
        """What was told, if it would be told now; else nothing."""
        with closing(Cache(_NAME)) as cache:
            text = cache.get_many([self._key]).get(self._key, "")
        with suppress(ValueError, KeyError, TypeError, AttributeError, OSError):
            entry = json.loads(text)
            if entry["git"] == git_state(self._root) and same_answers(FolderFiles(self._root), entry["questions"]):
                return str(entry["told"])
        return ""

    def remember(self, ground: Ground, told: str) -> None:
        """Keep what is told, with what it rests on, for the next time."""
        entry = {"git": ground.git, "questions": dict(ground.questions), "told": told}
        with closing(Cache(_NAME)) as cache:
            cache.put_many([(self._key, json.dumps(entry))])
