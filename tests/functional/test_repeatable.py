"""The same sources give the same bytes: other process, hash seed, time zone, folder, day, and unrelated commits.

Everything is printed twice, in processes that differ in all that must not matter. What sources, commits and dates do is
seen in the HTML, which a PDF is printed from, and in one PDF with the files that it carries.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conftest import Run

pytestmark = pytest.mark.xdist_group("repeatable")

BASE = Path(__file__).parents[1] / "cases" / "base"
REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
_PRINTED = ("provplan", "portfolio", "kriterier")
"""What the names of the pages that have a PDF too begin with."""
OTHER_DAY = """
import datetime, time

AHEAD = 5 * 365 * 86_400
real, slow = time.time, time.gmtime
time.time = lambda: real() + AHEAD
time.gmtime = lambda seconds=None: slow(real() + AHEAD if seconds is None else seconds)


class Moved(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(time.time(), tz)

    @classmethod
    def utcnow(cls):
        return cls.fromtimestamp(time.time(), datetime.timezone.utc).replace(tzinfo=None)

    @classmethod
    def today(cls):
        return cls.fromtimestamp(time.time())


datetime.datetime = Moved
"""
"""Read by Python before anything else: the clock is five years ahead."""
OTHER_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig>
<dir>/usr/share/fonts</dir>
<match target="pattern"><test name="family" qual="any"><string>Source Sans 3</string></test>
<edit name="family" mode="assign" binding="strong"><string>DejaVu Serif</string></edit></match>
<match target="font"><edit name="hintstyle" mode="assign"><const>hintfull</const></edit>
<edit name="matrix" mode="assign"><times><name>matrix</name>
<matrix><double>1.3</double><double>0</double><double>0</double><double>1</double></matrix></times></edit></match>
</fontconfig>"""
"""A user's own settings, and the fonts of this system: another typeface for ours, wider and hinted."""


def _git(root: Path, *words: str, date: str = "2026-11-24T12:00:00+01:00") -> str:
    env = {**os.environ, "GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
    settings = ("-c", "user.name=Prov", "-c", "user.email=prov@exempel.se", "-c", "init.defaultBranch=main")
    done = subprocess.run(["git", *settings, *words], cwd=root, env=env, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def _build(root: Path, env: Mapping[str, str], *more: str) -> dict[str, bytes]:
    """Build in a process of its own; what is in the output folder, by name."""
    words = [sys.executable, "-m", "granskning", "-C", str(root), "build", *more]
    done = subprocess.run(words, env={**os.environ, **env}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return _built(root)


def _build_here(granskning: Run, root: Path, *more: str) -> dict[str, bytes]:
    """The pages that have a PDF too, built as HTML in this process."""
    done = granskning("-C", str(root), "build", "--format", "html", *more)
    assert done.returncode == 0, done.stderr
    return {name: data for name, data in _built(root).items() if name.startswith(_PRINTED)}


def _built(root: Path) -> dict[str, bytes]:
    folder = root / "build"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """A workspace in a repository, and everything built in it."""
    root = tmp_path_factory.mktemp("ett") / "arbetsmapp"
    shutil.copytree(BASE, root, copy_function=shutil.copyfile)
    text = (root / REVIEW).read_text("utf-8")
    (root / REVIEW).with_name("annan.yaml").write_text(text.replace("reviewer: granskaren", "reviewer: annan"), "utf-8")
    (root / ".gitignore").write_text("build/\n", "utf-8")
    _git(root, "init", "-q")
    _git(root, "add", "-A")
    _git(root, "commit", "-q", "-m", "prov")
    made = _build(root, {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C"}, "--jobs", "1")
    assert {name for name in made if name.endswith(".pdf")} >= {
        "portfolio.pdf", "provplan/2026-11.pdf", "provplan/2026-11/annan.pdf", "provplan/2026-11/granskaren.pdf",
    }  # fmt: skip
    return root, made


def _again(first: tuple[Path, dict[str, bytes]], place: Path) -> Path:
    """The same repository in another folder, with a name of other letters."""
    root = place / "en helt annan mapp, åäö"
    _git(place, "clone", "-q", str(first[0]), str(root))
    return root


def test_everywhere_the_same(first: tuple[Path, dict[str, bytes]], tmp_path: Path) -> None:
    root = _again(first, tmp_path)
    moved = tmp_path / "klocka"
    moved.mkdir()
    (moved / "sitecustomize.py").write_text(OTHER_DAY, "utf-8")
    told = subprocess.run(
        [sys.executable, "-c", "import datetime; print(datetime.datetime.now().year)"],
        env={**os.environ, "PYTHONPATH": str(moved)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    fonts = tmp_path / "typsnitt/fontconfig/fonts.conf"
    fonts.parent.mkdir(parents=True)
    fonts.write_text(OTHER_FONTS, "utf-8")
    env = {"PYTHONHASHSEED": "4711", "TZ": "Asia/Tokyo", "LC_ALL": "sv_SE.UTF-8", "PYTHONPATH": str(moved)}
    env |= {"FONTCONFIG_FILE": str(fonts), "FONTCONFIG_PATH": str(fonts.parent), "FONTCONFIG_SYSROOT": str(tmp_path)}
    env |= {"XDG_CONFIG_HOME": str(fonts.parents[1]), "FC_LANG": "ja", "PANGO_LANGUAGE": "ja:ar"}
    env |= {"FREETYPE_PROPERTIES": "truetype:interpreter-version=35"}
    made = _build(root, env, "--jobs", "2")
    assert {name for name in made if made[name] != first[1].get(name)} == set()
    assert made.keys() == first[1].keys()
    assert int(told.stdout) >= 2030


def test_commits_that_touch_other_files_change_nothing(
    first: tuple[Path, dict[str, bytes]], tmp_path: Path, granskning: Run
) -> None:
    root = _again(first, tmp_path)
    for number in range(3):
        (root / "anteckningar.txt").write_text(f"{number}\n", "utf-8")
        _git(root, "add", "-A")
        _git(root, "commit", "-q", "-m", "annat", date=f"2027-0{number + 1}-01T12:00:00+01:00")
    made = _build_here(granskning, root)
    assert len(made) > 3
    assert {name for name in made if made[name] != first[1][name]} == set()
    done = granskning("-C", str(root), "build", "--format", "pdf", "--only", "provplan/2026-11/annan")
    assert done.returncode == 0, done.stderr
    assert _built(root)["provplan/2026-11/annan.pdf"] == first[1]["provplan/2026-11/annan.pdf"]


def test_a_changed_source_changes_what_rests_on_it(
    first: tuple[Path, dict[str, bytes]], tmp_path: Path, granskning: Run
) -> None:
    root = _again(first, tmp_path)
    path = root / REVIEW
    path.write_text(path.read_text("utf-8") + "# en kommentar\n", "utf-8")
    made = _build_here(granskning, root)
    changed = {name for name in made if made[name] != first[1][name]}
    assert {"provplan/2026-11.html", "provplan/2026-11/granskaren.html"} <= changed
    assert "provplan/2026-11/annan.html" not in changed


def test_another_date_is_in_every_report(first: tuple[Path, dict[str, bytes]], tmp_path: Path, granskning: Run) -> None:
    root = _again(first, tmp_path)
    made = _build_here(granskning, root, "--as-of", "2027-01-31")
    printed = {name.removesuffix(".pdf") for name in first[1] if name.endswith(".pdf")}
    assert {name.removesuffix(".html") for name in made} == printed
    assert {name for name in made if made[name] == first[1][name]} == set()


def test_in_a_shallow_clone_the_commit_is_unknown(
    first: tuple[Path, dict[str, bytes]], tmp_path: Path, granskning: Run
) -> None:
    (first[0] / "anteckningar.txt").write_text("x\n", "utf-8")
    _git(first[0], "add", "-A")
    _git(first[0], "commit", "-q", "-m", "annat")
    _git(tmp_path, "clone", "-q", "--depth", "1", f"file://{first[0]}", "grund")
    made = _build_here(granskning, tmp_path / "grund")
    assert "git okänd" in made["provplan/2026-11/annan.html"].decode()
