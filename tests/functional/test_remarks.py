"""Remarks between people at an answer: written, answered, closed, and nowhere in what is saved or published."""

from __future__ import annotations

import html
import io
import re
import subprocess
import zipfile
from typing import TYPE_CHECKING

import pytest
import yaml
from served import Served, serving_here

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Run

AT = "/granskning/provplan/2026-11/granskaren"
REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
REMARKS = "strategies/provplan/remarks/2026-11/granskaren.yaml"
BETWEEN_US = "Bara mellan oss: kapitlet är svagt."


@pytest.fixture
def page(workspace: Path) -> Iterator[Served]:
    with serving_here(workspace) as served:
        yield served


def words(body: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def test_a_remark_is_written_answered_and_closed(page: Served) -> None:
    before = (page.root / REVIEW).read_bytes()
    at = f"{AT}/synpunkt/resor-vardag"
    assert page.post(at, {"text": " ", "role": "Controller"}).status == 409
    assert page.post(at, {"text": BETWEEN_US, "role": ""}).status == 409
    assert not (page.root / REMARKS).exists()
    assert page.post(at, {"text": BETWEEN_US, "role": "Planerare kollektivtrafik"}).status == 303
    assert page.post(at, {"remark": "1", "text": "Jag ser på det.", "role": "Controller"}).status == 303
    shown = words(page.ask("GET", f"{AT}/fraga/resor-vardag").body)
    assert "1 öppen" in shown
    for told in (BETWEEN_US, "Jag ser på det.", "planerare kollektivtrafik", "controller"):
        assert told in shown, told
    assert BETWEEN_US not in words(page.ask("GET", f"{AT}/fraga/resor-barn").body)
    assert "1 synpunkt är öppen" in words(page.ask("GET", f"{AT}/lamna-in").body)
    assert page.post(at, {"remark": "1", "close": "1", "role": "Controller"}).status == 303
    assert "avslutad av controller" in words(page.ask("GET", f"{AT}/fraga/resor-vardag").body)
    held = yaml.safe_load((page.root / REMARKS).read_bytes())["remarks"][0]
    assert (held["role"], held["closed"]["role"]) == ("planerare-kollektivtrafik", "controller")
    assert page.post(at, {"remark": "7", "text": "x", "role": "Controller"}).status == 409
    assert (page.root / REVIEW).read_bytes() == before


def test_remarks_are_in_no_version_report_or_export(page: Served, granskning: Run) -> None:
    assert page.post(f"{AT}/synpunkt/resor-vardag", {"text": BETWEEN_US, "role": "Controller"}).status == 303
    assert granskning("check", cwd=page.root).returncode == 0
    for words_ in (("init", "-q"), ("config", "user.name", "p"), ("config", "user.email", "p@exempel.se")):
        subprocess.run(["git", *words_], cwd=page.root, check=True)
    assert granskning("save", "-m", "allt", cwd=page.root).returncode == 0
    tracked = subprocess.run(["git", "ls-files"], cwd=page.root, capture_output=True, text=True, check=True).stdout
    assert REVIEW in tracked
    assert "remarks" not in tracked
    for path in (f"{AT}/rapport?form=html", "/strategi/provplan/rapport?form=html", "/portfolj?form=html", AT):
        assert BETWEEN_US not in words(page.ask("GET", path).body), path
    assert granskning("export", "--format", "json", "-o", "ut.json", cwd=page.root).returncode == 0
    assert BETWEEN_US not in (page.root / "ut.json").read_text("utf-8")
    assert granskning("export", "-o", "ut.xlsx", cwd=page.root).returncode == 0
    with zipfile.ZipFile(io.BytesIO((page.root / "ut.xlsx").read_bytes())) as packed:
        assert not [name for name in packed.namelist() if BETWEEN_US.encode() in packed.read(name)]


def test_a_folder_may_keep_remarks_in_its_versions(page: Served) -> None:
    assert page.post(f"{AT}/synpunkt/resor-vardag", {"text": "Först.", "role": "Controller"}).status == 303
    ignoring = page.root / "strategies/provplan/remarks/.gitignore"
    assert ignoring.read_text("utf-8").endswith("*\n")
    ignoring.unlink()
    assert page.post(f"{AT}/synpunkt/resor-vardag", {"text": "Sedan.", "role": "Controller"}).status == 303
    assert not ignoring.exists()


def test_a_broken_file_of_remarks_is_told_and_left(page: Served) -> None:
    path = page.root / REMARKS
    path.parent.mkdir(parents=True)
    path.write_text("schema: granskning/remarks/1\nremarks: [1]\n", "utf-8")
    shown = words(page.ask("GET", f"{AT}/fraga/resor-vardag").body)
    assert "har fel, så synpunkterna" in shown
    reply = page.post(f"{AT}/synpunkt/resor-vardag", {"text": "Kvar i svaret.", "role": "Controller"})
    assert reply.status == 409
    assert "Kvar i svaret." in words(reply.body)
    assert path.read_text("utf-8").endswith("[1]\n")


def test_remarks_of_a_hidden_review_stay_hidden(page: Served) -> None:
    assert page.post(f"{AT}/synpunkt/resor-vardag", {"text": BETWEEN_US, "role": "Controller"}).status == 303
    assert page.post("/omgang/provplan/2026-11/plan", {"blind": "1"}).status == 303
    for path in (f"{AT}/fraga/resor-vardag", f"{AT}/lamna-in"):
        assert BETWEEN_US not in words(page.ask("GET", path).body), path
    assert "blind" in words(page.post(f"{AT}/synpunkt/resor-vardag", {"text": "x", "role": "y"}).body)
