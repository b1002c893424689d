"""The commits that changed files below a folder, and what each changed.

Every commit on every line of development is there, merges too; a merge tells what it changed against its first
parent. Parents are those within the log, so that the state of the folder at any commit can be followed. Where git's
store is damaged, what could be read is given, and what could not is said.
"""

from __future__ import annotations

import contextlib
import tempfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from granskning.edges.git_command import Git, words_of
from granskning.edges.git_words import bare, damage, is_damage, refusal
from granskning.edges.opening import read_whole
from granskning.errors import NoHistoryError, NothingSavedError, UnreadableFileError
from granskning.files import REPORT
from granskning.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_NEW = "\x01"
_FORMAT = "--format=%x01%H%x00%P%x00%aI%x00%an%x00%s"
_FOLLOW = ("--full-history", "--parents", "--date-order")
_WALK = (
    *("log", "--raw", "-z", "--no-abbrev", "--relative", "--no-color", "--no-notes"),
    *("--diff-merges=first-parent", "--no-ext-diff", "--no-textconv", "--ignore-submodules=none", "--encoding=UTF-8"),
    *("--no-mailmap", _FORMAT),
)
_GITLINK = "160000"
MOST_OF_LOG = 128 << 20
"""Bytes of a log, which is held whole: 300,000 commits that change a file each."""
_COMPLAINTS = 1 << 16


class FileChange(NamedTuple):
    """What a commit did to one file."""

    path: str
    blob: str | None
    """Its content from now on; None when it is gone."""
    source: str | None = None
    """The path that it was moved from."""
    is_submodule: bool = False


class Commit(NamedTuple):
    """One commit that changed something of ours, or that brought lines of development together."""

    id: str
    parents: tuple[str, ...]
    """Those within the log; the first is what the changes are told against."""
    date: str
    author: str
    subject: str
    changes: tuple[FileChange, ...]


@dataclass(frozen=True, slots=True)
class Log:
    """The commits, the oldest first: none before its parents."""

    commits: tuple[Commit, ...]
    head: str
    begins: frozenset[str]
    """Commits where a shallow clone begins; what they seem to add may be older."""
    damage: NoHistoryError | None = None
    """Why the log is not whole."""


class Tip(NamedTuple):
    """Where a history ends, and where it begins if not at the beginning."""

    head: str
    begins: frozenset[str]


def read_log(git: Git, paths: Sequence[str], tip: Tip) -> Log:
    """The whole log of the files and folders named, from the folder that git stands in."""
    head, begins = tip
    commits, trouble = _walk(git, (*_FOLLOW, "-M", "-l1000"), head, paths)
    if trouble is not None and not is_damage(trouble):
        raise refusal(git.root, trouble.encode())
    if trouble is not None:
        # looking for renames reads contents, and leaving commits out reads all others: without that more is seen
        commits, trouble = _walk(git, (*_FOLLOW, "--no-renames"), head, paths)
        if trouble is not None:
            commits, trouble = _walk(git, ("--no-renames",), head, ())
    return Log(tuple(reversed(commits)), head, begins, damage(trouble) if trouble else None)


def find_tip(git: Git) -> Tip:
    """The newest commit. Raises NoHistoryError for a repository that is bare, empty or none."""
    told = git.try_ask("rev-parse", "--is-bare-repository", "--is-shallow-repository", "HEAD^{commit}")
    words = told.decode().split() if told else []
    if len(words) == 3 and words[:2] == ["false", "false"]:  # noqa: PLR2004  # the usual repository, in one question
        return Tip(words[2], frozenset())
    if git.ask("rev-parse", "--is-bare-repository").strip() == b"true":
        raise bare(git.root)
    head = git.try_ask("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
    if head is None:
        named = git.try_ask("rev-parse", "--verify", "--quiet", "HEAD")
        if named is not None:
            raise damage(named.decode())
        hint = N_("save a version first: granskning save")
        raise NothingSavedError(N_("the git repository is empty: nothing has been saved in it yet"), hint)
    return Tip(head.decode().strip(), _shallow(git))


def _shallow(git: Git) -> frozenset[str]:
    """The commits where a shallow clone begins."""
    if git.ask("rev-parse", "--is-shallow-repository").strip() != b"true":
        return frozenset()
    told = git.ask("rev-parse", "--git-path", "shallow").decode("utf-8", "surrogateescape").rstrip("\n")
    with contextlib.suppress(UnreadableFileError):
        return frozenset(read_whole(git.root / told, REPORT).decode("ascii", "replace").split())
    return frozenset()


def _walk(git: Git, how: Sequence[str], head: str, paths: Sequence[str]) -> tuple[list[Commit], str | None]:
    """The commits, newest first, and what git complained about if it gave up."""
    with (
        tempfile.TemporaryFile() as complaints,
        git.start(*_WALK, *how, head, "--", *paths, complaints=complaints) as (process, output),
    ):
        commits = list(_commits(words_of(output, MOST_OF_LOG)))
        output.wait()
        complaints.seek(0)
        told = complaints.read(_COMPLAINTS).decode("utf-8", "replace")
    return commits, told or "?" if process.returncode != 0 else None


def _commits(words: Iterator[str]) -> Iterator[Commit]:
    """Take the stream of words apart. A commit cut short by a failure is left out."""
    identity: tuple[str, tuple[str, ...], str, str, str] | None = None
    changes: list[FileChange] = []
    with contextlib.suppress(StopIteration):
        for word in words:
            if word.startswith(_NEW):
                if identity is not None:
                    yield Commit(*identity, tuple(changes))
                identity, changes = None, []
                parents = tuple(next(words).split())
                identity = (word[1:], parents, next(words), next(words), next(words))
            elif word:
                changes += _changed(word, words)
    if identity is not None:
        yield Commit(*identity, tuple(changes))


def _changed(entry: str, words: Iterator[str]) -> Iterator[FileChange]:
    """One entry of the raw format: `:old-mode new-mode old-blob new-blob STATUS`, then one path or two."""
    fields = entry.lstrip("\n:").split()
    mode_before, mode, _, blob, status = fields[:5]
    path = next(words)
    if status[0] in "RC":
        source, path = path, next(words)
        if status[0] == "R":
            yield FileChange(source, None)
        yield FileChange(path, blob, source if status[0] == "R" else None)
    elif _GITLINK in (mode, mode_before):
        yield FileChange(path, None, is_submodule=mode == _GITLINK)
    else:
        yield FileChange(path, None if status[0] == "D" else blob)
