"""A release cuts the changelog, raises the version everywhere it stands, and is refused where it would be wrong."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from typing import Any

import pytest

import granskning

ROOT = Path(__file__).parents[1]


def _script(name: str) -> Any:
    loader = SourceFileLoader(name, str(ROOT / ".ci" / name))
    spec = spec_from_loader(name, loader)
    assert spec
    module = module_from_spec(spec)
    written, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        loader.exec_module(module)
    finally:
        sys.dont_write_bytecode = written
    return module


release = _script("release")
CHANGELOG = (
    "# Ändringar\n\n## [Unreleased]\n\nDet som blir 0.2.0.\n\n### Added\n\n- Nytt.\n\n"
    "## [0.1.0] – 2026-11-01\n\n- Förut.\n"
)


def test_the_changelog_is_cut_and_nothing_in_it_is_lost() -> None:
    cut = release.cut_changelog(CHANGELOG, "0.2.0", "2026-12-01")
    assert cut.index("## [Unreleased]") < cut.index("## [0.2.0] – 2026-12-01") < cut.index("- Nytt.")
    assert cut.index("- Nytt.") < cut.index("## [0.1.0] – 2026-11-01") < cut.index("- Förut.")
    assert "Det som blir" not in cut
    own = (ROOT / "CHANGELOG.md").read_text("utf-8")
    entries = re.findall(r"^- .+$", own, re.MULTILINE)
    assert [line for line in entries if line not in release.cut_changelog(own, "99.0.0", "2026-12-01")] == []


@pytest.mark.parametrize("text", ["# Ändringar\n\n## [Unreleased]\n\n## [0.1.0] – x\n\n- a\n", "# tomt\n"])
def test_a_release_without_changes_is_refused(text: str) -> None:
    with pytest.raises(release.RefusedError, match="nothing under Unreleased"):
        release.cut_changelog(text, "0.2.0", "2026-12-01")


@pytest.mark.parametrize("version", ["0.0.9", "1.0", "v1.0.0", "1.0.0rc1", "01.0.0", "../x"])
def test_a_version_that_is_none_or_earlier_is_refused(version: str) -> None:
    with pytest.raises(release.RefusedError):
        release.require_later(version, "0.1.0")


def test_the_version_is_raised_everywhere_it_stands() -> None:
    texts = release.read_texts()
    before = release.current_version(texts)
    assert before == granskning.__version__
    new = release.changed_texts(texts, "9.8.7", "2026-12-01")
    assert tomllib.loads(new["pyproject.toml"])["project"]["version"] == "9.8.7"
    assert '__version__ = "9.8.7"' in new["src/granskning/__init__.py"]
    assert 'softwareVersion: "9.8.7"' in new["publiccode.yml"]
    assert 'releaseDate: "2026-12-01"' in new["publiccode.yml"]
    assert not [name for name, text in new.items() if f"granskning-{before}-py3" in text]


def test_hashes_are_as_sha256sum_reads_them(tmp_path: Path) -> None:
    for name in ("b.whl", "a.tar.gz"):
        (tmp_path / name).write_bytes(name.encode())
    (tmp_path / "SHA256SUMS").write_text(release.hash_lines([tmp_path / "b.whl", tmp_path / "a.tar.gz"]), "utf-8")
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=tmp_path, check=True)


def test_decisions_have_dates_and_stand_in_the_index() -> None:
    decisions = _script("decisions")
    text = (ROOT / "DECISIONS.md").read_text("utf-8")
    assert decisions.written(text) == text, "run .ci/decisions"
    assert "| 13 | Intervals by evaluating completions | 2026-11-23 | superseded by 20 |" in text


@pytest.fixture
def small_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What a release reads and writes, saved in a git repository of its own."""
    for name in ("pyproject.toml", "publiccode.yml", "README.md", "src/granskning/__init__.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    (tmp_path / "CHANGELOG.md").write_text(CHANGELOG.replace("0.1.0", "0.0.1"), "utf-8")
    (tmp_path / ".gitignore").write_text("dist\n")
    monkeypatch.setattr(release, "ROOT", tmp_path)
    monkeypatch.setattr(release, "DIST", tmp_path / "dist")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    release.run("git", "init", "--quiet")
    for key, value in (("user.name", "Utgivare"), ("user.email", "utgivare@exempel.se")):
        release.run("git", "config", key, value)
    release.run("git", "add", "--all")
    release.run("git", "commit", "--quiet", "--message", "Allt")
    return tmp_path


def test_a_release_whose_tests_fail_leaves_nothing_behind(small_project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def build(_version: str, folder: Path) -> list[Path]:
        (folder / "a.whl").write_bytes(b"a")
        raise release.RefusedError

    monkeypatch.setattr(release, "build", build)
    with pytest.raises(release.RefusedError):
        release.release("9.0.0", dry=False)
    assert not (small_project / "dist").exists()
    assert release.run("git", "status", "--porcelain", "--ignored") == ""
    assert release.run("git", "tag") == ""


def test_a_release_lies_in_its_folder_with_hashes_and_tag(small_project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def build(_version: str, folder: Path) -> list[Path]:
        (folder / "a.whl").write_bytes(b"a")
        return [folder / "a.whl"]

    monkeypatch.setattr(release, "build", build)
    release.release("9.0.0", dry=False)
    assert sorted(path.name for path in (small_project / "dist").iterdir()) == ["SHA256SUMS", "a.whl"]
    assert release.run("git", "tag") == "v9.0.0\n"
    assert release.run("git", "status", "--porcelain") == ""


def test_the_address_is_one_and_the_same() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    public = (ROOT / "publiccode.yml").read_text("utf-8")
    assert f'url: "{project["urls"]["Repository"]}"' in public
    assert f"name: {project['maintainers'][0]['name']}" in public
