"""How much is read of what git tells, whatever a repository holds: each limit with its sentence."""

from __future__ import annotations

import hashlib
import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from granskning.edges import git as git_reading
from granskning.edges import git_log, git_objects
from granskning.edges.git_command import LONGEST_WORD, Git
from granskning.errors import FileTooLargeError, NoHistoryError
from granskning.files import TEXT, FileKind
from granskning.workspace.yaml.source import Fault, decode

if TYPE_CHECKING:
    from pathlib import Path

LARGE = b"x: y\n" * (TEXT.most // 5 + 3)
FILES = {"a.yaml": b"a: 1\n", "b.yaml": LARGE, "c.yaml": b"c: 3\n"}


@pytest.fixture
def repository(tmp_path: Path) -> Git:
    """One file among others is larger than any of ours, and a subject has no end."""
    for name, data in FILES.items():
        (tmp_path / name).write_bytes(data)
    who = {f"GIT_{who}_{what}": "prov" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    env = {"PATH": os.environ["PATH"], "GIT_CONFIG_GLOBAL": os.devnull, **who}
    (tmp_path / ".git-message").write_bytes(b"s" * (LONGEST_WORD * 2))
    for words in (("init", "-q"), ("add", "*.yaml"), ("commit", "-q", "-F", ".git-message")):
        subprocess.run(["git", *words], cwd=tmp_path, env=env, check=True)
    return Git(tmp_path)


def _blobs(git: Git) -> dict[str, str]:
    return dict(git_objects.list_tree(git, "HEAD").blobs)


def test_of_a_content_larger_than_any_of_ours_the_beginning_is_read_and_told_as_such(repository: Git) -> None:
    blobs = _blobs(repository)
    read = dict(git_objects.read_blobs(repository, [*blobs.values(), "0" * 40]))
    cut = read[blobs["b.yaml"]]
    assert cut == LARGE[: TEXT.most + 1]
    fault = decode(cut)
    assert isinstance(fault, Fault)
    assert fault.code == "GR004"
    assert (read[blobs["a.yaml"]], read[blobs["c.yaml"]], read["0" * 40]) == (b"a: 1\n", b"c: 3\n", None)


def test_a_tree_that_passes_for_a_large_content_stops_no_other(
    repository: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(git_objects, "TEXT", FileKind(20))
    tree = repository.ask("rev-parse", "HEAD^{tree}").decode().strip()
    blob = _blobs(repository)["c.yaml"]
    assert list(git_objects.read_blobs(repository, [tree, blob])) == [(tree, None), (blob, b"c: 3\n")]


def test_contents_are_fetched_ahead_until_they_are_enough(repository: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(git_objects, "_ENOUGH", 4)
    files = git_objects.CommitFiles(repository, _blobs(repository))
    assert [files.read(name)[:5] for name in ("a.yaml", "c.yaml")] == [b"a: 1\n", b"c: 3\n"]


def test_a_document_is_read_in_pieces_up_to_its_limit(repository: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    files = git_objects.CommitFiles(repository, {**_blobs(repository), "lost.pdf": "0" * 40})
    assert files.fingerprint("b.yaml") == (len(LARGE), hashlib.sha256(LARGE).hexdigest())
    assert files.fingerprint("lost.pdf") is files.fingerprint("nowhere.pdf") is None
    monkeypatch.setattr(git_objects, "DOCUMENT", FileKind(1000))
    with pytest.raises(FileTooLargeError, match="at most 1000 are read"):
        files.fingerprint("b.yaml")


def test_a_line_without_end_is_told_of(repository: Git) -> None:
    with pytest.raises(NoHistoryError, match="a name or a line of more than 1 MB"):
        git_log.read_log(repository, ["a.yaml"], git_log.find_tip(repository))


def test_a_log_without_end_is_told_of(repository: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(git_log, "MOST_OF_LOG", 1 << 17)
    with pytest.raises(NoHistoryError, match="git's log is larger than 0 MB"):
        git_log.read_log(repository, ["a.yaml"], git_log.find_tip(repository))
    monkeypatch.setattr(git_reading, "_MOST", 30)
    with pytest.raises(NoHistoryError, match="git's log is larger"):
        git_reading.read_repository(repository.root, ["a.yaml"])
