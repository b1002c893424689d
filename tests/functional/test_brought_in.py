"""Documents on the page: where one that is brought in lies, what it is shown as, and what stays on this computer."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
import yaml
from served import Served, serving_here

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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


@pytest.fixture
def page(workspace: Path) -> Iterator[Served]:
    with serving_here(workspace) as served:
        yield served


def _bring(page: Served, address: str, name: str, data: bytes) -> int:
    fields = "".join(f'--x\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{NEW[key]}\r\n' for key in NEW)
    head = f'--x\r\nContent-Disposition: form-data; name="document"; filename="{name}"\r\n\r\n'
    body = (fields + head).encode() + data + b"\r\n--x--\r\n"
    return page.ask("POST", address, {"Content-Type": "multipart/form-data; boundary=x"}, body).status


def test_what_is_brought_in_lies_in_its_own_place(page: Served) -> None:
    before = {path for path in page.root.parent.rglob("*") if path.is_file()}
    for number, name in enumerate(NAMES):
        assert _bring(page, "/strategi/provplan/utgava", name, f"Text {number}.".encode()) == 303, name
    made = {path for path in page.root.parent.rglob("*") if path.is_file()} - before
    assert {path.parent for path in made} == {page.root / "strategies/provplan/documents"}
    assert sorted(path.read_text("utf-8") for path in made) == [f"Text {number}." for number in range(len(NAMES))]
    for name in ("plan.exe", "plan", "plan.txt/", "plan.svg"):
        assert _bring(page, "/strategi/provplan/utgava", name, b"x") == 409, name
    assert {path for path in page.root.parent.rglob("*") if path.is_file()} - before == made


@pytest.mark.parametrize("ending", ["html", "xhtml", "svg"])
def test_a_document_is_never_a_page(page: Served, ending: str) -> None:
    data = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/><script>alert(1)</script>"
    (page.root / f"strategies/provplan/documents/plan.{ending}").write_bytes(data)
    text = (page.root / STRATEGY).read_text("utf-8").replace("plan.txt", f"plan.{ending}")
    old = text.partition("sha256: ")[2].partition("\n")[0]
    (page.root / STRATEGY).write_text(text.replace(old, sha256(data).hexdigest()), "utf-8")
    reply = page.ask("GET", "/dokument/provplan/remiss")
    assert (reply.status, reply.body) == (200, data.decode())
    assert reply.header("content-type") == "text/plain; charset=utf-8"
    assert reply.header("content-disposition").startswith("attachment")
    assert reply.header("x-content-type-options") == "nosniff"
    assert "sandbox" in reply.header("content-security-policy")


def test_the_page_neither_changes_nor_hands_out_what_only_this_computer_has(page: Served) -> None:
    secret = page.root.parent / "hemligt.txt"
    secret.write_text("Inte för andra.", "utf-8")
    values = yaml.safe_load((page.root / STRATEGY).read_bytes())
    values["editions"][0] |= {"sha256": sha256(secret.read_bytes()).hexdigest()}
    del values["editions"][0]["document"]
    (page.root / STRATEGY).write_text(yaml.safe_dump(values, allow_unicode=True), "utf-8")
    local = page.root / ".granskning/local.yaml"
    local.parent.mkdir(exist_ok=True)
    local.write_text(f"schema: granskning/local/1\ndocuments:\n  provplan/remiss: {secret}\n", "utf-8")
    before = local.read_bytes()
    assert page.ask("GET", "/dokument/provplan/remiss").status == 404
    assert page.ask("GET", "/text/.granskning/local.yaml").status == 404
    assert page.post("/text/.granskning/local.yaml", {"text": "x", "opened": ""}).status >= 400
    assert local.read_bytes() == before
