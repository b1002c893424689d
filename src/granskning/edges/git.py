"""What git remembers of files: the last commit that touched each, and how its newest commit has them.

Only commands that read the history are run, never one that looks at the files on disk: `status`, `diff` and the like
start programs that a repository's own settings name, and a repository may come from anybody. Whether a file has
changed is seen by hashing its bytes here. Without git, outside a repository and in a shallow clone there is nothing
to know, and the answer is None.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from granskning.edges.git_command import Git, words_of
from granskning.edges.git_objects import same_content, try_list_tree
from granskning.errors import MissingPartError, NoHistoryError

if TYPE_CHECKING:
    from collections.abc import Collection, Generator, Mapping
    from pathlib import Path

_NEW_COMMIT = "\x01"
_LOG = (
    *("log", "-c", "--name-only", "-z", "--relative", "--no-renames", "--no-ext-diff", "--no-textconv"),
    *(f"--format={_NEW_COMMIT}%H", "HEAD", "--"),
)
_MOST = 2 << 30
"""Bytes of a log that is passed by and not held, all files of all commits: a million commits take half a gigabyte."""


@dataclass(frozen=True, slots=True)
class Repository:
    """What is known of some files. Paths are posix paths from the folder that was asked about."""

    commits: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    """For each file: the last commit that touched it, with its place in the log (0 is the newest)."""
    blobs: Mapping[str, str] = field(default_factory=dict)
    """For each file: the id of its content in the newest commit."""

    def last_commit(self, paths: Collection[str]) -> str | None:
        """The last commit that touched any of the files."""
        known = [self.commits[path] for path in paths if path in self.commits]
        return min(known)[1] if known else None

    def differs(self, contents: Mapping[str, bytes]) -> bool:
        """Whether any of the files is not as in the newest commit; line ends don't count."""
        return any(not same_content(data, self.blobs.get(path)) for path, data in contents.items())


def read_repository(root: Path, paths: Collection[str]) -> Repository | None:
    """What git knows of the files below a folder, or None where it can't be known.

    Raises TookTooLongError where git was stopped: what it knows decides what a report says.
    """
    try:
        git = Git(root)
        if git.ask("rev-parse", "--is-shallow-repository") != b"false\n":
            return None
        tree = try_list_tree(git, "HEAD")
    except (NoHistoryError, MissingPartError):
        return None
    if tree is None:
        return None
    blobs = {path: blob for path, blob in tree.blobs.items() if path in paths}
    return Repository(_last_commits(git, frozenset(blobs)), blobs)


def _last_commits(git: Git, paths: Collection[str]) -> dict[str, tuple[int, str]]:
    """Read the log from the newest commit on, until every file has been seen.

    A merge counts only for files in which it differs from all its parents.
    """
    commits: dict[str, tuple[int, str]] = {}
    if not paths:
        return commits
    place, commit = -1, ""
    with contextlib.closing(_log(git)) as words:
        for word in words:
            if word.startswith(_NEW_COMMIT):
                place, commit = place + 1, word.removeprefix(_NEW_COMMIT).strip()
            elif word in paths and word not in commits:
                commits[word] = (place, commit)
                if len(commits) == len(paths):
                    break
    return commits


def _log(git: Git) -> Generator[str, None, None]:
    """Commits, newest first, each followed by the files that it touched; read only as far as somebody asks."""
    with git.start(*_LOG) as (process, output):
        try:
            yield from (word.lstrip("\n") for word in words_of(output, _MOST))
        finally:
            process.kill()
