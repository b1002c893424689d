"""Every kind of report as a PDF: what validators say, what a second reader says, and what we count ourselves."""

from __future__ import annotations

import io
import itertools
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import page as validator
import pikepdf
import pytest

import printed_pages
from granskning.i18n import Translator
from granskning.shipped import templates_folder
from granskning.tasks.editing.init import init_workspace
from granskning.tasks.folder.open import open_workspace
from granskning.tasks.proof.verify import verify_pdf
from granskning.tasks.reports.build import build
from granskning.tasks.reports.render import render_review
from granskning.tasks.reports.render_wide import render_criteria, render_wide
from tagged_pdf import (
    figures_seen,
    figures_told,
    headings_seen,
    headings_told,
    letters_seen,
    letters_spoken,
    reached,
    tags_seen,
    tags_told,
)
from two_rounds import CRITERIA, REVIEW, lay_out_two_rounds

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.usefixtures("printed_once")

PLAN = "exempellan-transportplan"
GOLDEN = {
    "review": f"{PLAN}/2026-11/samlad", "round": f"{PLAN}/2026-11", "strategy": f"{PLAN}/index",
    "change": f"{PLAN}/2026-04--2026-11", "annex": "annex", "criteria": "kriterier--jamstalld-tillvaxt/0.9.0",
}  # fmt: skip
"""Reports among the golden outputs, which are made in a run anyway."""
KINDS = (*GOLDEN, "portfolio")
KNOWN_TO_BE_FALSE = "TBL-010,TBL-014"
"""What outloud says of sound tables of ours: cells by width, and tables on several pages."""
FALSE_ON_ONE_PAGE = "TAG-002"
"""It knows a running foot by its being on several pages, and takes that of a single page for prose left out.

So it does with a running head of fewer than six pages, which it wants on every page, the first too.
"""


@pytest.fixture(scope="module")
def reports(golden_outputs: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[bytes, str]]:
    """PDF and HTML of one report of each kind; the portfolio is that of many strategies."""
    root = tmp_path_factory.mktemp("rapporter") / "arbetsmapp"
    init_workspace(root, Translator("sv"), example=True)
    opened, loaded = open_workspace(root)
    assert build(opened, loaded, Translator("sv"), only="portfolio", workers=1).failed == ()
    places = {kind: golden_outputs / "reports" / name for kind, name in GOLDEN.items()}
    places["portfolio"] = root / "build" / "portfolio"
    return {
        kind: (
            place.with_name(f"{place.name}.pdf").read_bytes(),
            place.with_name(f"{place.name}.html").read_text("utf-8"),
        )
        for kind, place in places.items()
    }


@pytest.fixture(scope="module", params=sorted(KINDS))
def report(request: pytest.FixtureRequest, reports: dict[str, tuple[bytes, str]]) -> tuple[bytes, str]:
    """One of them at a time."""
    return reports[request.param]


@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_a_report_is_accessible_and_archivable(report: tuple[bytes, str], profile: str) -> None:
    told = validator.validate_pdf_bytes(report[0], profile=profile)
    assert [f"{one.rule_id}: {one.message}" for one in told.failures] == []


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay_out_two_rounds(tmp_path_factory.mktemp("liten") / "arbetsmapp")


@pytest.mark.parametrize("kind", KINDS)
def test_an_archive_copy_is_so_too_and_carries_nothing(small: Path, kind: Any) -> None:
    if kind in ("review", "round", "annex"):
        _, data = render_review(small, Path(REVIEW), form="pdf", archive=True, report=kind)
    elif kind == "criteria":
        _, data = render_criteria(small, CRITERIA, form="pdf", archive=True)
    else:
        named = None if kind == "portfolio" else Path(REVIEW)
        _, data = render_wide(small, named, form="pdf", archive=True, report=kind)
    for profile in ("ua1", "2a"):
        told = validator.validate_pdf_bytes(data, profile=profile)
        assert [f"{one.rule_id}: {one.message}" for one in told.failures] == []
    with pikepdf.open(io.BytesIO(data)) as opened:
        assert len(opened.attachments) == 0
        kinds = {str(note.Subtype) for page in opened.pages for note in page.get("/Annots", ())}
        assert kinds <= {"/Link"}, "no link to a file that is not there"


@pytest.mark.parametrize(
    ("kind", "count"), [("strategy", 1), ("change", 1), ("portfolio", 1), ("annex", 0), ("criteria", 2)]
)
def test_charts_say_in_words_what_they_show(reports: dict[str, tuple[bytes, str]], kind: str, count: int) -> None:
    with pikepdf.open(io.BytesIO(reports[kind][0])) as document:
        told = [str(one.Alt) for one in reached(document) if one.S == "/Figure"]
        assert len(told) == count
        assert all(len(words) > 40 for words in told)


