"""What git has stored: the contents of files by id, the files of a commit, and names for commits.

Contents come from one `cat-file --batch`, so no filter of the repository's is run. A damaged content is None and stops
no other.
"""

from __future__ import annotations

import contextlib
import hashlib
import threading
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from granskning.edges.git_words import damage, known_refusal
from granskning.edges.opening import too_large
from granskning.errors import UnreadableFileError, Words
from granskning.files import DOCUMENT, TEXT, is_yaml, names_by_folder
from granskning.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence

    from granskning.edges.git_command import Git
    from granskning.files import Files

_SHA1_LETTERS = 40
_GITLINK = "160000"
_AT_ONCE = 256
"""How many contents a commit's files fetch when one of them is asked for, and how many bytes are then enough."""
_ENOUGH = 64 << 20
_LONGEST_HEAD = 200
"""An id, a kind and a size."""
_CHUNK = 1 << 16


def read_blobs(git: Git, blobs: Sequence[str]) -> Generator[tuple[str, bytes | None], None, None]:
    """The contents of blobs, in order; None for one that git can't give.

    Of one that is larger than any text of ours only the beginning is given, a byte too long: so whoever reads it says
    what is said of such a file on disk, and nobody waits for ten gigabytes that lie packed in a hundredth.
    """
    rest = list(blobs)
    while rest:
        given, is_cut = 0, False
        with contextlib.closing(_batch(git, rest)) as batch:
            for blob, content in batch:
                given += 1
                is_cut = content is not None and len(content) > TEXT.most
                yield blob, content
                if is_cut:
                    break
        if given < len(rest) and not is_cut:  # git gave up at this one
            yield rest[given], None
            given += 1
        rest = rest[given:]


def _batch(git: Git, blobs: Sequence[str]) -> Generator[tuple[str, bytes | None], None, None]:
    with git.start("cat-file", "--batch", "--buffer", takes_input=True) as (process, source):
        sink = process.stdin
        if sink is None:
            return
        asking = threading.Thread(target=_ask, args=(sink, blobs), daemon=True)
        asking.start()
        try:
            for blob in blobs:
                head = source.readline(_LONGEST_HEAD).split()
                if len(head) < 2:  # noqa: PLR2004  # an id and a word at least
                    break
                if len(head) == 2:  # noqa: PLR2004  # `<id> missing`
                    yield blob, None
                    continue
                size = int(head[2])
                wanted = min(size, TEXT.most) + 1  # with the line end, or else a byte too many
                content = source.read(wanted)
                if len(content) < wanted or (head[1] != b"blob" and size > TEXT.most):
                    break
                yield blob, content[:size] if head[1] == b"blob" else None
        finally:
            process.kill()
            asking.join()


def _ask(sink: IO[bytes], blobs: Sequence[str]) -> None:
    try:
        with sink:
            sink.write("\n".join(blobs).encode() + b"\n")
    except OSError:
        return  # git gave up, which the reader sees


