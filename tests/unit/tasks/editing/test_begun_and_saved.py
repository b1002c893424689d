"""A folder begun, with what git and the editor read; and a version saved with words and an author that git can keep."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
import yaml

from granskning.edges.git_save import Changed
from granskning.errors import UsageError, WriteRefusedError
from granskning.i18n import Translator
from granskning.tasks.editing import begin_folder as beginning
from granskning.tasks.editing import init as making
from granskning.tasks.editing.begin_folder import FirstWishes, begin_folder, gallery, is_begun, keep_versions
from granskning.tasks.editing.commit import _author, _message, save_version, show_unsaved
from granskning.tasks.editing.init import complete_workspace, init_workspace, write_git_settings, write_start_file

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Past

T = Translator("sv")
REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"


@pytest.fixture(autouse=True)
def _git_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("GLOBAL", "SYSTEM"):
        monkeypatch.setenv(f"GIT_CONFIG_{name}", "/dev/null")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))


def log(root: Path) -> str:
    done = subprocess.run(["git", "log", "--format=%an <%ae> %s"], cwd=root, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_a_folder_is_begun_with_its_organisation_and_no_versions_unless_somebody_saves_them(tmp_path: Path) -> None:
    assert not is_begun(tmp_path)
    begin_folder(tmp_path, FirstWishes("Region Provlän"), T)
    assert is_begun(tmp_path)
    settings = yaml.safe_load((tmp_path / "granskning.yaml").read_bytes())
    assert settings["organisation"] == "Region Provlän"
    assert not (tmp_path / ".git").exists()
    assert list((tmp_path / "criteria").glob("*.yaml"))
    assert not list(tmp_path.glob("strategies/*/strategy.yaml"))


def test_a_folder_is_begun_with_a_framework_and_its_first_version(tmp_path: Path) -> None:
    assert "five-star-open-data" in gallery()
    wishes = FirstWishes("", framework="five-star-open-data", name="Prov", address="prov@exempel.se")
    begin_folder(tmp_path, wishes, T)
    settings = yaml.safe_load((tmp_path / "granskning.yaml").read_bytes())
    assert settings["criteria"] in {path.stem for path in (tmp_path / "criteria").glob("*.yaml")}
    assert log(tmp_path) == f"Prov <prov@exempel.se> {T('The first version')}"
    assert (tmp_path / ".gitignore").exists()


@pytest.mark.parametrize(("name", "address", "times"), [("Prov", "", 1), ("", "prov@exempel.se", 1), ("", "", 0)])
def test_who_gives_a_name_or_an_address_wants_versions(
    name: str,
    address: str,
    times: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Git may know the other of the two already."""
    asked: list[tuple[object, ...]] = []
    monkeypatch.setattr(beginning, "begin_versions", lambda *given: asked.append(given))
    begin_folder(tmp_path, FirstWishes("", name=name, address=address), T)
    assert asked == [(tmp_path, name, address, T)] * times


def test_the_example_comes_only_where_it_is_asked_for(tmp_path: Path) -> None:
    begin_folder(tmp_path, FirstWishes("", is_example=True), T)
    assert list(tmp_path.glob("strategies/*/strategy.yaml"))
    assert not [path for path in tmp_path.rglob("*") if path.name.startswith("__")]


def test_what_python_and_editors_leave_among_the_shipped_sets_is_not_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped, folder = tmp_path / "med", tmp_path / "ny"
    for name in ("a.yaml", ".a.yaml.swp", "__pycache__/a.pyc", ".vscode/b.yaml", "statistics/__init__.py"):
        (shipped / name).parent.mkdir(parents=True, exist_ok=True)
        (shipped / name).write_bytes(b"x: 1\n")
    monkeypatch.setattr(making, "criteria_folder", lambda: shipped)
    init_workspace(folder, T, example=False)
    assert [path.name for path in (folder / "criteria").rglob("*")] == ["a.yaml"]


def test_a_framework_that_is_none_and_a_folder_that_is_one_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no framework"):
        begin_folder(tmp_path, FirstWishes("", framework="five-star"), T)
    (tmp_path / "criteria").mkdir()
    (tmp_path / "granskning.yaml").write_text("mitt\n", "utf-8")
    with pytest.raises(WriteRefusedError) as refused:
        begin_folder(tmp_path, FirstWishes("x"), T)
    assert "--missing" in refused.value.hint
    assert [path.name for path in sorted(tmp_path.rglob("*"))] == ["criteria", "granskning.yaml"]
    (tmp_path / "granskning.yaml").unlink()
    (tmp_path / ".gitignore").write_text("mitt\n", "utf-8")
    with pytest.raises(WriteRefusedError) as refused:
        init_workspace(tmp_path, T, example=False)
    assert "--missing" not in refused.value.hint
    assert (refused.value.values["file"], (tmp_path / "granskning.yaml").exists()) == (tmp_path / ".gitignore", False)


