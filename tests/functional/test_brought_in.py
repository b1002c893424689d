"""Documents on the page: where one that is brought in lies, what it is shown as, and what stays on this computer."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
import yaml

if TYPE_CHECKING:
    from served import Served

NEW = {"title": "Ny plan", "owner": "Provlän", "area": "infrastruktur", "stage": "adopted", "date": "2026", "keep": "1"}
NAMES = (
    "../../../utanför.txt",
    "/etc/utanför.txt",
    "C:\\\\utanför.txt",
    ".txt",
    "a" * 300 + ".txt",
    "con.txt",
    "x%2F..%2Fy.txt",
)
STRATEGY = "strategies/provplan/strategy.yaml"


def _bring(site: Served, address: str, name: str, data: bytes) -> int:
    fields = "".join(f'--x\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{NEW[key]}\r\n' for key in NEW)
    head = f'--x\r\nContent-Disposition: form-data; name="document"; filename="{name}"\r\n\r\n'
    body = (fields + head).encode() + data + b"\r\n--x--\r\n"
    return site.ask("POST", address, {"Content-Type": "multipart/form-data; boundary=x"}, body).status


def test_what_is_brought_in_lies_in_its_own_place(site: Served) -> None:
    before = {path for path in site.root.parent.rglob("*") if path.is_file()}
    for number, name in enumerate(NAMES):
        assert _bring(site, "/strategi/provplan/utgava", name, f"Text {number}.".encode()) == 303, name
    made = {path for path in site.root.parent.rglob("*") if path.is_file()} - before
    assert {path.parent for path in made} == {site.root / "strategies/provplan/documents"}
    assert sorted(path.read_text("utf-8") for path in made) == [f"Text {number}." for number in range(len(NAMES))]
    for name in ("plan.exe", "plan", "plan.txt/", "plan.svg"):
        assert _bring(site, "/strategi/provplan/utgava", name, b"x") == 409, name
    assert {path for path in site.root.parent.rglob("*") if path.is_file()} - before == made


@pytest.mark.parametrize("ending", ["html", "xhtml", "svg"])
def test_a_document_is_never_a_page(site: Served, ending: str) -> None:
    data = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/><script>alert(1)</script>"
    (site.root / f"strategies/provplan/documents/plan.{ending}").write_bytes(data)
    text = (site.root / STRATEGY).read_text("utf-8").replace("plan.txt", f"plan.{ending}")
    old = text.partition("sha256: ")[2].partition("\n")[0]
    (site.root / STRATEGY).write_text(text.replace(old, sha256(data).hexdigest()), "utf-8")
    reply = site.ask("GET", "/dokument/provplan/remiss")
    assert (reply.status, reply.body) == (200, data.decode())
    assert reply.header("content-type") == "text/plain; charset=utf-8"
    assert reply.header("content-disposition").startswith("attachment")
    assert reply.header("x-content-type-options") == "nosniff"
    assert "sandbox" in reply.header("content-security-policy")


def test_the_page_neither_changes_nor_hands_out_what_only_this_computer_has(site: Served) -> None:
    secret = site.root.parent / "hemligt.txt"
    secret.write_text("Inte för andra.", "utf-8")
    values = yaml.safe_load((site.root / STRATEGY).read_bytes())
    values["editions"][0] |= {"sha256": sha256(secret.read_bytes()).hexdigest()}
    del values["editions"][0]["document"]
    (site.root / STRATEGY).write_text(yaml.safe_dump(values, allow_unicode=True), "utf-8")
    local = site.root / ".granskning/local.yaml"
    local.parent.mkdir(exist_ok=True)
    local.write_text(f"schema: granskning/local/1\ndocuments:\n  provplan/remiss: {secret}\n", "utf-8")
    before = local.read_bytes()
    assert site.ask("GET", "/dokument/provplan/remiss").status == 404
    assert site.ask("GET", "/text/.granskning/local.yaml").status == 404
    assert site.post("/text/.granskning/local.yaml", {"text": "x", "opened": ""}).status >= 400
    assert local.read_bytes() == before