def blob_id(content: bytes, like: str) -> str:
    """The id that git gives a content, in the repository's kind of id."""
    algorithm = "sha1" if len(like) == _SHA1_LETTERS else "sha256"
    return hashlib.new(algorithm, b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


def same_content(content: bytes, blob: str | None) -> bool:
    """Whether a content is the blob's; how lines end doesn't count."""
    if blob is None:
        return False
    if blob_id(content, blob) == blob:
        return True
    return b"\r\n" in content and blob_id(content.replace(b"\r\n", b"\n"), blob) == blob


@dataclass(frozen=True, slots=True)
class Tree:
    """The files of a commit below the folder that git stands in."""

    blobs: Mapping[str, str]
    submodules: frozenset[str]


def list_tree(git: Git, commit: str) -> Tree:
    """The files of a commit."""
    return _tree(git.ask("ls-tree", "-r", "-z", commit))


def try_list_tree(git: Git, commit: str) -> Tree | None:
    """The files of a commit, or None where git can't tell."""
    told = git.try_ask("ls-tree", "-r", "-z", commit)
    return None if told is None else _tree(told)


def _tree(data: bytes) -> Tree:
    blobs, submodules = {}, set()
    for entry in data.decode("utf-8", "surrogateescape").split("\0"):
        kind, _, path = entry.partition("\t")
        if path:
            mode, _, blob = kind.split()[:3]
            if mode == _GITLINK:
                submodules.add(path)
            else:
                blobs[path] = blob
    return Tree(blobs, frozenset(submodules))


class CommitFiles:
    """A commit as `Files`. YAML files are fetched many at a time, when the first is asked for."""

    def __init__(self, git: Git, blobs: Mapping[str, str]) -> None:
        self.blobs = blobs
        self._git = git
        self._held: dict[str, bytes | None] = {}
        self._folders = names_by_folder(blobs)

    def under(self, folder: str) -> list[str]:
        """The YAML files below a folder, sorted; hidden ones left out."""
        prefix = f"{folder}/" if folder else ""
        return sorted(path for path in self.blobs if path.startswith(prefix) and is_yaml(path) and "/." not in path)

    def exists(self, path: str) -> bool:
        """Whether there is anything at the path."""
        return path in self.blobs or path in self._folders

    def names(self, folder: str) -> list[str]:
        """The names of all that lies in a folder, sorted; those of folders end in /."""
        return sorted(self._folders.get(folder, ()))

    def read(self, path: str) -> bytes:
        """The bytes of a file."""
        blob = self.blobs.get(path)
        if blob is None:
            raise UnreadableFileError(N_("it is not there"))
        if blob not in self._held:
            wanted = [held for name, held in self.blobs.items() if is_yaml(name) and held not in self._held]
            place = wanted.index(blob) if blob in wanted else 0
            self._fetch([blob, *wanted[place + 1 : place + _AT_ONCE]])
        content = self._held[blob]
        if content is None:
            missing = N_("git has not fetched it: the clone is a partial one")
            damaged = N_("what git has stored of it is damaged")
            raise UnreadableFileError(Words(missing if is_partial(self._git) else damaged))
        return content

    def fingerprint(self, path: str) -> tuple[int, str] | None:
        """Size and SHA-256 of a document."""
        blob = self.blobs.get(path)
        return None if blob is None else _digest(self._git, blob)

    def _fetch(self, blobs: Sequence[str]) -> None:
        """Hold the contents, the first of them whatever it weighs."""
        total = 0
        with contextlib.closing(read_blobs(self._git, blobs)) as contents:
            for blob, content in contents:
                self._held[blob] = content
                total += len(content or b"")
                if total > _ENOUGH:
                    break


def _digest(git: Git, blob: str) -> tuple[int, str] | None:
    """Size and SHA-256 of a blob, read in pieces; None where git can't give it. Raises FileTooLargeError."""
    sha, total = hashlib.sha256(), 0
    with git.start("cat-file", "blob", blob) as (_, source):
        while piece := source.read_some(_CHUNK):
            sha.update(piece)
            total += len(piece)
            if total > DOCUMENT.most:
                raise too_large(total, DOCUMENT)
        return (total, sha.hexdigest()) if source.wait() == 0 else None


def find_commit(git: Git, name: str) -> str | None:
    """The commit that a branch, a tag or an id stands for; None for a name that is none.

    Raises NoHistoryError where git will not open the repository, or has the name but not what it stands for.
    """
    if not name or name.startswith("-") or any(letter in name for letter in "\0\n"):
        return None
    asked = ("rev-parse", "--verify", "--quiet", "--end-of-options")
    done = git.run((*asked, f"{name}^{{commit}}"))
    if done.returncode == 0:
        return done.stdout.decode().strip().splitlines()[-1]
    refused = known_refusal(git.root, done.stderr)
    if refused is not None:
        raise refused
    named = (git.try_ask(*asked, name) or b"").decode().strip()
    if named and named != name.lower() and git.try_ask("cat-file", "-e", named) is None:
        raise damage(named)
    return None


def is_shallow(git: Git) -> bool:
    """Whether what came before some commit is not here."""
    return git.try_ask("rev-parse", "--is-shallow-repository") == b"true\n"


def is_partial(git: Git) -> bool:
    """Whether contents have been left to be fetched later, which is never done here."""
    return git.try_ask("config", "--get-regexp", r"^remote\..*\.promisor$") is not None


def sparse_files(git: Git) -> dict[str, str]:
    """The files that a sparse checkout leaves out of the folder, with their contents' ids. They are not gone."""
    told = git.try_ask("ls-files", "-t", "--stage", "-z") or b""
    left_out = {}
    for entry in told.decode("utf-8", "surrogateescape").split("\0"):
        if entry.startswith("S "):  # `S mode blob stage`
            kind, _, path = entry.partition("\t")
            left_out[path] = kind.split()[2]
    return left_out


@dataclass(frozen=True, slots=True)
class SparseFolder:
    """A folder as `Files`, with what a sparse checkout left out of it read from git."""

    folder: Files
    left_out: CommitFiles

    def under(self, folder: str) -> list[str]:
        """The YAML files below a folder, sorted."""
        return sorted({*self.folder.under(folder), *self.left_out.under(folder)})

    def names(self, folder: str) -> list[str]:
        """The names in a folder, sorted."""
        return sorted({*self.folder.names(folder), *self.left_out.names(folder)})

    def exists(self, path: str) -> bool:
        """Whether there is anything at the path."""
        return self.folder.exists(path) or self.left_out.exists(path)

    def read(self, path: str) -> bytes:
        """The bytes of a file."""
        return self._of(path).read(path)

    def fingerprint(self, path: str) -> tuple[int, str] | None:
        """Size and SHA-256 of a document."""
        return self._of(path).fingerprint(path)

    def _of(self, path: str) -> Files:
        is_here = self.folder.exists(path) or path not in self.left_out.blobs
        return self.folder if is_here else self.left_out