def test_no_letter_stands_outside_the_column_and_little_of_it_is_blank(report: tuple[bytes, str]) -> None:
    seen = printed_pages.look_at(report[0])
    assert [page.outside[:3] for page in seen if page.outside] == []
    inner = printed_pages.inner_pages(seen, printed_pages.read_page(report[1]))
    assert [(number, f"{page.blank:.0%}") for number, page in inner if page.blank > 0.5] == [], "half full at least"
    assert sum(page.blank for _, page in inner) <= 0.1 * len(inner)


@pytest.mark.parametrize(("kind", "most"), [("review", 16), ("round", 10), ("change", 9), ("strategy", 6)])
def test_a_report_is_short_enough_to_be_read(reports: dict[str, tuple[bytes, str]], kind: str, most: int) -> None:
    with pikepdf.open(io.BytesIO(reports[kind][0])) as document:
        assert len(document.pages) <= most


@pytest.mark.parametrize("is_single", [False, True], ids=["many pages", "one page"])
def test_a_second_reader_finds_no_fault(
    reports: dict[str, tuple[bytes, str]], tmp_path: Path, *, is_single: bool
) -> None:
    """All reports at once: starting takes it longer than reading."""
    names = []
    for kind, (data, _) in reports.items():
        with pikepdf.open(io.BytesIO(data)) as document:
            if (len(document.pages) == 1) == is_single:
                names.append(f"{kind}.pdf")
                (tmp_path / names[-1]).write_bytes(data)
    assert names
    skipped = f"{KNOWN_TO_BE_FALSE},{FALSE_ON_ONE_PAGE}" if is_single else KNOWN_TO_BE_FALSE
    words = ["outloud", *names, "--json", "told.json", "-q", "--skip", skipped]
    subprocess.run([Path(sys.executable).parent / words[0], *words[1:]], cwd=tmp_path, capture_output=True, check=False)
    told = json.loads((tmp_path / "told.json").read_text("utf-8"))["results"]
    assert len(told) == len(names)
    assert [
        finding
        for result in told
        for finding in result["findings"]
        if finding["severity"] == "error" and not _is_head_on_later_pages(finding, reports)
    ] == []


_HEADS = re.compile(r'<thead.*?</thead>|<div class="running head-line">.*?</div>', re.DOTALL)


def _is_head_on_later_pages(finding: dict[str, Any], reports: dict[str, tuple[bytes, str]]) -> bool:
    """Whether what is taken for prose left out is a head: of the pages, or of a table printed again on its next page.

    ISO 14289-1, 7.3, has such heads be artifacts; the reader knows one only where it comes on several pages.
    """
    words = set(finding.get("evidence", "").split())
    heads = (head for _, page in reports.values() for head in _HEADS.findall(page))
    return finding["rule"] == FALSE_ON_ONE_PAGE and any(
        words <= set(re.sub(r"<[^>]+>", " ", head).replace("\xad", "").split()) for head in heads
    )


