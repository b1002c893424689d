"""Many versions of the same reviews: text in, reviews out, with what has been read before not read again.

From one version of a file to the next a few answers change. The text is cut between answers, and each answer is parsed
and held against the schema once. Where a text can't be cut with certainty it is read whole, like any other file; the
outcome is the same either way, and a property test holds it so.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from granskning.workspace import modelling
from granskning.workspace.schema import check_values
from granskning.workspace.source import MAX_BYTES, Fault, Locator, decode, read

if TYPE_CHECKING:
    from granskning.model import Answer, Review

_ANSWERS = "\nanswers:\n"
_OUTSIDE = re.compile(r"^[^ \n#]", re.MULTILINE)
"""A line that is neither indented, empty nor a comment: where the answers end."""
_CUT = re.compile(r"^(?=  [a-z0-9])", re.MULTILINE)
"""Before a line that begins an answer."""
_KEY = re.compile(r"  ([a-z0-9-]+):(?= *(?:#|\n))")
_ODD = re.compile(r"^(?: {0,1}[^ \n#]|  [^ \n#a-z0-9])", re.MULTILINE)
"""A line that stands where an answer would begin but begins none."""
_NO_CONTENT = re.compile(r"(?:[ ]*(?:#[^\n]*)?\n)*\Z")
_REACH = 3
"""So many characters beyond the beginning of an answer decide that it is one."""
_FILES = 512
_MOST = 48 * 1024 * 1024
"""So many bytes of different answers are kept, and no more."""


class Broken(NamedTuple):
    """A version that is no review: the first thing that is wrong with it."""

    code: str
    line: int


class _Cut(NamedTuple):
    """A text cut between its answers."""

    text: str
    starts: list[int]
    """Where each answer begins, and where the last one ends."""
    answers: list[tuple[str, Answer]]
    head: tuple[Review, dict[str, Any]]


@dataclass(slots=True)
class VersionReader:
    """Reads versions of reviews."""

    _answers: dict[str, tuple[str, Answer] | None] = field(default_factory=dict)
    """By text: an answer and its key; None for a text that must be read in its place."""
    _heads: dict[str, tuple[Review, dict[str, Any]] | None] = field(default_factory=dict)
    _last: dict[str, _Cut] = field(default_factory=dict)
    """The last version of each file, since the next is mostly the same."""
    _size: int = 0
    is_full: bool = False
    """Whether so much has been read that nothing more should be kept."""

    def read(self, data: bytes, path: str) -> Review | Broken:
        """The review, or what is wrong."""
        text = _plain_text(data)
        cut = None if text is None else self._cut(text, path)
        if cut is None:
            return whole_review(data, path)
        if len(self._last) >= _FILES:
            self._last.clear()
        self._last[path] = cut
        answers = dict(cut.answers)
        if len(answers) != len(cut.answers):
            return whole_review(data, path)
        return replace(cut.head[0], answers=answers, file=path)

    def _cut(self, text: str, path: str) -> _Cut | None:
        """The text cut and read, or None where it must be read whole."""
        last = self._last.get(path)
        return (last and self._follow(text, last)) or self._anew(text)

    def _follow(self, text: str, last: _Cut) -> _Cut | None:
        """Cut only where the text differs from the version before it."""
        same = _shared_start(text, last.text)
        first = bisect_right(last.starts, same - _REACH) - 1
        if first < 0:
            return None
        grown = len(text) - len(last.text)
        end = len(last.text) - _shared_end(text, last.text, same)
        after = bisect_left(last.starts, end + 1)
        if after >= len(last.starts) or last.starts[after] + grown < last.starts[first]:
            return None
        middle = text[last.starts[first] : last.starts[after] + grown]
        if _OUTSIDE.search(middle):
            return None
        found = self._pieces(middle, last.starts[first], last.head[1])
        if found is None:
            return None
        starts = [*last.starts[:first], *found[0], *(start + grown for start in last.starts[after:])]
        return _Cut(text, starts, [*last.answers[:first], *found[1], *last.answers[after:]], last.head)

    def _anew(self, text: str) -> _Cut | None:
        start = text.find(_ANSWERS)
        if start < 0:
            return None
        start += len(_ANSWERS)
        outside = _OUTSIDE.search(text, start)
        stop = outside.start() if outside else len(text)
        head = self._head(text[:start] + text[stop:])
        if head is None:
            return None
        before = _CUT.search(text, start, stop)
        begin = before.start() if before else stop
        if not _NO_CONTENT.match(text[start:begin]):
            return None
        self._seed(text, begin, stop)
        found = self._pieces(text[begin:stop], begin, head[1])
        return None if found is None else _Cut(text, [*found[0], stop], found[1], head)

    def _seed(self, text: str, begin: int, stop: int) -> None:
        """Read a text whole that is mostly new, and keep its answers.

        Where the keys are those that the cuts begin with, in the same order, every cut lies between two answers.
        """
        pieces = _CUT.split(text[begin:stop])[1:]
        if sum(piece in self._answers for piece in pieces) * 2 > len(pieces):
            return
        reading = read(text)
        if not reading.whole or reading.faults or check_values("review", reading.value, ""):
            return
        answers = reading.value["answers"] or {}
        keys = [match[1] if (match := _KEY.match(piece)) else "" for piece in pieces]
        if keys == list(answers) and not any(_ODD.search(piece) for piece in pieces):
            for piece, (key, value) in zip(pieces, answers.items(), strict=True):
                if piece.endswith("\n") and piece not in self._answers:
                    self._keep(piece, (key, modelling.answer(key, value or {})))

    def _pieces(self, text: str, start: int, head: dict[str, Any]) -> tuple[list[int], list[tuple[str, Answer]]] | None:
        """Where each answer of a part begins, and the answers."""
        before, *pieces = _CUT.split(text)
        if before:
            return None
        starts, answers = [], []
        for piece in pieces:
            if piece not in self._answers:
                self._keep(piece, self._answer(piece, head))
            held = self._answers[piece]
            if held is None:
                return None
            starts.append(start)
            answers.append(held)
            start += len(piece)
        return starts, answers

    def _answer(self, piece: str, head: dict[str, Any]) -> tuple[str, Answer] | None:
        named = _KEY.match(piece)
        if named is None or not piece.endswith("\n") or _ODD.search(piece):
            return None
        reading = read(piece)
        if not reading.whole or reading.faults or not isinstance(reading.value, dict) or len(reading.value) != 1:
            return None
        ((key, value),) = reading.value.items()
        if key != named[1] or check_values("review", {**head, "answers": {key: value}}, ""):
            return None
        return key, modelling.answer(key, value or {})

    def _keep(self, piece: str, held: tuple[str, Answer] | None) -> None:
        self._size += len(piece)
        if self._size > _MOST:
            self._answers.clear()
            self._heads.clear()
            self._last.clear()
            self._size, self.is_full = len(piece), True
        self._answers[piece] = held

    def _head(self, text: str) -> tuple[Review, dict[str, Any]] | None:
        """All of the review but its answers."""
        if text not in self._heads:
            reading = read(text)
            values = reading.value
            sound = reading.whole and not reading.faults and isinstance(values, dict)
            if not sound or values.get("answers", 0) is not None or check_values("review", values, ""):
                self._heads[text] = None
            else:
                self._heads[text] = (modelling.review(values, ""), values)
            self._size += len(text)
        return self._heads[text]


def _plain_text(data: bytes) -> str | None:
    """The text of a file that may be cut; None where anything about it is out of the ordinary."""
    if len(data) > MAX_BYTES or b"\r" in data or b"\0" in data or b"\t" in data or b"<<<<<<<" in data:
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _shared_start(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _shared_end(one: str, other: str, start: int) -> int:
    """How many characters two texts end with alike, after those that they begin with alike."""
    low, high = 0, min(len(one), len(other)) - start
    while low < high:
        middle = (low + high + 1) // 2
        if one[len(one) - middle : len(one) - low] == other[len(other) - middle : len(other) - low]:
            low = middle
        else:
            high = middle - 1
    return low


def whole_review(data: bytes, path: str) -> Review | Broken:
    """A review read as one text, as the loading of a folder does."""
    text = decode(data)
    if isinstance(text, Fault):
        return Broken(text.code, text.place.line)
    reading = read(text)
    if not reading.whole:
        fault = reading.faults[-1]
        return Broken(fault.code, fault.place.line)
    faults = check_values("review", reading.value, path)
    if faults:
        first = faults[0]
        return Broken(first.rule.code, Locator(text).place(first.at.path, key=first.at.key).line)
    return modelling.review(reading.value, path)
