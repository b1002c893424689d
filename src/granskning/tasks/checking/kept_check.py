"""What `check` told of a folder, kept for as long as it would tell the same.

All that it rests on is asked again before it is told: every question that was put to the folder's files, and where its
repository stands. A file whose size, times and inode are those that it had is not read again, but only where it was
left alone for some seconds before it was last read; any other is read, so no clock has to be right.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Any, TypedDict

from granskning.edges.cache import Cache
from granskning.edges.disk import FolderFiles, Started, same_stamps
from granskning.errors import GranskningError
from granskning.tasks.checking.asked_files import file_read_by, questions_that_read, same_answers
from granskning.tasks.checking.repository_state import repository_state

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from granskning.tasks.checking.asked_files import Ground
    from granskning.tasks.folder.chosen import Chosen

_NAME = "checks"
_FAULTS = (ValueError, KeyError, TypeError, AttributeError, OSError, GranskningError)


class _Asked(TypedDict):
    """What was asked of the files of a folder, and what vouches for answers."""

    questions: Mapping[str, str]
    stamps: Mapping[str, str]


class KeptCheck:
    """What is told of one choice of a folder's files, in one wording."""

    def __init__(self, chosen: Chosen, wording: Sequence[str | None], made: Path | None = None) -> None:
        """`wording` is all that the words depend on beside the files: the language, and where the reader stands.

        `made` is the folder of what is made of the files, where the words tell that it is there.
        """
        self._root = chosen.root
        self._folders = (chosen.root, made) if made else (chosen.root,)
        self._started = Started()
        known = json.dumps([str(chosen.root), chosen.only, *wording])
        self._key = hashlib.sha256(known.encode()).hexdigest()

    def read(self) -> Mapping[str, Any]:
        """What was told as plain values, if it would be told now; else nothing."""
        with closing(Cache(_NAME)) as cache, suppress(*_FAULTS):
            entry = json.loads(cache.get_many([self._key]).get(self._key, ""))
            if entry["git"] == repository_state(self._root):
                asked = [self._same(*pair) for pair in zip(self._folders, entry["asked"], strict=True)]
                if None not in asked:
                    if asked != entry["asked"]:  # more is vouched for than before
                        cache.put_many([(self._key, json.dumps({**entry, "asked": asked}))])
                    values: dict[str, Any] = entry["values"]
                    return values
        return {}

    def keep(self, ground: Ground, values: Mapping[str, Any], made: Mapping[str, str] | None = None) -> None:
        """Keep what is told, with what it rests on, for the next time; `made` has the SHA-256 of each file there."""
        questions = (ground.questions, questions_that_read(made or {}))
        asked = [self._stamped(*pair) for pair in zip(self._folders, questions, strict=False)]
        entry = {"git": ground.git, "asked": asked, "values": dict(values)}
        with closing(Cache(_NAME)) as cache:
            cache.put_many([(self._key, json.dumps(entry))])

    def _same(self, folder: Path, asked: _Asked) -> _Asked | None:
        """What was asked of a folder, with all that vouches for it now; None where an answer is another."""
        same = frozenset(same_stamps(folder, asked["stamps"])) if asked["stamps"] else frozenset()
        unseen = {question: digest for question, digest in asked["questions"].items()
                  if file_read_by(question) not in same}  # fmt: skip
        if not same_answers(FolderFiles(folder), unseen):
            return None
        return self._stamped(folder, asked["questions"]) if any(map(file_read_by, unseen)) else asked

    def _stamped(self, folder: Path, questions: Mapping[str, str]) -> _Asked:
        files = filter(None, map(file_read_by, questions))
        return {"questions": dict(questions), "stamps": self._started.firm_stamps(folder, files)}
