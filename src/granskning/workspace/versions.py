"""Many versions of the same reviews: text in, reviews out, with what has been read before not read again.

From one version of a file to the next a few answers change. The text is cut between answers, and each answer is parsed
and held against the schema once. Where a text can't be cut with certainty it is read whole, like any other file; the
outcome is the same either way, and a property test holds it so.
"""

from __future__ import annotations

import re
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
_MOST = 48 * 1024 * 1024
"""So many bytes of different answers are kept, and no more."""


class Broken(NamedTuple):
    """A version that is no review: the first thing that is wrong with it."""

    code: str
    line: int


@dataclass(slots=True)
class VersionReader:
    """Reads versions of reviews."""

    _answers: dict[str, tuple[str, Answer] | None] = field(default_factory=dict)
    """By text: an answer and its key; None for a text that must be read in its place."""
    _heads: dict[str, tuple[Review, dict[str, Any]] | None] = field(default_factory=dict)
    _size: int = 0
    is_full: bool = False
    """Whether so much has been read that nothing more should be kept."""

    def read(self, data: bytes, path: str) -> Review | Broken:
        """The review, or what is wrong."""
        quick = self._quick(data)
        return whole_review(data, path) if quick is None else replace(quick, file=path)

    def _quick(self, data: bytes) -> Review | None:
        """The review put together from its answers, or None where the text must be read whole."""
        if len(data) > MAX_BYTES or b"\r" in data or b"\0" in data or b"\t" in data:
            return None
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            return None
        start = text.find(_ANSWERS)
        if start < 0 or "<<<<<<<" in text:
            return None
        start += len(_ANSWERS)
        end = _OUTSIDE.search(text, start)
        stop = end.start() if end else len(text)
        head = self._head(text[:start] + text[stop:])
        if head is None:
            return None
        before, *pieces = _CUT.split(text[start:stop])
        if not _NO_CONTENT.match(before):
            return None
        answers = self._all_answers(pieces, head[1])
        return None if answers is None else replace(head[0], answers=answers)

    def _all_answers(self, pieces: list[str], head: dict[str, Any]) -> dict[str, Answer] | None:
        answers: dict[str, Answer] = {}
        known = self._answers
        for piece in pieces:
            held = known.get(piece, ())
            if held == ():
                held = self._answer(piece, head)
                self._keep(piece, held)
            if not held or held[0] in answers:
                return None
            answers[held[0]] = held[1]
        return answers

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
            self._size, self.is_full = len(piece), True
        self._answers[piece] = held

    def _head(self, text: str) -> tuple[Review, dict[str, Any]] | None:
        """All of the review but its answers."""
        if text not in self._heads:
            reading = read(text)
            values = reading.value
            sound = reading.whole and not reading.faults and isinstance(values, dict) and values.get("answers", 0) is None
            if not sound or check_values("review", values, ""):
                self._heads[text] = None
            else:
                self._heads[text] = (modelling.review(values, ""), values)
            self._size += len(text)
        return self._heads[text]


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
