"""Reviews checked apart from their folder: a part of it in, what each review's own file decides out.

Where a review asks for more of the folder than the part holds, it is left to whoever has the folder.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NoReturn

from granskning.workspace.collected import CollectedFindings
from granskning.workspace.load import CheckedReview, Loader
from granskning.workspace.opened import OpenedFiles

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from granskning.findings.finding import Finding
    from granskning.model.workspace import Workspace
    from granskning.workspace.reviews.check_answers import SetQuestions


@dataclass(frozen=True, slots=True)
class ReviewPart:
    """Some reviews of a folder, and what they are checked against."""

    workspace: Workspace
    """Settings, criteria sets and the strategies of these reviews; nothing else."""
    sets: Mapping[str, bytes]
    """The files of the criteria sets, which approvals are compared with."""
    reviews: Mapping[str, bytes]


class _NotHereError(Exception):
    """The part does not tell."""


class _PartFiles:
    """The files of a part. Of all others it says nothing, not even that they are missing."""

    def __init__(self, part: ReviewPart) -> None:
        self._contents = {**part.sets, **part.reviews}

    def exists(self, path: str) -> bool:
        return path in self._contents or self._refuse(path)

    def read(self, path: str) -> bytes:
        return self._contents[path] if path in self._contents else self._refuse(path)

    def under(self, folder: str) -> list[str]:
        self._refuse(folder)

    def names(self, folder: str) -> list[str]:
        self._refuse(folder)

    def fingerprint(self, path: str) -> tuple[int, str] | None:
        self._refuse(path)

    def _refuse(self, path: str) -> NoReturn:
        raise _NotHereError(path)


class _Noted(CollectedFindings):
    """Findings as they come: which of them are told, and what a misspelt name is near, the whole folder decides."""

    def take(self, finding: Finding) -> None:
        self.kept.append(finding)


def part_of(workspace: Workspace, sets: Mapping[str, bytes], reviews: Mapping[str, bytes]) -> ReviewPart:
    """The part of a workspace that some of its reviews need."""
    names = {path.split("/")[1] for path in reviews}
    strategies = {name: strategy for name, strategy in workspace.strategies.items() if name in names}
    needed = replace(workspace, strategies=strategies, reviews=(), actions={}, indicators={}, left_out=())
    return ReviewPart(needed, sets, reviews)


def check_part(part: ReviewPart) -> dict[str, CheckedReview]:
    """What checking the reviews has come to, by path, of those that need no more than the part."""
    opened = OpenedFiles(_PartFiles(part), language=part.workspace.settings.language)
    questions: dict[str, SetQuestions] = {}
    return {path: checked for path in part.reviews for checked in _checked(path, part.workspace, opened, questions)}


def _checked(
    path: str, workspace: Workspace, opened: OpenedFiles, questions: dict[str, SetQuestions]
) -> Iterator[CheckedReview]:
    """Yield what checking a review has come to; `questions` are those of the sets, made once for all reviews."""
    opened.collected = noted = _Noted()
    loader = Loader(opened, keep=False, questions=questions)
    loader.take(workspace)
    with suppress(_NotHereError):
        loader.load_review(path)
        own: Sequence[Finding] = [finding for finding in noted.kept if finding.at.file == path]
        yield CheckedReview(tuple(own), next(iter(loader.digests), None))
