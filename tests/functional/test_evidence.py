"""`granskning evidence` and `check --evidence`: quotations looked up in every kind of document, and pages put right."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import zipfile
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from docx import Document

from hostile_files import PDFS
from quoted_folder import HERE, OTHER, PAGES, REVIEW, put
from small_pdf import PICTURE, small_pdf

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run


@pytest.fixture
def folder(cases: Path, tmp_path: Path) -> Path:
    """The sound base folder."""
    shutil.copytree(cases / "base", tmp_path, dirs_exist_ok=True)
    return tmp_path


def cite(folder: Path, quote: str, **place: object) -> None:
    """Let the review's quotation be this one."""
    file = folder / REVIEW
    before, _, rest = file.read_text("utf-8").partition("      - edition: remiss\n")
    _, _, after = rest.partition("  resor-barn:")
    keys = "".join(f"        {key}: {value}\n" for key, value in place.items()) or "        section: Resor\n"
    item = f"      - edition: remiss\n{keys}        quote: >-  # citerat\n          {quote}\n"
    file.write_text(f"{before}{item}  resor-barn:{after}", "utf-8")


def looked_up(run: Run, *arguments: str) -> tuple[dict[str, Any], int]:
    """The one row, and the exit code."""
    done = run("evidence", "--format", "json", *arguments)
    [row] = json.loads(done.stdout)["evidence"]
    return row, done.returncode


def docx(*paragraphs: tuple[str, str]) -> bytes:
    made, out = Document(), io.BytesIO()
    for style, text in paragraphs:
        made.add_paragraph(text, style=style)
    made.save(out)
    return out.getvalue()


def odt(body: str) -> bytes:
    names = "".join(f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text"))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        packed.writestr(
            "content.xml",
            f"<office:document-content{names}><office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>",
        )
    return out.getvalue()


DOCUMENTS = {
    "plan.pdf": small_pdf(*PAGES),
    "plan.docx": docx(("Heading 1", "1 Resor"), ("Normal", HERE), ("Heading 1", "2 Makt"), ("Normal", OTHER)),
    "plan.odt": odt(f'<text:h text:outline-level="1">Resor</text:h><text:p>Omsorgs<text:span>resor</text:span> nämns'
                    f'<text:s/>en gång.</text:p><text:h>Makt</text:h><text:p>{OTHER}</text:p>'),
    "plan.html": "<title>x</title><h1>Resor</h1><p>Omsorgs<b>resor</b> nämns\n en gång.<h2>Makt</h2>".encode("cp1252"),
    "plan.txt": f"Resor\n{HERE}\nMakt\n{OTHER}\n".encode("utf-16"),
}  # fmt: skip


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_kind_of_document_is_read(name: str, folder: Path, granskning: Run) -> None:
    put(folder, name, DOCUMENTS[name])
    cite(folder, HERE, section="Resor")
    row, code = looked_up(granskning)
    has_pages = name.endswith(".pdf")
    assert (row["status"], row["found_pdf_page"], code) == ("found", 2 if has_pages else None, 0)
    cite(folder, HERE, section="Makt")
    row, _ = looked_up(granskning)
    assert row["status"] == ("found" if name.endswith((".pdf", ".txt")) else "moved"), "headings tell where it stands"


def test_each_status_with_its_exit_code(folder: Path, granskning: Run) -> None:
    put(folder, "plan.pdf", small_pdf(*PAGES, PICTURE, labels=("i", "1", "2", "3")))
    for quote, place, status, page, counted, code in (
        (HERE, {"page": 1}, "found", "1", 2, 0),
        (HERE, {"page": 2, "pdf_page": 2}, "found", "1", 2, 0),
        (HERE, {"page": 2}, "moved", "1", 2, 0),
        ("Omsorgsresor nämns sju gånger.", {"page": 1}, "changed", "1", 2, 1),
        ("Regionen bygger fiber i varje tätort.", {"page": 1}, "gone", None, None, 1),
        ("Regionen bygger fiber i varje tätort.", {"page": 3}, "unreadable", None, None, 1),
    ):
        cite(folder, quote, **place)
        row, exit_code = looked_up(granskning)
        assert (row["status"], row["found_page"], row["found_pdf_page"], exit_code) == (status, page, counted, code)
        assert row["line"] == 17
        assert row["page"] == str(place["page"])
        assert row["pdf_page"] == place.get("pdf_page")
        done = granskning("check", "--evidence", "--format", "json")
        codes = {one["code"] for one in json.loads(done.stdout)["findings"]}
        expected = {"moved": "GR610", "changed": "GR611", "gone": "GR612", "unreadable": "GR613"}
        assert codes == ({expected[status]} if status in expected else {"GR614"} if "pdf_page" in place else set())
        assert done.returncode == code
        assert granskning("check").returncode == 0, "plain check looks nothing up"


def test_fix_writes_page_numbers_and_nothing_else(folder: Path, granskning: Run) -> None:
    put(folder, "plan.pdf", small_pdf(*PAGES, labels=("i", "1", "2")))
    cite(folder, HERE, page="2  # som tryckt", pdf_page=3)
    file = folder / REVIEW
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    before = file.read_bytes()
    proposed = granskning("evidence")
    assert file.read_bytes() == before
    assert "page: 2" in proposed.stdout
    fixed = granskning("evidence", "--fix")
    assert file.read_bytes() == before.replace(b"page: 2  #", b"page: 1  #").replace(b"pdf_page: 3", b"pdf_page: 2")
    assert fixed.stdout.count(f"{REVIEW}:17") == 2
    row, _ = looked_up(granskning)
    assert (row["status"], row["pages_disagree"]) == ("found", False)


