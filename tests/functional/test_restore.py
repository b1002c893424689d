"""A backup that is put back elsewhere says the same: a clone, and a folder packed and unpacked."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Past, Run

pytestmark = pytest.mark.usefixtures("printed_once")

REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"


def _clone(root: Path, place: Path) -> Path:
    subprocess.run(["git", "clone", "-q", root, place], check=True, capture_output=True)
    return place


def _unzip(root: Path, place: Path) -> Path:
    packed = shutil.make_archive(str(place.with_name("kopia")), "zip", root)
    shutil.unpack_archive(packed, place)
    return place


def _answers(granskning: Run, root: Path, report: Path) -> list[object]:
    """What the folder says of itself and of a report that was made before."""
    words = (("check", "--format", "json"), ("score", "--format", "json"), ("history", "--format", "json"))
    told = [granskning("--no-cache", *command, cwd=root) for command in words]
    verified = granskning("--no-cache", "verify", str(report), "--format", "json", cwd=root)
    answer = json.loads(verified.stdout)
    return [*((done.returncode, done.stdout) for done in told), verified.returncode, answer]


@pytest.mark.parametrize("restore", [_clone, _unzip])
def test_what_was_put_back_says_the_same(granskning: Run, past: Past, tmp_path: Path, restore: object) -> None:
    past.change(REVIEW, ("level: 1", "level: 2"))
    past.commit("ändrad")
    report = tmp_path / "rapport.pdf"
    assert granskning("render", REVIEW, "-o", str(report), cwd=past.root).returncode == 0
    before = _answers(granskning, past.root, report)
    place = restore(past.root, tmp_path / "aterstalld")  # type: ignore[operator]  # one of the two above
    shutil.move(past.root, tmp_path / "borta")
    assert _answers(granskning, place, report) == before
    assert before[0][0] in (0, 1)  # type: ignore[index]
    again = granskning("render", REVIEW, "-o", str(tmp_path / "igen.pdf"), cwd=place)
    assert again.returncode == 0
    assert (tmp_path / "igen.pdf").read_bytes() == report.read_bytes()
