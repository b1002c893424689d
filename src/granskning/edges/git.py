"""What git remembers of files: the last commit that touched each, and how its newest commit has them.

Only commands that read the history are run, never one that looks at the files on disk: `status`, `diff` and the like
start programs that a repository's own settings name, and a repository may come from anybody. Whether a file has
changed is seen by hashing its bytes here. Without git, outside a repository and in a shallow clone there is nothing
to know, and the answer is None.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Generator, Mapping
    from pathlib import Path

_SECONDS = 60
_SETTINGS = (
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.quotePath=false",
    "log.showSignature=false",
    "log.showRoot=true",
    "protocol.allow=never",
)
_SAFE = ("--no-pager", "--no-replace-objects", *(word for setting in _SETTINGS for word in ("-c", setting)))
_NEW_COMMIT = "\x01"
_LOG = (
    *("log", "-c", "--name-only", "-z", "--relative", "--no-renames", "--no-ext-diff", "--no-textconv"),
    *(f"--format={_NEW_COMMIT}%H", "HEAD", "--"),
)
_CHUNK = 1 << 16
_SHA1_LETTERS = 40


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
        return any(not _same(data, self.blobs.get(path)) for path, data in contents.items())


def read_repository(root: Path, paths: Collection[str]) -> Repository | None:
    """What git knows of the files below a folder, or None where it can't be known."""
    git = shutil.which("git")
    if git is None or run_git(git, root, "rev-parse", "--is-shallow-repository") != b"false\n":
        return None
    tree = run_git(git, root, "ls-tree", "-r", "-z", "HEAD")
    if tree is None:
        return None
    blobs = {}
    for entry in tree.decode("utf-8", "surrogateescape").split("\0"):
        kind, _, path = entry.partition("\t")
        if path in paths:
            blobs[path] = kind.split()[2]
    return Repository(_last_commits(git, root, frozenset(blobs)), blobs)


def _last_commits(git: str, root: Path, paths: Collection[str]) -> dict[str, tuple[int, str]]:
    """Read the log from the newest commit on, until every file has been seen.

    A merge counts only for files in which it differs from all its parents.
    """
    commits: dict[str, tuple[int, str]] = {}
    if not paths:
        return commits
    place, commit = -1, ""
    with contextlib.closing(_log(git, root)) as words:
        for word in words:
            if word.startswith(_NEW_COMMIT):
                place, commit = place + 1, word.removeprefix(_NEW_COMMIT).strip()
            elif word in paths and word not in commits:
                commits[word] = (place, commit)
                if len(commits) == len(paths):
                    break
    return commits


def _log(git: str, root: Path) -> Generator[str, None, None]:
    """Commits, newest first, each followed by the files that it touched; read only as far as somebody asks."""
    with subprocess.Popen(  # noqa: S603  # our own words, no shell
        [git, *_SAFE, *_LOG],
        cwd=root,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        rest = b""
        try:
            while process.stdout is not None and (chunk := process.stdout.read(_CHUNK)):
                *words, rest = (rest + chunk).split(b"\0")
                yield from (word.decode("utf-8", "surrogateescape").lstrip("\n") for word in words)
        finally:
            process.kill()


def run_git(git: str, root: Path, *words: str) -> bytes | None:
    """The output of a git command, or None when it fails."""
    try:
        told = subprocess.run(  # noqa: S603  # our own words, no shell
            [git, *_SAFE, *words],
            cwd=root,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return told.stdout if told.returncode == 0 else None


def _environment() -> dict[str, str]:
    """Our environment without what would lead git elsewhere or make it ask."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    asking_nobody = {"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1"}
    return {**kept, **asking_nobody, "LC_ALL": "C"}


def _same(data: bytes, blob: str | None) -> bool:
    if blob is None:
        return False
    return blob in (_blob(data, blob), _blob(data.replace(b"\r\n", b"\n"), blob))


def _blob(data: bytes, like: str) -> str:
    """The id that git gives a content, in the repository's kind of id."""
    algorithm = "sha1" if len(like) == _SHA1_LETTERS else "sha256"
    return hashlib.new(algorithm, b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
