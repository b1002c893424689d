"""Many versions of the same reviews: text in, reviews out, with what has been read before not read again.

From one version of a file to the next a few answers change. The text is cut between answers, and each answer is parsed
and held against the schema once. Where a text can't be cut with certainty it is read whole, like any other file; the
outcome is the same either way, and a property test holds it so.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, fields
from itertools import pairwise
from operator import attrgetter
from typing import Any, NamedTuple

from granskning.files import TEXT
from granskning.model.review import Answer, Review
from granskning.workspace.schema import modelling
from granskning.workspace.schema.schema import check_values
from granskning.workspace.yaml.source import Fault, Locator, decode, read

_ANSWERS = b"\nanswers:\n"
_OUTSIDE = re.compile(rb"\n(?=[^ \n#])")  # a line break first: that is found ten times as fast as `^`
"""Before a line that is neither indented, empty nor a comment: where the answers end."""
_CUT = re.compile(rb"\n(?=  [a-z0-9])")
"""Before a line that begins an answer."""
_KEY = re.compile(rb"  ([a-z0-9][a-z0-9-]*):(?= *(?:#|\n))")
_ODD = re.compile(rb"\n(?: {0,1}[^ \n#]|  [^ \n#a-z0-9])")
"""A later line that stands where an answer would begin but begins none."""
_NO_CONTENT = re.compile(rb"(?:[ ]*(?:#[^\n]*)?\n)*\Z")
_LEVEL = re.compile(rb"  [a-z0-9-]+:\n    level: ([0-9])\n(?:    [a-z]|\Z)")
"""An answer whose first key is its level, which is one digit."""
_DIGITS = [b"%d" % digit for digit in range(10)]
_ANSWER = attrgetter(*[one.name for one in fields(Answer)])
_ITS_LEVEL = [one.name for one in fields(Answer)].index("level")
_Piece = tuple[bytes, "tuple[str, Answer]"]
"""The text of an answer; its key and what it says."""
_REACH = 3
"""So many bytes beyond the beginning of an answer decide that it is one."""
_FILES = 512
_MOST = 48 * 1024 * 1024
"""So many bytes of different answers are kept, and no more."""


# Why the cut is safe: all keys of a block mapping stand at one and the same indentation (YAML 1.2.2, 8.2.2), and what
# belongs to a key stands deeper, text in block scalars too (8.1.1). So below `answers:` a line with exactly two spaces
# and a letter or digit begins an answer, or the file is laid out in another way, which _ODD, _KEY and the parser's own
# keys find out. Of `a:` and `b:`, each with its `level:` below it, come two pieces. When the next version has another
# level for `b`, the piece of `a` is known by its bytes, and that of `b` differs from a known piece by the digit of its
# level alone, so nothing at all is parsed.


class Broken(NamedTuple):
    """A version that is no review: the first thing that is wrong with it."""

    code: str
    line: int


class _Head(NamedTuple):
    """All of a review but its answers."""

    fields: dict[str, Any]
    """Those of the review: `replace` looks each of them up anew, and there are thousands of versions."""
    values: dict[str, Any]
    """As they are written."""


class _Cut(NamedTuple):
    """A text cut between its answers."""

    text: bytes
    starts: list[int]
    """Where each answer begins, and where the last one ends."""
    pieces: list[_Piece]
    head: _Head


@dataclass(slots=True)
class VersionReader:
    """Reads versions of reviews."""

    _answers: dict[bytes, tuple[str, Answer] | None] = field(default_factory=dict)
    """By text: an answer and its key; None for a text that must be read in its place."""
    _heads: dict[bytes, _Head | None] = field(default_factory=dict)
    _last: dict[str, _Cut] = field(default_factory=dict)
    """The last version of each file, since the next is mostly the same."""
    _size: int = 0
    is_full: bool = False
    """Whether so much has been read that nothing more should be kept."""

    def read(self, data: bytes, path: str) -> Review | Broken:
        """The review, or what is wrong."""
        cut = self._cut(data, path) if len(data) <= TEXT.most else None
        if cut is None:
            return whole_review(data, path)
        if len(self._last) >= _FILES:
            self._last.clear()
        self._last[path] = cut
        answers = dict([held for _, held in cut.pieces])
        if len(answers) != len(cut.pieces):
            return whole_review(data, path)
        return Review(**{**cut.head.fields, "answers": answers, "file": path})

    def _cut(self, text: bytes, path: str) -> _Cut | None:
        """The text cut and read, or None where it must be read whole."""
        last = self._last.get(path)
        return (last and self._follow(text, last)) or (self._anew(text) if _is_plain(text) else None)

    def _follow(self, text: bytes, last: _Cut) -> _Cut | None:
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
        found = self._between(text, last, first, after, grown)
        if found is None:
            return None
        rest = [start + grown for start in last.starts[after:]] if grown else last.starts[after:]
        starts, pieces = found
        return _Cut(
            text,
            [*last.starts[:first], *starts, *rest],
            [*last.pieces[:first], *pieces, *last.pieces[after:]],
            last.head,
        )

    def _between(
        self, text: bytes, last: _Cut, number: int, after: int, grown: int
    ) -> tuple[list[int], list[_Piece]] | None:
        """What stands where the last version had its answers from one number up to another; where each begins."""
        start, stop = last.starts[number], last.starts[after] + grown
        starts: list[int] = []
        pieces: list[_Piece] = []
        while start < stop:
            while number < after and text.startswith(last.pieces[number][0], start):
                starts.append(start)
                pieces.append(last.pieces[number])
                start += len(last.pieces[number][0])
                number += 1
            if start == stop:
                break
            if start > stop or not _CUT.match(text, start - 1, stop):  # the answer before has grown
                if not starts:
                    return None
                start, number = starts.pop(), number - 1
                pieces.pop()
            cut = _CUT.search(text, start, stop)
            end = cut.end() if cut else stop
            piece = text[start:end]
            held = self._known(piece, last.head.values) if _is_plain(piece) else None
            if held is None:
                return None
            starts.append(start)
            pieces.append((piece, held))
            start, number = end, number + 1
        return starts, pieces

    def _anew(self, text: bytes) -> _Cut | None:
        start = text.find(_ANSWERS)
        if start < 0:
            return None
        start += len(_ANSWERS)
        outside = _OUTSIDE.search(text, start - 1)
        stop = outside.end() if outside else len(text)
        head = self._head(text[:start] + text[stop:])
        if head is None:
            return None
        starts = [cut.end() for cut in _CUT.finditer(text, start - 1, stop)]
        begin = starts[0] if starts else stop
        if not _NO_CONTENT.match(text[start:begin]):
            return None
        starts.append(stop)
        pieces = [text[one:other] for one, other in pairwise(starts)]
        self._seed(text[begin:stop], pieces, head.values)
        cut = []
        for piece in pieces:
            held = self._known(piece, head.values)
            if held is None:
                return None
            cut.append((piece, held))
        return _Cut(text, starts, cut, head)

    def _seed(self, text: bytes, pieces: list[bytes], head: dict[str, Any]) -> None:
        """Read answers together that are mostly new, and keep them.

        Where the keys are those that the cuts begin with, in the same order, every cut lies between two answers.
        """
        if not pieces or sum(piece in self._answers for piece in pieces) * 2 > len(pieces):
            return
        reading = read(text.decode())
        answers = reading.value
        if not reading.whole or reading.faults or not isinstance(answers, dict):
            return
        if check_values("review", {**head, "answers": answers}, ""):
            return
        keys = [match[1].decode() if (match := _KEY.match(piece)) else "" for piece in pieces]
        if keys == list(answers) and not any(_ODD.search(piece) for piece in pieces):
            for piece, (key, value) in zip(pieces, answers.items(), strict=True):
                if piece.endswith(b"\n") and piece not in self._answers:
                    self._keep(piece, (key, modelling.answer(key, value or {})))

    def _known(self, piece: bytes, head: dict[str, Any]) -> tuple[str, Answer] | None:
        """The answer that a piece of text is."""
        if piece not in self._answers:
            self._keep(piece, self._sibling(piece) or self._answer(piece, head))
        return self._answers[piece]

    def _sibling(self, piece: bytes) -> tuple[str, Answer] | None:
        """The answer, if it is one that has been read before at another level, which is most of what changes."""
        found = _LEVEL.match(piece)
        if found is None:
            return None
        before, after = piece[: found.start(1)], piece[found.end(1) :]
        for digit in _DIGITS:
            held = self._answers.get(before + digit + after)
            if held is not None and (held[1].state, held[1].level) == ("assessed", digit.decode()):
                said = list(_ANSWER(held[1]))
                said[_ITS_LEVEL] = found[1].decode()
                return held[0], Answer(*said)
        return None

    def _answer(self, piece: bytes, head: dict[str, Any]) -> tuple[str, Answer] | None:
        named = _KEY.match(piece)
        if named is None or not piece.endswith(b"\n") or _ODD.search(piece):
            return None
        reading = read(piece.decode())
        if not reading.whole or reading.faults or not isinstance(reading.value, dict) or len(reading.value) != 1:
            return None
        ((key, value),) = reading.value.items()
        if key != named[1].decode() or check_values("review", {**head, "answers": {key: value}}, ""):
            return None
        return key, modelling.answer(key, value or {})

    def _keep(self, piece: bytes, answer_pair: tuple[str, Answer] | None) -> None:
        self._size += len(piece)
        if self._size > _MOST:
            self._answers.clear()
            self._heads.clear()
            self._last.clear()
            self._size, self.is_full = len(piece), True
        self._answers[piece] = answer_pair

    def _head(self, text: bytes) -> _Head | None:
        if text not in self._heads:
            reading = read(text.decode())
            values = reading.value
            sound = reading.whole and not reading.faults and isinstance(values, dict)
            if not sound or values.get("answers", 0) is not None or check_values("review", values, ""):
                self._heads[text] = None
            else:
                review = modelling.review(values, "")
                self._heads[text] = _Head({one.name: getattr(review, one.name) for one in fields(review)}, values)
            self._size += len(text)
        return self._heads[text]


def _is_plain(data: bytes) -> bool:
    """Whether a text may be cut: nothing about it is out of the ordinary."""
    if b"\r" in data or b"\0" in data or b"\t" in data or b"<<<<<<<" in data:
        return False
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _shared_start(data: bytes, other: bytes) -> int:
    """How many bytes two texts begin with alike."""
    low, high = 0, min(len(data), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if data[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _shared_end(data: bytes, other: bytes, start: int) -> int:
    """How many bytes two texts end with alike, after those that they begin with alike."""
    low, high = 0, min(len(data), len(other)) - start
    while low < high:
        middle = (low + high + 1) // 2
        if data[len(data) - middle : len(data) - low] == other[len(other) - middle : len(other) - low]:
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