def test_a_third_parser_reads_the_tree_without_a_warning(report: tuple[bytes, str], tmp_path: Path) -> None:
    if shutil.which("pdfinfo") is None:
        pytest.skip("pdfinfo is not here")
    (tmp_path / "a.pdf").write_bytes(report[0])
    done = subprocess.run(["pdfinfo", "-struct", "a.pdf"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    told = [line.split()[0] for line in done.stdout.splitlines() if line.strip()]
    assert told.count("TH") == tags_seen(report[1])["TH"]


def test_every_word_is_in_the_tree(report: tuple[bytes, str]) -> None:
    with pikepdf.open(io.BytesIO(report[0])) as document:
        assert letters_spoken(document) == letters_seen(report[1])


def test_headings_cells_and_figures_are_in_the_tree(report: tuple[bytes, str]) -> None:
    with pikepdf.open(io.BytesIO(report[0])) as document:
        assert tags_told(document) == tags_seen(report[1])
        assert headings_told(document) == headings_seen(report[1])
        assert figures_told(document) == figures_seen(report[1])


CONTENTS_OF_THE_ANNEX = 8
"""Seven targets and the method."""


def test_a_table_of_contents_is_tagged_as_one(reports: dict[str, tuple[bytes, str]]) -> None:
    with pikepdf.open(io.BytesIO(reports["criteria"][0])) as document:
        tables = [one for one in reached(document) if one.S == "/TOC"]
        assert [str(item.S) for item in tables[0].K] == ["/TOCI"] * CONTENTS_OF_THE_ANNEX
        assert {str(part.S) for one in tables for item in one.K for part in item.K} <= {"/Reference", "/Lbl"}


# A tree that lost something must not pass


def _without_text(document: pikepdf.Pdf) -> None:
    body = max(reached(document), key=lambda one: len(one.K) if isinstance(one.get("/K"), pikepdf.Array) else 0)
    body.K = pikepdf.Array([body.K[0]])


def _retagged(old: str, new: str) -> Callable[[pikepdf.Pdf], None]:
    def change(document: pikepdf.Pdf) -> None:
        for one in list(reached(document)):
            if old == one.S:
                one.S = pikepdf.Name(new)

    return change


def _alternative_text(document: pikepdf.Pdf) -> None:
    next(one for one in reached(document) if one.S == "/Figure").Alt = pikepdf.String("bild.png")


def _reversed(document: pikepdf.Pdf) -> None:
    body = max(reached(document), key=lambda one: len(one.K) if isinstance(one.get("/K"), pikepdf.Array) else 0)
    body.K = pikepdf.Array(list(body.K)[::-1])


def _as_artifact(document: pikepdf.Pdf) -> None:
    page = document.pages[1]
    told = []
    for instruction in pikepdf.parse_content_stream(page):
        operands, operator = instruction.operands, instruction.operator
        marked = str(operator) == "BDC" and "/MCID" in operands[1]
        artifact = [pikepdf.Name.Artifact, pikepdf.Dictionary(Type=pikepdf.Name.Pagination)]
        told.append((artifact if marked else operands, operator))
    page.Contents = document.make_stream(pikepdf.unparse_content_stream(told))


@pytest.mark.parametrize(
    "change",
    [
        _without_text, _as_artifact, _reversed, _alternative_text,
        _retagged("/TH", "/TD"), _retagged("/H3", "/P"), _retagged("/H3", "/H2"),
    ],
    ids=["text lost", "text as artifact", "order", "alternative text", "heads as cells", "headings as text", "level"],
)  # fmt: skip
def test_the_counts_notice_a_tree_that_lost_something(
    reports: dict[str, tuple[bytes, str]], change: Callable[[pikepdf.Pdf], None]
) -> None:
    data, html = reports["review"]
    with pikepdf.open(io.BytesIO(data)) as document:
        change(document)
        assert (
            letters_spoken(document), tags_told(document), headings_told(document), figures_told(document),
        ) != (letters_seen(html), tags_seen(html), headings_seen(html), figures_seen(html))  # fmt: skip


# What is attached


def _runs(names: list[str]) -> list[str]:
    """Each name once where it stands several times after each other."""
    return [name for name, _ in itertools.groupby(names)]


@pytest.mark.parametrize("kind", ["review", "criteria"])
def test_a_figure_opens_the_file_that_it_is_from(reports: dict[str, tuple[bytes, str]], kind: str) -> None:
    data, html = reports[kind]
    wanted = re.findall(r'href="attached:([^"]+)"', html)
    assert len(_runs(wanted)) > 1
    with pikepdf.open(io.BytesIO(data)) as document:
        assert set(wanted) <= set(document.attachments)
        notes: list[Any] = [note for page in document.pages for note in page.get("/Annots", ())]
        held = [note for note in notes if note.Subtype == "/FileAttachment"]
        told = [str(note.FS.UF) for note in held]
        assert _runs(told) == _runs(wanted), "in the page's order; a link over two lines is two annotations"
        assert all(document.attachments[str(note.FS.UF)].obj == note.FS for note in held)
        assert all(str(note.Contents) for note in held), "what a reader hears"
        assert len([one for one in reached(document) if one.S == "/Annot"]) == len(held) >= len(wanted)
        assert "attached:" not in " ".join(str(note.A.URI) for note in notes if "/A" in note and "/URI" in note.A)


def test_what_a_report_carries(reports: dict[str, tuple[bytes, str]]) -> None:
    with pikepdf.open(io.BytesIO(reports["review"][0])) as document:
        names = set(document.attachments)
        assert {"manifest.json", "report.json", "granskning.yaml"} < names
        assert any(name.startswith("criteria_") for name in names)
        assert f"strategies_{PLAN}_reviews_2026-11_samlad.yaml" in names
        assert f"strategies_{PLAN}_actions.yaml" in names
        related = {str(one.UF): str(one.AFRelationship) for one in document.Root.AF}
        assert related.pop("manifest.json") == related.pop("report.json") == "/Data"
        assert set(related.values()) == {"/Source"}
        assert len(document.Root.AF) == len(names)


def test_the_shipped_templates_are_not_attached(reports: dict[str, tuple[bytes, str]]) -> None:
    assert templates_folder().is_dir()
    for data, _ in reports.values():
        with pikepdf.open(io.BytesIO(data)) as document:
            assert "templates.json" not in document.attachments


def test_every_kind_can_be_made_again_from_what_it_carries(report: tuple[bytes, str], tmp_path: Path) -> None:
    answer = verify_pdf(report[0], tmp_path).answers[0]
    assert (answer.outcome, answer.disagreements) == ("agrees", [])
