"""A picture or a file as evidence: kept with its hash, confined, limited, told when it is gone or another."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
import yaml
from served import Served, words

from granskning.tasks.editing import evidence_file
from small_picture import small_png

if TYPE_CHECKING:
    from served import Reply

    from conftest import Run

pytestmark = pytest.mark.usefixtures("printed_once")

AT = "/granskning/provplan/2026-11/granskaren"
REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
PNG = b"\x89PNG\r\n\x1a\n" + b"bild"


def send(site: Served, name: str, data: bytes, told: str = "Skylten vid stationen.") -> Reply:
    head = f'--g\r\nContent-Disposition: form-data; name="paraphrase"\r\n\r\n{told}\r\n'
    head += f'--g\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    return site.ask("POST", f"{AT}/fil/resor-vardag", {"Content-Type": "multipart/form-data; boundary=g"},
                    head.encode() + data + b"\r\n--g--\r\n")  # fmt: skip


def test_a_picture_becomes_evidence_with_its_hash(site: Served, granskning: Run) -> None:
    assert send(site, "../../Skylt åt höger.PNG", PNG).status == 303
    evidence = yaml.safe_load((site.root / REVIEW).read_bytes())["answers"]["resor-vardag"]["evidence"]
    digest = sha256(PNG).hexdigest()
    assert evidence[1] == {
        "file": f"evidence/skylt-at-hoger-{digest[:8]}.png", "sha256": digest, "paraphrase": "Skylten vid stationen.",
    }  # fmt: skip
    kept = site.root / "strategies/provplan" / evidence[1]["file"]
    assert kept.read_bytes() == PNG
    assert granskning("check", cwd=site.root).returncode == 0
    name = kept.name
    shown = site.ask("GET", f"/belagg/provplan/{name}")
    assert (shown.status, shown.header("content-type")) == (200, "image/png")
    assert "sandbox" in shown.header("content-security-policy")
    assert f"/belagg/provplan/{name}" in site.ask("GET", f"{AT}/fraga/resor-vardag").body
    report = words(site.ask("GET", f"{AT}/rapport?form=html").body)
    assert f"Filen evidence/{name}" in report
    assert digest[:12] in report
    assert granskning("export", "--table", "evidence", "--format", "csv", "-o", "b.csv", cwd=site.root).returncode == 0
    assert digest in (site.root / "b.csv").read_text("utf-8")
    assert granskning("export", "-o", "b.xlsx", cwd=site.root).returncode == 0
    assert granskning("import", "b.xlsx", cwd=site.root).stdout == ""
    kept.write_bytes(PNG + b"!")
    assert "GR806" in granskning("check", cwd=site.root).stdout
    kept.unlink()
    assert "GR805" in granskning("check", cwd=site.root).stdout


@pytest.mark.parametrize(("name", "data", "told"), [
    ("a.png", b"", "x"), ("a.svg", b"<svg/>", "x"), ("a.png", b"<html>", "x"), ("a.png", PNG, ""),
])  # fmt: skip
def test_what_is_no_picture_is_refused(site: Served, name: str, data: bytes, told: str) -> None:
    before = (site.root / REVIEW).read_bytes()
    assert send(site, name, data, told).status == 409
    assert (site.root / REVIEW).read_bytes() == before
    assert not (site.root / "strategies/provplan/evidence").exists()


def test_a_file_too_large_is_refused(site: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence_file, "LARGEST", 10)
    assert send(site, "a.png", PNG).status == 409


@pytest.mark.parametrize("name", ["..%2Fstrategy.yaml", "..%2F..%2Fgranskning.yaml", "strategy.yaml", "finns-inte.png"])
def test_nothing_else_is_shown_as_evidence(site: Served, name: str) -> None:
    assert site.ask("GET", f"/belagg/provplan/{name}").status in (404, 409)


def test_a_small_picture_is_shown_in_the_report_and_the_report_can_be_proven(site: Served, granskning: Run) -> None:
    picture = small_png(240, 160)
    assert send(site, "skylt.png", picture).status == 303
    shown = site.ask("GET", f"{AT}/rapport?form=html").body
    assert 'class="shown" src="data:image/png;base64,' in shown
    assert 'alt="Skylten vid stationen."' in shown
    assert granskning("render", REVIEW, "-o", "r.pdf", cwd=site.root).returncode == 0
    verified = granskning("verify", "r.pdf", cwd=site.root)
    assert verified.returncode == 0, verified.stdout
    kept = next((site.root / "strategies/provplan/evidence").iterdir())
    kept.write_bytes(small_png(240, 160, shade=1))  # another than the review names
    assert 'class="shown"' not in site.ask("GET", f"{AT}/rapport?form=html&rapport=page").body
