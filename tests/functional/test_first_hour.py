"""A folder begun at the command line: its repository, what one made by hand lacks, and what `doctor` says of both."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from granskning.edges import machine
from granskning.edges.machine import sync_program
from granskning.i18n import Translator
from granskning.reporting.workbook.workbook_writer import SheetNames
from granskning.tasks.editing.begin_folder import begin_versions
from granskning.workspace.answer_merge import new_id
from granskning.workspace.starter import OF_GIT

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run, TreePrint

EMPTY = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}


def test_init_makes_a_repository_and_says_how_versions_are_saved(tmp_path: Path, granskning: Run) -> None:
    done = granskning("init", "min mapp")
    assert done.returncode == 0
    assert (tmp_path / "min mapp/.git").is_dir()
    assert "granskning -C 'min mapp' save" in done.stderr
    assert {".gitignore", ".gitattributes"} <= {path.name for path in (tmp_path / "min mapp").iterdir()}
    told = granskning("history", cwd=tmp_path / "min mapp")
    assert told.returncode == 2
    assert "inget har sparats i det än" in told.stderr


def test_init_makes_none_where_it_is_told_not_to_and_none_within_another(tmp_path: Path, granskning: Run) -> None:
    assert granskning("init", "a", "--no-git").returncode == 0
    assert not (tmp_path / "a/.git").exists()
    granskning("init", "b")
    assert "git" not in granskning("init", "b/c").stderr
    assert not (tmp_path / "b/c/.git").exists()


def test_init_without_git_says_so_and_is_well(tmp_path: Path, granskning: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("granskning.edges.git_begin.shutil.which", lambda _name: None)
    done = granskning("init", "a")
    assert done.returncode == 0
    assert "git finns inte på datorn" in done.stderr
    assert (tmp_path / "a/granskning.yaml").is_file()


def test_a_folder_made_by_hand_gets_what_it_lacks_and_keeps_what_it_has(workspace: Path, granskning: Run) -> None:
    (workspace / ".gitignore").write_text("eget\n", encoding="utf-8")
    (workspace / ".gitattributes").unlink(missing_ok=True)
    before = granskning("--lang", "en", "doctor", cwd=workspace).stdout
    assert "granskning init --missing" in before
    done = granskning("init", "--missing", cwd=workspace)
    assert done.returncode == 0
    assert ".gitattributes" in done.stdout
    assert (workspace / ".gitignore").read_text(encoding="utf-8") == "eget\n"
    assert (workspace / ".git").is_dir()
    after = granskning("--lang", "en", "doctor", cwd=workspace).stdout
    assert "--missing" not in after
    assert granskning("init", "--missing", cwd=workspace).stdout == ""


def test_versions_begun_on_the_page_have_the_settings_that_git_reads(workspace: Path) -> None:
    (workspace / "build").mkdir()
    (workspace / "build/index.html").write_text("x", encoding="utf-8")
    for name in OF_GIT:
        (workspace / name).unlink(missing_ok=True)
    begin_versions(workspace, "Planerare", "planerare@exempel.se", Translator("sv"))
    kept = subprocess.run(["git", "ls-files"], cwd=workspace, capture_output=True, text=True, check=True).stdout
    assert {".gitignore", ".gitattributes", "granskning.yaml"} <= set(kept.split())
    assert "build/" not in kept


def test_what_is_missing_can_only_be_added_to_a_working_folder(
    tmp_path: Path, granskning: Run, fingerprint_tree: TreePrint
) -> None:
    before = fingerprint_tree(tmp_path)
    done = granskning("init", "--missing")
    assert (done.returncode, done.stdout) == (2, "")
    assert "granskning.yaml saknas" in done.stderr
    assert granskning("init", "x", "--missing", "--example").returncode == 2
    assert fingerprint_tree(tmp_path) == before


def test_the_last_line_of_doctor_names_what_the_lines_before_say(workspace: Path, granskning: Run) -> None:
    shutil.copyfile(workspace / "criteria/prov.yaml", workspace / "criteria/prov (1).yaml")
    done = granskning("--lang", "en", "doctor", cwd=workspace, env=EMPTY)
    *lines, last = [*done.stdout.splitlines(), *done.stderr.splitlines()]
    assert "criteria/prov (1).yaml" in done.stdout
    for word, intro in (("MISSING", "missing:"), ("not here", "What would help:"), ("left over", "Look at:")):
        named = [line[:16].strip() for line in lines if line[17:].startswith(word)]
        assert (intro in last) == bool(named)
        assert all(name in last for name in named)


def test_doctor_speaks_the_readers_language_and_says_where_the_cache_lies(workspace: Path, granskning: Run) -> None:
    env = {"XDG_CACHE_HOME": str(workspace / "minne")}
    swedish, english = (
        granskning("--lang", language, "doctor", cwd=workspace, env=env).stdout for language in ("sv", "en")
    )
    names = {"skrivrätt": "write rights", "scheman för redigering": "editor schemas", "typsnitt": "fonts"}
    for word, name in names.items():
        assert f"\n{word} " in swedish
        assert f"\n{name} " in english
        assert f"\n{name} " not in swedish
    assert str(workspace / "minne/granskning") in swedish  # as the handbook's page on public documents says


def test_doctor_tells_a_folder_that_may_not_be_written(
    workspace: Path, granskning: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "may_write", lambda folder: folder.name != "strategies")
    done = granskning("--lang", "en", "doctor", cwd=workspace)
    assert done.returncode == 1
    assert "write rights" in done.stderr.splitlines()[-1]
    assert "strategies" in done.stdout


@pytest.mark.parametrize(
    ("folder", "program"),
    [
        ("OneDrive - Region Exempel/granskning", "OneDrive"),
        ("Dropbox/plan", "Dropbox"),
        ("Library/Mobile Documents/plan", "iCloud"),
        ("Dropboxen/plan", None),
        ("granskning", None),
    ],
)
def test_a_sync_program_is_known_by_its_folder(tmp_path: Path, folder: str, program: str | None) -> None:
    assert sync_program(tmp_path / folder) == program


def test_a_role_is_written_as_people_write_it_and_has_its_id_made(workspace: Path, granskning: Run) -> None:
    wish = ("new", "provplan", "--round", "2027-02", "--reviewer")
    done = granskning(*wish, "Strateg för jämställdhet", cwd=workspace)
    assert done.stdout == "strategies/provplan/reviews/2027-02/strateg-for-jamstalldhet.yaml\n"
    assert "Strateg för jämställdhet" in (workspace / "granskning.yaml").read_text(encoding="utf-8")
    again = granskning(*wish, "strateg för jämställdhet", cwd=workspace)
    assert again.returncode == 2, "the same role, and never overwritten"
    for odd in ("../x", "2026", "!!", " "):
        assert granskning(*wish, odd, cwd=workspace).returncode == 2


def test_shortened_names_keep_what_tells_them_apart() -> None:
    names = SheetNames()
    sheets = [names.take(f"exempellan-transportplan 2026-11 strateg-for-{end}") for end in ("jamstalldhet", "barn")]
    for name, end in zip(sheets, ("jamstalldhet", "barn"), strict=True):
        assert len(name) <= 31
        assert name.startswith("exempellan")
        assert name.endswith(end)
    long = new_id("Planerare för hållbara resor och transporter i hela länet med särskilt uppdrag", ())
    assert long == "planerare-for-hallbara-resor-och-transporter-i-hela-lanet"
