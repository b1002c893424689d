"""A picture or a file as evidence: kept with its hash, confined, limited, told when it is gone or another."""

from __future__ import annotations

import html
import re
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
import yaml
from served import Served, serving_here

from granskning.tasks.editing import evidence_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from served import Reply

    from conftest import Run

AT = "/granskning/provplan/2026-11/granskaren"
REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
PNG = b"\x89PNG\r\n\x1a\n" + b"bild"


@pytest.fixture
def page(workspace: Path) -> Iterator[Served]:
    with serving_here(workspace) as served:
        yield served


def words(body: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def send(page: Served, name: str, data: bytes, told: str = "Skylten vid stationen.") -> Reply:
    head = f'--g\r\nContent-Disposition: form-data; name="paraphrase"\r\n\r\n{told}\r\n'
    head += f'--g\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    return page.ask("POST", f"{AT}/fil/resor-vardag", {"Content-Type": "multipart/form-data; boundary=g"},
                    head.encode() + data + b"\r\n--g--\r\n")  # fmt: skip


def test_a_picture_becomes_evidence_with_its_hash(page: Served, granskning: Run) -> None:
    assert send(page, "../../Skylt åt höger.PNG", PNG).status == 303
    evidence = yaml.safe_load((page.root / REVIEW).read_bytes())["answers"]["resor-vardag"]["evidence"]
    digest = sha256(PNG).hexdigest()
    assert evidence[1] == {
        "file": f"evidence/skylt-at-hoger-{digest[:8]}.png", "sha256": digest, "paraphrase": "Skylten vid stationen.",
    }  # fmt: skip
    kept = page.root / "strategies/provplan" / evidence[1]["file"]
    assert kept.read_bytes() == PNG
    assert granskning("check", cwd=page.root).returncode == 0
    name = kept.name
    shown = page.ask("GET", f"/belagg/provplan/{name}")
    assert (shown.status, shown.header("content-type")) == (200, "image/png")
    assert "sandbox" in shown.header("content-security-policy")
    assert f"/belagg/provplan/{name}" in page.ask("GET", f"{AT}/fraga/resor-vardag").body
    report = words(page.ask("GET", f"{AT}/rapport?form=html").body)
    assert f"Filen evidence/{name}" in report
    assert digest[:12] in report
    assert granskning("export", "--table", "evidence", "--format", "csv", "-o", "b.csv", cwd=page.root).returncode == 0
    assert digest in (page.root / "b.csv").read_text("utf-8")
    assert granskning("export", "-o", "b.xlsx", cwd=page.root).returncode == 0
    assert granskning("import", "b.xlsx", cwd=page.root).stdout == ""
    kept.write_bytes(PNG + b"!")
    assert "GR806" in granskning("check", cwd=page.root).stdout
    kept.unlink()
    assert "GR805" in granskning("check", cwd=page.root).stdout


@pytest.mark.parametrize(("name", "data", "told"), [
    ("a.png", b"", "x"), ("a.svg", b"<svg/>", "x"), ("a.png", b"<html>", "x"), ("a.png", PNG, ""),
])  # fmt: skip
def test_what_is_no_picture_is_refused(page: Served, name: str, data: bytes, told: str) -> None:
    before = (page.root / REVIEW).read_bytes()
    assert send(page, name, data, told).status == 409
    assert (page.root / REVIEW).read_bytes() == before
    assert not (page.root / "strategies/provplan/evidence").exists()


def test_a_file_too_large_is_refused(page: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence_file, "LARGEST", 10)
    assert send(page, "a.png", PNG).status == 409


@pytest.mark.parametrize("name", ["..%2Fstrategy.yaml", "..%2F..%2Fgranskning.yaml", "strategy.yaml", "finns-inte.png"])
def test_nothing_else_is_shown_as_evidence(page: Served, name: str) -> None:
    assert page.ask("GET", f"/belagg/provplan/{name}").status in (404, 409)
