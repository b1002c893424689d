"""Files that remember what they were asked and what they answered.

What was worked out from them holds for as long as each question has its answer: nobody lists by hand which files a
result rests on, nor which were looked for in vain.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from granskning.errors import UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from granskning.files import Files

_Answer = TypeVar("_Answer")
_WAYS = ("under", "names", "exists", "read", "fingerprint")
_BYTES = ("read", "fingerprint")
_CHANGED = "it changed meanwhile"


class Ground(NamedTuple):
    """What an answer rests on: it holds for as long as both are the same."""

    questions: Mapping[str, str]
    """What was asked of the folder's files, each with the digest of its answer."""
    git: str
    """Where the repository stood before anything was asked."""


class AskedFiles:
    """Other files, and all that has been asked of them so far."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self.questions: dict[str, str] = {}
        """By question, such as `read criteria/a.yaml`, the digest of its answer."""

    def under(self, folder: str) -> list[str]:
        """The YAML files below a folder."""
        return self._noted(f"under {folder}", lambda: self._files.under(folder))

    def names(self, folder: str) -> list[str]:
        """The names in a folder."""
        return self._noted(f"names {folder}", lambda: self._files.names(folder))

    def exists(self, path: str) -> bool:
        """Whether there is anything at the path."""
        return self._noted(f"exists {path}", lambda: self._files.exists(path))

    def read(self, path: str) -> bytes:
        """The bytes of a file."""
        return self._noted(f"read {path}", lambda: self._files.read(path))

    def fingerprint(self, path: str) -> tuple[int, str] | None:
        """Size and SHA-256 of a document."""
        return self._noted(f"fingerprint {path}", lambda: self._files.fingerprint(path))

    def note_asked(self, questions: Mapping[str, str]) -> None:
        """The files have been asked elsewhere, and answered with these digests."""
        for question, digest in questions.items():
            self._note_digest(question, digest)

    def note_made(self, folder: str) -> None:
        """A folder has been made since: if nothing else has, the names around it are as they were, and its own."""
        around, _, name = folder.rpartition("/")
        question, names = f"names {around}", self._files.names(around)
        if self.questions.get(question) == _digest([other for other in names if other != f"{name}/"]):
            self.questions[question] = _digest(names)

    def _noted(self, question: str, ask: Callable[[], _Answer]) -> _Answer:
        try:
            answer = ask()
        except UnreadableFileError as error:
            self._note(question, error)
            raise
        self._note(question, answer)
        return answer

    def _note(self, question: str, answer: object) -> None:
        self._note_digest(question, _digest(answer))

    def _note_digest(self, question: str, digest: str) -> None:
        if self.questions.setdefault(question, digest) != digest:
            self.questions[question] = _CHANGED  # which no answer has


def questions_that_read(digests: Mapping[str, str]) -> dict[str, str]:
    """What is to be asked for files to have these SHA-256, by path."""
    return {f"read {path}": digest for path, digest in digests.items()}


def file_read_by(question: str) -> str | None:
    """The file whose bytes alone are the answer; None where something else is asked."""
    way, _, path = question.partition(" ")
    return path if way in _BYTES else None


def same_answers(files: Files, questions: Mapping[str, str]) -> bool:
    """Whether each question is answered now as it was."""
    for question, digest in questions.items():
        way, _, path = question.partition(" ")
        if way not in _WAYS:
            return False
        try:
            answer: object = getattr(files, way)(path)
        except UnreadableFileError as error:
            answer = error
        if _digest(answer) != digest:
            return False
    return True


def _digest(answer: object) -> str:
    if isinstance(answer, bytes):
        return hashlib.sha256(answer).hexdigest()
    told = f"{answer.message} {answer.values}" if isinstance(answer, UnreadableFileError) else repr(answer)
    return hashlib.sha256(told.encode("utf-8", "surrogateescape")).hexdigest()