def test_a_document_outside_the_folder(folder: Path, granskning: Run, tmp_path_factory: pytest.TempPathFactory) -> None:
    data = small_pdf(*PAGES)
    outside = tmp_path_factory.mktemp("utanför") / "plan.pdf"
    outside.write_bytes(data)
    file = folder / "strategies/provplan/strategy.yaml"
    text = file.read_text("utf-8").partition("    document:")[0]
    file.write_text(f"{text}    address: https://exempel.se/plan.pdf\n    retrieved: 2026-05-02\n"
                    f"    sha256: {hashlib.sha256(data).hexdigest()}\n", "utf-8")  # fmt: skip
    cite(folder, HERE, page=2)
    assert looked_up(granskning)[0]["status"] == "unreadable"
    local = folder / ".granskning/local.yaml"
    local.parent.mkdir(exist_ok=True)
    local.write_text(f"documents:\n  provplan/remiss: {outside}\n", "utf-8")
    assert looked_up(granskning) == (looked_up(granskning)[0] | {"status": "found", "found_page": "2"}, 0)
    outside.write_bytes(data + b"\n")
    row, code = looked_up(granskning)
    assert (row["status"], code) == ("unreadable", 1)
    assert "SHA-256" in row["reason"]
    assert "GR607" in granskning("check").stdout
    outside.unlink()
    row, code = looked_up(granskning)
    assert (row["status"], code) == ("unreadable", 1)


def test_what_cannot_be_read_stops_nothing_else(folder: Path, granskning: Run) -> None:
    for name, data in (
        ("plan.pdf", b"rubbish"),
        ("plan.pdf", small_pdf(*PAGES)[:300]),
        ("plan.pdf", PDFS["a tree of pages that holds itself"]()),
        ("plan.docx", b"PK\x03\x04 no zip"),
        ("plan.pdf", b""),
    ):
        put(folder, name, data)
        cite(folder, HERE, page=2)
        row, code = looked_up(granskning)
        assert (row["status"], code) == ("unreadable", 1)
        assert row["reason"]
        assert not row["reason"].startswith("{")
        done = granskning("check")
        assert "GR604" in done.stdout or "GR606" in done.stdout


@pytest.mark.parametrize("kind", ["pipe", "device", "link out", "none"])
def test_what_is_no_ordinary_file_is_unreadable(kind: str, folder: Path, granskning: Run) -> None:
    put(folder, "plan.pdf", small_pdf(*PAGES))
    document = folder / "strategies/provplan/documents/plan.pdf"
    document.unlink()
    if kind == "pipe":
        os.mkfifo(document)
    elif kind == "device":
        document.symlink_to("/dev/zero")
    elif kind == "link out":
        document.symlink_to("/etc/hostname")
    cite(folder, HERE, page=2)
    row, code = looked_up(granskning)
    assert (row["status"], code) == ("unreadable", 1)


def test_nothing_is_remembered_of_another_document(folder: Path, granskning: Run) -> None:
    put(folder, "plan.pdf", small_pdf(*PAGES))
    cite(folder, HERE, page=2)
    assert looked_up(granskning)[0]["found_page"] == "2"
    put(folder, "plan.pdf", small_pdf("Mera", *PAGES))
    assert looked_up(granskning)[0]["found_page"] == "3"
    assert looked_up(granskning)[0]["found_page"] == "3"


def test_only_what_is_named_is_looked_up(folder: Path, granskning: Run) -> None:
    put(folder, "plan.pdf", small_pdf(*PAGES))
    cite(folder, HERE, page=2)
    other = folder / "strategies/provplan/reviews/2026-11/annan.yaml"
    other.write_text((folder / REVIEW).read_text("utf-8").replace("granskaren", "annan"), "utf-8")
    done = granskning("evidence", str(REVIEW), "--format", "json")
    assert [row["file"] for row in json.loads(done.stdout)["evidence"]] == [REVIEW]
    counts = json.loads(granskning("evidence", "--format", "json").stdout)["counts"]
    assert (counts["found"], counts["paraphrases"]) == (2, 2)


def test_pages_of_an_edition_are_checked_without_its_document(folder: Path, granskning: Run) -> None:
    put(folder, "plan.pdf", small_pdf(*PAGES), pages=3)
    cite(folder, HERE, page=999)
    assert "GR601" in granskning("check").stdout
    cite(folder, HERE, page='"2–999"')
    assert "GR601" in granskning("check").stdout
    cite(folder, HERE, page='"2–3"')
    assert "GR601" not in granskning("check").stdout


def test_a_locked_document_and_one_that_is_another_than_was_reviewed(folder: Path, granskning: Run) -> None:
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(small_pdf(*PAGES))) as document:
        document.save(locked, encryption=pikepdf.Encryption(owner="o", user="u"))
    put(folder, "plan.pdf", locked.getvalue())
    cite(folder, HERE, page=2)
    row, code = looked_up(granskning)
    assert (row["status"], row["reason"], code) == ("unreadable", "it is locked with a password", 1)
    put(folder, "plan.pdf", small_pdf(*PAGES), sha256="0" * 64)
    row, code = looked_up(granskning)
    assert (row["status"], code) == ("unreadable", 1)
    assert "another SHA-256" in row["reason"]
    assert "GR310" in granskning("check").stdout


def test_a_page_beyond_the_end_of_a_long_document_is_put_right(folder: Path, granskning: Run) -> None:
    put(folder, "plan.pdf", small_pdf(*(f"Sida {number}" for number in range(1_200)), PAGES[1]))
    cite(folder, HERE, page=5000)
    row, code = looked_up(granskning)
    assert (row["status"], row["found_pdf_page"], code) == ("moved", 1_201, 0)
