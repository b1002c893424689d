"""Remarks between people at an answer: written, answered, closed, and nowhere in what is saved or published."""

from __future__ import annotations

import io
import subprocess
import zipfile
from typing import TYPE_CHECKING

import yaml
from served import Served, words

if TYPE_CHECKING:
    from conftest import Run

AT = "/granskning/provplan/2026-11/granskaren"
REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
REMARKS = "strategies/provplan/remarks/2026-11/granskaren.yaml"
BETWEEN_US = "Bara mellan oss: kapitlet är svagt."


def test_a_remark_is_written_answered_and_closed(site: Served) -> None:
    before = (site.root / REVIEW).read_bytes()
    at = f"{AT}/synpunkt/resor-vardag"
    assert site.post(at, {"text": " ", "role": "Controller"}).status == 409
    assert site.post(at, {"text": BETWEEN_US, "role": ""}).status == 409
    assert not (site.root / REMARKS).exists()
    assert site.post(at, {"text": BETWEEN_US, "role": "Planerare kollektivtrafik"}).status == 303
    assert site.post(at, {"remark": "1", "text": "Jag ser på det.", "role": "Controller"}).status == 303
    shown = words(site.ask("GET", f"{AT}/fraga/resor-vardag").body)
    assert "1 öppen" in shown
    for told in (BETWEEN_US, "Jag ser på det.", "planerare kollektivtrafik", "controller"):
        assert told in shown, told
    assert BETWEEN_US not in words(site.ask("GET", f"{AT}/fraga/resor-barn").body)
    assert "1 synpunkt är öppen" in words(site.ask("GET", f"{AT}/lamna-in").body)
    assert site.post(at, {"remark": "1", "close": "1", "role": "Controller"}).status == 303
    assert "avslutad av controller" in words(site.ask("GET", f"{AT}/fraga/resor-vardag").body)
    held = yaml.safe_load((site.root / REMARKS).read_bytes())["remarks"][0]
    assert (held["role"], held["closed"]["role"]) == ("planerare-kollektivtrafik", "controller")
    assert site.post(at, {"remark": "7", "text": "x", "role": "Controller"}).status == 409
    assert (site.root / REVIEW).read_bytes() == before


def test_remarks_are_in_no_version_report_or_export(site: Served, granskning: Run) -> None:
    assert site.post(f"{AT}/synpunkt/resor-vardag", {"text": BETWEEN_US, "role": "Controller"}).status == 303
    assert granskning("check", cwd=site.root).returncode == 0
    for words_ in (("init", "-q"), ("config", "user.name", "p"), ("config", "user.email", "p@exempel.se")):
        subprocess.run(["git", *words_], cwd=site.root, check=True)
    assert granskning("save", "-m", "allt", cwd=site.root).returncode == 0
    tracked = subprocess.run(["git", "ls-files"], cwd=site.root, capture_output=True, text=True, check=True).stdout
    assert REVIEW in tracked
    assert "remarks" not in tracked
    for path in (f"{AT}/rapport?form=html", "/strategi/provplan/rapport?form=html", "/portfolj?form=html", AT):
        assert BETWEEN_US not in words(site.ask("GET", path).body), path
    assert granskning("export", "--format", "json", "-o", "ut.json", cwd=site.root).returncode == 0
    assert BETWEEN_US not in (site.root / "ut.json").read_text("utf-8")
    assert granskning("export", "-o", "ut.xlsx", cwd=site.root).returncode == 0
    with zipfile.ZipFile(io.BytesIO((site.root / "ut.xlsx").read_bytes())) as packed:
        assert not [name for name in packed.namelist() if BETWEEN_US.encode() in packed.read(name)]


def test_a_folder_may_keep_remarks_in_its_versions(site: Served) -> None:
    assert site.post(f"{AT}/synpunkt/resor-vardag", {"text": "Först.", "role": "Controller"}).status == 303
    ignoring = site.root / "strategies/provplan/remarks/.gitignore"
    assert ignoring.read_text("utf-8").endswith("*\n")
    ignoring.unlink()
    assert site.post(f"{AT}/synpunkt/resor-vardag", {"text": "Sedan.", "role": "Controller"}).status == 303
    assert not ignoring.exists()


def test_a_broken_file_of_remarks_is_told_and_left(site: Served) -> None:
    path = site.root / REMARKS
    path.parent.mkdir(parents=True)
    path.write_text("schema: granskning/remarks/1\nremarks: [1]\n", "utf-8")
    shown = words(site.ask("GET", f"{AT}/fraga/resor-vardag").body)
    assert "har fel, så synpunkterna" in shown
    reply = site.post(f"{AT}/synpunkt/resor-vardag", {"text": "Kvar i svaret.", "role": "Controller"})
    assert reply.status == 409
    assert "Kvar i svaret." in words(reply.body)
    assert path.read_text("utf-8").endswith("[1]\n")


def test_remarks_of_a_hidden_review_stay_hidden(site: Served) -> None:
    assert site.post(f"{AT}/synpunkt/resor-vardag", {"text": BETWEEN_US, "role": "Controller"}).status == 303
    assert site.post("/omgang/provplan/2026-11/plan", {"blind": "1"}).status == 303
    for path in (f"{AT}/fraga/resor-vardag", f"{AT}/lamna-in"):
        assert BETWEEN_US not in words(site.ask("GET", path).body), path
    assert "blind" in words(site.post(f"{AT}/synpunkt/resor-vardag", {"text": "x", "role": "y"}).body)
