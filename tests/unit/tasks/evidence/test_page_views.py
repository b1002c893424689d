"""What the page shows of a document: pages as pictures, quotations as one types, passages marked where they stand."""

from __future__ import annotations

import hashlib
import shutil
from typing import TYPE_CHECKING

import pytest

from granskning.errors import UnreadableFileError
from granskning.tasks.evidence.documents import Documents
from granskning.tasks.evidence.page_views import DocumentView
from granskning.tasks.folder.open import open_workspace
from small_pdf import small_pdf

if TYPE_CHECKING:
    from pathlib import Path

LONG = "Kvinnor och män ska ha samma makt\natt forma samhället och sina egna liv."


@pytest.fixture
def view(cases: Path, tmp_path: Path) -> DocumentView:
    shutil.copytree(cases / "base", tmp_path, dirs_exist_ok=True)
    data = small_pdf("Förord", f"1 Makt\n{LONG}\nMera text.", labels=("i", "1"))
    file = tmp_path / "strategies/provplan/strategy.yaml"
    text = file.read_text("utf-8").partition("    document:")[0]
    digest = hashlib.sha256(data).hexdigest()
    file.write_text(f"{text}    document: documents/plan.pdf\n    sha256: {digest}\n", "utf-8")
    (tmp_path / "strategies/provplan/documents/plan.pdf").write_bytes(data)
    root, loaded = open_workspace(tmp_path)
    return DocumentView(Documents(root, loaded.workspace), "provplan", "remiss")


def test_a_page_is_a_picture(view: DocumentView) -> None:
    assert view.picture(2).startswith(b"\x89PNG")
    with pytest.raises(UnreadableFileError):
        view.picture(3)


def test_a_selected_sentence_becomes_evidence(view: DocumentView) -> None:
    evidence = view.evidence_of(LONG, number=2)
    assert evidence is not None
    assert (evidence.edition, evidence.page, evidence.pdf_page) == ("remiss", "1", 2)
    assert evidence.quote == LONG.replace("\n", " ")
    assert view.evidence_of("Detta står inte i planen, varken här eller där.") is None


def test_a_passage_is_marked_line_by_line(view: DocumentView) -> None:
    verdict = view.look_up(LONG)
    assert verdict.passage is not None
    [page] = view.marked(verdict.passage)
    assert (page.number, page.label) == (2, "1")
    first, second = page.lines
    assert first.bottom < second.top + 0.02
    assert abs(first.left - 50 / 595) < 0.01
    assert 0.05 < first.top < 0.15
    assert first.right > first.left + 0.2


def test_what_is_typed_is_looked_up(view: DocumentView) -> None:
    assert view.look_up("Kvinnor och pojkar ska ha samma makt att forma samhället", pdf_page=2).status == "changed"
