"""What `check` told of a folder, kept for as long as it would tell the same.

All that it rests on is asked again before it is told: every question that was put to the folder's files, and where its
repository stands. A file whose size, times and inode are those that it had is not read again, but only where it was
left alone for some seconds before it was checked; any other is read, so no clock has to be right.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Any

from granskning.edges.cache import Cache
from granskning.edges.disk import FolderFiles, Started, same_stamps
from granskning.errors import GranskningError
from granskning.tasks.checking.asked_files import same_answers
from granskning.tasks.checking.repository_state import repository_state

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from granskning.tasks.checking.asked_files import Ground
    from granskning.tasks.folder.chosen import Chosen

_NAME = "checks"
_READ = "read "
_FAULTS = (ValueError, KeyError, TypeError, AttributeError, OSError, GranskningError)


class KeptCheck:
    """What is told of one choice of a folder's files, in one wording."""

    def __init__(self, chosen: Chosen, wording: Sequence[str | None]) -> None:
        """`wording` is all that the words depend on beside the files: the language, and where the reader stands."""
        self._root = chosen.root
        self._started = Started()
        known = json.dumps([str(chosen.root), chosen.only, *wording])
        self._key = hashlib.sha256(known.encode()).hexdigest()

    def read(self) -> Mapping[str, Any]:
        """What was told as plain values, if it would be told now; else nothing."""
        with closing(Cache(_NAME)) as cache:
            text = cache.get_many([self._key]).get(self._key, "")
        with suppress(*_FAULTS):
            entry = json.loads(text)
            is_same = entry["git"] == repository_state(self._root)
            if is_same and same_answers(FolderFiles(self._root), self._unseen(entry)):
                values: dict[str, Any] = entry["values"]
                return values
        return {}

    def _unseen(self, entry: Mapping[str, Any]) -> Mapping[str, str]:
        """The questions whose answers no stamp vouches for."""
        questions, stamps = dict(entry["questions"]), entry["stamps"]
        for path in same_stamps(self._root, stamps) if stamps else ():
            questions.pop(f"{_READ}{path}", None)
        return questions

    def keep(self, ground: Ground, values: Mapping[str, Any]) -> None:
        """Keep what is told, with what it rests on, for the next time."""
        read = [question.removeprefix(_READ) for question in ground.questions if question.startswith(_READ)]
        stamps = self._started.firm_stamps(self._root, read)
        entry = {"git": ground.git, "questions": dict(ground.questions), "stamps": stamps, "values": dict(values)}
        with closing(Cache(_NAME)) as cache:
            cache.put_many([(self._key, json.dumps(entry))])
