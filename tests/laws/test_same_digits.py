"""Terminal, JSON, CSV, HTML and PDF show the same results, to the same digits."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from contextlib import redirect_stdout
from html import unescape
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from granskning.cli.app import run
from granskning.edges.printing.pdf import missing_libraries

FRAMEWORKS = sorted(path.parent for path in (Path(__file__).parents[1] / "frameworks").glob("*/published.yaml"))
PRINTED = ("agree-ii", "breeam", "hdi", "pefa")
"""Those whose PDFs are read too: shares, long numbers, roots and levels in words."""
needs_pango = pytest.mark.skipif(bool(missing_libraries()), reason="no Pango here")


def told(folder: Path, *arguments: str) -> str:
    """What a command says in Swedish, with one kind of space."""
    with redirect_stdout(io.StringIO()) as out:
        code = run(["-C", str(folder), "--lang", "sv", *arguments])
    assert code == 0, out.getvalue()
    return out.getvalue()


def plainly(text: str) -> str:
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{SOFT HYPHEN}", "").split())


def results(folder: Path, review: Path) -> dict[str, Any]:
    """The results of one review in JSON: those of the targets by id, and `total`."""
    [one] = json.loads(told(folder, "score", str(review), "--format", "json"))["reviews"]
    return {"total": one["total"], **{target["id"]: target for target in one["targets"]}}


def swedish(folder: Path, tmp_path: Path) -> Path:
    """A copy whose reports are in Swedish, as what the commands say here is."""
    copy = tmp_path / folder.name
    shutil.copytree(folder, copy)
    settings = copy / "granskning.yaml"
    settings.write_text(settings.read_text("utf-8").replace("language: en", "language: sv"), "utf-8")
    return copy


def figures(found: dict[str, Any]) -> list[str]:
    """All results that are shown, as they are shown."""
    return [plainly(one["shown"]) for one in found.values() if one["shown"] is not None]


@pytest.mark.parametrize("folder", FRAMEWORKS, ids=lambda one: one.name)
def test_terminal_json_csv_and_html_agree(folder: Path, tmp_path: Path) -> None:
    copy = swedish(folder, tmp_path)
    for review in sorted(copy.glob("strategies/*/reviews/*/*.yaml"))[::7]:
        found = results(copy, review)
        in_order = [*(one for place, one in found.items() if place != "total"), found["total"]]
        lines = [line for line in told(copy, "score", str(review)).splitlines()[2:] if "─" not in line]
        for line, one in zip(lines, in_order, strict=False):  # the whole comes last, and other lines after it
            assert one["shown"] is None or f" {plainly(one['shown'])[:29]}" in plainly(line), (review, line)
        kept = csv.DictReader(io.StringIO(told(copy, "score", str(review), "--format", "csv")), delimiter=";")
        for row, one in zip(kept, in_order, strict=True):
            if row["value"] and not row["outcome"]:
                assert row["value"] == one["shown"], review
        page = tmp_path / "page.html"
        told(copy, "render", str(review), "--format", "html", "-o", str(page))
        text = plainly(unescape(re.sub(r"<[^>]+>", " ", page.read_text("utf-8"))))
        for figure in figures(found):  # a page says by `lang` what is in another language
            assert figure.removeprefix("[bara på engelska] ") in text, (review, figure)


@needs_pango
@pytest.mark.parametrize("name", PRINTED)
def test_the_pdf_agrees_too(name: str, tmp_path: Path) -> None:
    copy = swedish(Path(__file__).parents[1] / "frameworks" / name, tmp_path)
    review = min(copy.glob("strategies/*/reviews/*/*.yaml"))
    told(copy, "render", str(review), "-o", str(tmp_path / "page.pdf"))
    document = pypdfium2.PdfDocument(tmp_path / "page.pdf")
    text = plainly(" ".join(page.get_textpage().get_text_bounded() for page in document))
    for figure in figures(results(copy, review)):
        assert figure in text, figure
