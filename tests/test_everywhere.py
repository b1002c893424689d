"""The same answers wherever it runs: locale, time zone, warnings as errors, and file systems with other ideas of names.

Other versions of Python and of the libraries are tried by .ci/everywhere, which `make nightly` runs.
"""

from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from granskning.files import HeldFiles
from granskning.tasks.folder.score import score_workspace
from granskning.workspace.load import load_files
from in_process import run_here

if TYPE_CHECKING:
    from collections.abc import Callable

BASE = Path(__file__).parent / "cases" / "base"
SURROUNDINGS = {
    # by name: what the system says; the time zones are the two ends of the world
    "C": {"LC_ALL": "C", "TZ": "Pacific/Kiritimati", "PYTHONUTF8": "0"},
    "Swedish": {"LC_ALL": "sv_SE.UTF-8", "LANG": "sv_SE.UTF-8", "TZ": "Etc/GMT+12"},
}


@pytest.mark.parametrize("name", SURROUNDINGS)
def test_surroundings_change_no_answer(name: str, tmp_path: Path) -> None:
    asked = ("score", "--format", "json")
    env = {"PATH": os.environ["PATH"], "XDG_CACHE_HOME": str(tmp_path), **SURROUNDINGS[name]}
    command = [sys.executable, "-W", "error", "-m", "granskning", *asked]
    done = subprocess.run(command, cwd=BASE, env=env, capture_output=True, check=False)
    assert done.returncode == 0
    here = run_here(asked, BASE, {"PATH": os.environ["PATH"], "XDG_CACHE_HOME": str(tmp_path)})
    assert (done.stdout.decode("utf-8"), done.stderr.decode("utf-8")) == (here.stdout, here.stderr)


class _OtherNames(HeldFiles):
    """A file system that finds a name in any spelling that it holds for the same."""

    def __init__(self, contents: dict[str, bytes], same: Callable[[str], str]) -> None:
        super().__init__(contents)
        self._spellings = {same(path): path for path in contents}
        self._same = same

    def _spelt(self, path: str) -> str:
        return self._spellings.get(self._same(path), path)

    def exists(self, path: str) -> bool:
        return super().exists(self._spelt(path))

    def read(self, path: str) -> bytes:
        return super().read(self._spelt(path))

    def fingerprint(self, path: str) -> tuple[int, str] | None:
        return super().fingerprint(self._spelt(path))


@pytest.mark.parametrize(
    "same",
    [str.casefold, lambda path: unicodedata.normalize("NFC", path), lambda path: path],
    ids=["capitals alike", "å in one letter or two", "as written"],
)
def test_other_ideas_of_names_change_no_answer(same: Callable[[str], str], base_files: dict[str, bytes]) -> None:
    strategy = "strategies/provplan/strategy.yaml"
    files = dict(base_files)
    files[strategy] = files[strategy].replace(b"plan.txt", "plån.txt".encode())
    document = files.pop("strategies/provplan/documents/plan.txt")
    spelling: Literal["NFC", "NFD"] = "NFD" if same("a\u030a") == "å" else "NFC"
    files["strategies/provplan/documents/" + unicodedata.normalize(spelling, "plån.txt")] = document
    loaded = load_files(_OtherNames(files, same))
    plain = load_files(HeldFiles(base_files))
    assert [finding.rule.code for finding in loaded.findings] == [finding.rule.code for finding in plain.findings]
    assert [one.card for one in score_workspace(loaded.workspace)] == [
        one.card for one in score_workspace(plain.workspace)
    ]