def test_what_a_folder_lacks_is_added_and_nothing_is_overwritten(workspace: Path, tmp_path: Path) -> None:
    (workspace / ".gitignore").write_text("mitt\n", "utf-8")
    written = complete_workspace(workspace, T)
    assert all(path.exists() for path in written)
    assert workspace / ".gitignore" not in written
    assert (workspace / ".gitignore").read_text("utf-8") == "mitt\n"
    assert workspace / ".gitattributes" in written
    assert complete_workspace(workspace, T) == []
    with pytest.raises(UsageError, match="no working folder"):
        complete_workspace(tmp_path, T)


def test_what_git_reads_is_written_where_it_is_missing(workspace: Path) -> None:
    (workspace / ".gitattributes").write_text("mitt\n", "utf-8")
    assert write_git_settings(workspace, T) == [workspace / ".gitignore"]
    assert (workspace / ".gitattributes").read_text("utf-8") == "mitt\n"
    assert write_git_settings(workspace, T) == []


def test_a_file_that_opens_the_page_is_written_over_an_older_one(workspace: Path) -> None:
    first = write_start_file(workspace)
    text = first.read_bytes()
    assert str(workspace).encode() in text
    first.write_bytes(b"gammal\n")
    assert write_start_file(workspace) == first
    assert first.read_bytes() == text


def test_versions_are_kept_where_git_is_and_begun_once(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (keep_versions(workspace), keep_versions(workspace)) == ("made", "is_kept")
    monkeypatch.setattr(beginning, "has_git", lambda: False)
    assert keep_versions(workspace) == "no_git"


@pytest.mark.parametrize(
    ("name", "author"),
    [
        ("", ""),
        (" <>\n", ""),
        ("Controller", "Controller <>"),
        ("prov@exempel.se", "prov <prov@exempel.se>"),
        ("@exempel.se", "@exempel.se <@exempel.se>"),
        ("Prov <prov@exempel.se>", "Prov prov@exempel.se <>"),
        ("A\x1b  B", "A B <>"),
    ],
)
def test_an_author_is_a_name_or_an_address_as_git_wants_them(name: str, author: str) -> None:
    assert _author(name) == author


def review(name: str) -> str:
    return REVIEW.replace("granskaren", name)


@pytest.mark.parametrize(
    ("known", "new", "words"),
    [
        ((REVIEW,), (), "Granskning: provplan 2026-11 granskaren"),
        (("granskning.yaml",), (REVIEW,), "Granskning: provplan 2026-11 granskaren"),
        (("granskning.yaml",), (), "1 fil ändrad"),
        (("granskning.yaml",), ("criteria/a.yaml",), "2 filer ändrade"),
        ((review("a"), review("b")), (), "2 granskningar har ändrats"),
        ((), (review("a"), review("b"), "criteria/a.yaml"), "2 granskningar är nya"),
        ((review("a"),), (review("b"), review("c")), "1 granskning har ändrats och 2 granskningar är nya"),
    ],
)
def test_a_version_without_words_says_what_was_saved(known: tuple[str, ...], new: tuple[str, ...], words: str) -> None:
    assert _message(Changed(known, new), T) == words


def test_what_would_be_saved_is_told_with_its_words_and_then_saved(past: Past, monkeypatch: pytest.MonkeyPatch) -> None:
    for one in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{one}_NAME", "prov")
        monkeypatch.setenv(f"GIT_{one}_EMAIL", "prov@exempel.se")
    assert (show_unsaved(past.root, T).files, show_unsaved(past.root, T).message) == ((), "")
    past.change(REVIEW, ("level: 3", "level: 2"))
    (past.root / review("granskaren (1)")).write_text("a: b\n", "utf-8")
    told = show_unsaved(past.root, T)
    assert (told.files, told.commit, told.left_out) == ((REVIEW,), None, (review("granskaren (1)"),))
    saved = save_version(past.root, None, T, "planerare@exempel.se")
    assert (saved.files, saved.message, saved.left_out) == (told.files, told.message, told.left_out)
    assert saved.commit
    assert past.git("rev-parse", "HEAD").startswith(saved.commit)
    assert log(past.root).splitlines()[0] == f"planerare <planerare@exempel.se> {told.message}"
    nothing = save_version(past.root, "Egna ord", T)
    assert (nothing.files, nothing.commit, nothing.left_out) == ((), None, told.left_out)
