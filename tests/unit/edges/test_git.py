from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from granskning.edges import git_command
from granskning.edges.git import read_repository
from granskning.errors import NoHistoryError

if TYPE_CHECKING:
    from collections.abc import Mapping

FILES = ("a.yaml", "mapp/å.yaml")


class Git(Protocol):
    def __call__(self, *words: str) -> str: ...


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "förråd"
    folder.mkdir()
    return folder


@pytest.fixture
def git(root: Path) -> Git:
    env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    env |= {f"GIT_{who}_{what}": "prov@exempel.se" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    env |= {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}
    clock = iter(range(1_700_000_000, 1_800_000_000, 60))

    def run(*words: str) -> str:
        now = f"{next(clock)} +0000"
        dates = {"GIT_AUTHOR_DATE": now, "GIT_COMMITTER_DATE": now}
        done = subprocess.run(["git", *words], cwd=root, env=env | dates, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    run("init", "-q", "-b", "main")
    return run


def _commit(root: Path, git: Git, files: Mapping[str, str]) -> str:
    for name, text in files.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text, encoding="utf-8", newline="")
    git("add", "-A")
    git("commit", "-q", "-m", "prov")
    return git("rev-parse", "HEAD")


def _contents(root: Path, *names: str) -> dict[str, bytes]:
    return {name: (root / name).read_bytes() for name in names}


def test_the_last_commit_that_touched_any_of_the_files(root: Path, git: Git) -> None:
    first = _commit(root, git, {"a.yaml": "a\n", "mapp/å.yaml": "å\n"})
    second = _commit(root, git, {"mapp/å.yaml": "ä\n"})
    _commit(root, git, {"annat.yaml": "b\n"})
    known = read_repository(root, FILES)
    assert known is not None
    assert known.last_commit(["a.yaml"]) == first
    assert known.last_commit(FILES) == second
    assert known.last_commit(["saknas.yaml"]) is None
    assert not known.differs(_contents(root, *FILES))


def test_a_change_on_disk_is_seen_and_line_ends_are_not(root: Path, git: Git) -> None:
    _commit(root, git, {"a.yaml": "a\nb\n", "mapp/å.yaml": "å\n"})
    known = read_repository(root, FILES)
    assert known is not None
    assert known.differs({"a.yaml": b"a\nc\n"})
    assert not known.differs({"a.yaml": b"a\r\nb\r\n"})
    assert known.differs({"ny.yaml": b"a\n"}), "a file that git does not have"


def test_a_file_only_touched_has_not_changed(root: Path, git: Git) -> None:
    _commit(root, git, {"a.yaml": "a\n"})
    os.utime(root / "a.yaml", (0, 0))
    known = read_repository(root, FILES)
    assert known is not None
    assert not known.differs(_contents(root, "a.yaml"))


def test_a_working_folder_below_the_top_of_the_repository(root: Path, git: Git) -> None:
    commit = _commit(root, git, {"mapp/å.yaml": "å\n"})
    known = read_repository(root / "mapp", ["å.yaml"])
    assert known is not None
    assert known.last_commit(["å.yaml"]) == commit
    assert not known.differs(_contents(root / "mapp", "å.yaml"))


def test_a_merge_counts_only_where_it_changed_something_itself(root: Path, git: Git) -> None:
    _commit(root, git, {"a.yaml": "a\n", "mapp/å.yaml": "å\n"})
    git("checkout", "-q", "-b", "gren")
    side = _commit(root, git, {"a.yaml": "gren\n"})
    git("checkout", "-q", "main")
    _commit(root, git, {"mapp/å.yaml": "main\n"})
    git("merge", "-q", "--no-edit", "gren")
    known = read_repository(root, FILES)
    assert known is not None
    assert known.last_commit(["a.yaml"]) == side
    assert known.last_commit(FILES) != git("rev-parse", "HEAD")


def test_a_renamed_file_was_touched_by_the_renaming(root: Path, git: Git) -> None:
    _commit(root, git, {"a.yaml": "a\n"})
    git("mv", "a.yaml", "b.yaml")
    renamed = _commit(root, git, {})
    known = read_repository(root, ["b.yaml"])
    assert known is not None
    assert known.last_commit(["b.yaml"]) == renamed


def test_a_shallow_clone_knows_nothing(root: Path, git: Git, tmp_path: Path) -> None:
    _commit(root, git, {"a.yaml": "a\n"})
    _commit(root, git, {"a.yaml": "b\n"})
    git("clone", "-q", "--depth", "1", f"file://{root}", str(tmp_path / "grund"))
    assert read_repository(tmp_path / "grund", FILES) is None


def test_outside_a_repository_without_commits_and_without_git(
    root: Path, git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert git
    outside = tmp_path / "utanför"
    outside.mkdir()
    assert read_repository(outside, FILES) is None
    assert read_repository(root, FILES) is None
    monkeypatch.setenv("PATH", "")
    assert read_repository(root, FILES) is None


def test_a_hook_s_environment_leads_nowhere_else(
    root: Path, git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = _commit(root, git, {"a.yaml": "a\n"})
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "ingenstans"))
    known = read_repository(root, FILES)
    assert known is not None
    assert known.last_commit(["a.yaml"]) == commit


def test_nothing_that_a_repository_names_is_run(root: Path, git: Git, tmp_path: Path) -> None:
    trace = tmp_path / "spår"
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch '{trace}'\ncat\n", encoding="utf-8")
    program.chmod(0o755)
    _commit(root, git, {"a.yaml": "a\n", ".gitattributes": "*.yaml diff=x filter=x\n"})
    for name in (
        *("core.fsmonitor", "core.pager", "diff.external", "diff.x.textconv", "diff.x.command"),
        *("filter.x.clean", "filter.x.smudge", "filter.x.process", "gpg.program", "core.sshCommand"),
    ):
        git("config", name, str(program))
    git("config", "log.showSignature", "true")
    (root / "a.yaml").write_text("b\n", encoding="utf-8")
    known = read_repository(root, FILES)
    assert known is not None
    assert known.differs(_contents(root, "a.yaml"))
    assert not trace.exists()


def test_a_file_named_head_confuses_nobody(root: Path, git: Git) -> None:
    commit = _commit(root, git, {"a.yaml": "a\n", "HEAD": "x\n"})
    known = read_repository(root, FILES)
    assert known is not None
    assert known.last_commit(["a.yaml"]) == commit


@pytest.fixture
def places(root: Path, git: Git, tmp_path: Path) -> dict[str, Path]:
    """Folders in a repository, and outside."""
    _commit(root, git, {"a.yaml": "a\n", "mapp/å.yaml": "å\n"})
    git("clone", "-q", "--bare", ".", "../bar.git")
    git("worktree", "add", "-q", "../vid-sidan")
    for name in ("utanför/inne", "förråd/mapp/längre/in", "falskt/.git", "falskt/inne"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "länk").symlink_to(root / "mapp")
    inside = {name: tmp_path / name for name in ("förråd", "förråd/mapp/längre/in", "bar.git", "vid-sidan", "länk")}
    return inside | {name: tmp_path / name for name in ("utanför/inne", "falskt/inne", "finns-inte")}


def test_where_git_finds_no_repository_it_is_not_asked(
    places: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would have said the same; and wherever it finds one, or cannot tell, it is asked."""
    asked: list[str] = []
    begin = subprocess.Popen.__init__

    def note(process: subprocess.Popen[bytes], command: list[str], **settings: Any) -> None:
        asked.append(Path(settings["cwd"]).name)
        begin(process, command, **settings)

    told = {}
    with monkeypatch.context() as patch:
        patch.setattr(subprocess.Popen, "__init__", note)
        for name, folder in places.items():
            told[name] = _answer(folder)
    assert sorted(asked) == sorted(folder.name for name, folder in places.items() if name != "utanför/inne")
    monkeypatch.setattr(git_command, "lies_outside", lambda _: False)
    assert told == {name: _answer(folder) for name, folder in places.items()}
    assert told["förråd"] == b"true\n"
    assert "does not lie in a git repository" in str(told["utanför/inne"])


def _answer(folder: Path) -> object:
    """What git answers in a folder, or why it does not."""
    try:
        return git_command.Git(folder).ask("rev-parse", "--is-inside-work-tree")
    except NoHistoryError as error:
        return str(error)
