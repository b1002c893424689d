"""Rounds with several reviewers, from the working folder to the pages: built, printed, linked, forgotten."""

from __future__ import annotations

import io
import re
import shutil
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import page as validator
import pikepdf
import pytest

from granskning.errors import UsageError
from granskning.i18n import Translator
from granskning.tasks.folder.open import open_workspace
from granskning.tasks.reports.build import build
from granskning.tasks.reports.render import render_review

if TYPE_CHECKING:
    from granskning.tasks.reports.build import Built

EXAMPLE = Path(__file__).parents[1] / "unit" / "reporting" / "exempel"
FOLDER = "strategies/exempelplan/reviews/2026-11"
ONE, OTHER, JOINT = f"{FOLDER}/strateg-jamstalldhet.yaml", f"{FOLDER}/planerare.yaml", f"{FOLDER}/gruppen.yaml"
PAGE = "exempelplan/2026-11"


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """The example with a second reviewer, who has put many levels lower."""
    root = tmp_path / "arbetsmapp"
    shutil.copytree(EXAMPLE, root, copy_function=shutil.copyfile)
    text = (root / ONE).read_text("utf-8").replace("reviewer: strateg-jamstalldhet", "reviewer: planerare")
    (root / OTHER).write_text(text.replace("level: 3", "level: 1"), "utf-8")
    return root


@pytest.fixture
def agreed(example: Path) -> Path:
    """The same with a joint review."""
    text = (example / ONE).read_text("utf-8").replace("reviewer: strateg-jamstalldhet", "reviewer: gruppen")
    text = text.replace("kind: reviewer", "kind: consensus").replace("level: 3", "level: 2")
    (example / JOINT).write_text(text, "utf-8")
    return example


def _build(root: Path, **options: Any) -> Built:
    root, loaded = open_workspace(root)
    return build(root, loaded, Translator("en"), **options)


def _page(root: Path, name: str = f"{PAGE}.html") -> str:
    return (root / "build" / name).read_text("utf-8")


# --- building -------------------------------------------------------------------------------------------------------


def test_a_round_has_a_page_beside_the_folder_of_its_reviews(example: Path) -> None:
    made = _build(example, formats=["html"])
    assert {f"{PAGE}.html", f"{PAGE}/planerare.html", f"{PAGE}/strateg-jamstalldhet.html"} <= set(made.written)
    assert "cykelstrategi/2026-11.html" not in made.written, "a round of one review has no page of its own"
    assert (made.failed, made.skipped) == ((), ())
    again = _build(example, formats=["html"])
    assert again.written == ()


def test_a_changed_review_makes_its_round_anew(example: Path) -> None:
    _build(example, formats=["html"])
    text = (example / OTHER).read_text("utf-8")
    (example / OTHER).write_text(text.replace("utan mål eller åtgärd", "utan något mål", 1), "utf-8")
    assert {f"{PAGE}.html", f"{PAGE}/planerare.html"} <= set(_build(example, formats=["html"]).written)


@pytest.mark.parametrize(
    ("only", "expected"),
    [
        ("exempelplan/2026-11", {f"{PAGE}.html"}),
        ("exempelplan/2026-11/*", {f"{PAGE}/planerare.html", f"{PAGE}/strateg-jamstalldhet.html"}),
        (
            "exempelplan/*",
            {f"{PAGE}.html", f"{PAGE}/planerare.html", f"{PAGE}/strateg-jamstalldhet.html", "exempelplan/index.html"},
        ),
    ],
)
def test_only_the_round_or_only_its_reviews(example: Path, only: str, expected: set[str]) -> None:
    assert set(_build(example, formats=["html"], only=only).written) == expected


def test_a_reviewer_may_be_called_whatever_the_page_is_called(example: Path) -> None:
    text = (example / OTHER).read_text("utf-8").replace("reviewer: planerare", "reviewer: omgang")
    (example / OTHER).write_text(text, "utf-8")
    made = _build(example, formats=["html"])
    assert {f"{PAGE}.html", f"{PAGE}/omgang.html"} <= set(made.written)
    assert "Review round" in _page(example)
    assert "Review round" not in _page(example, f"{PAGE}/omgang.html")


def test_the_page_of_a_round_that_is_no_more_is_removed(example: Path) -> None:
    _build(example, formats=["html"])
    (example / OTHER).unlink()
    assert set(_build(example, formats=["html"]).removed) == {f"{PAGE}.html", f"{PAGE}/planerare.html"}


def test_a_round_with_a_broken_review_cannot_be_assessed_and_says_why(example: Path) -> None:
    _build(example, formats=["html"])
    text = (example / OTHER).read_text("utf-8")
    (example / OTHER).write_text(text.replace("status: draft", "status: klar"), "utf-8")
    made = _build(example, formats=["html"])
    assert [(one.file, one.because) for one in made.skipped] == [(OTHER, OTHER)]
    assert f"{PAGE}/strateg-jamstalldhet.html" in {*made.written, *made.unchanged}
    assert f"{PAGE}.html" in made.written
    assert OTHER in _page(example)
    assert OTHER in _page(example, "exempelplan/index.html")
    assert OTHER in _page(example, "index.html")
    assert made.removed == ()


def test_a_round_with_a_review_that_cannot_be_read_says_so(example: Path) -> None:
    (example / OTHER).write_bytes(b"\xff\xfe")
    made = _build(example, formats=["html"])
    assert [one.file for one in made.skipped] == [OTHER]
    assert f"Not counted: {OTHER}" in _page(example)
    assert "annot be assessed" in _page(example)


def test_a_round_in_which_no_review_counts_has_no_page_and_that_is_said(example: Path) -> None:
    for file in (OTHER, ONE):
        text = (example / file).read_text("utf-8")
        (example / file).write_text(text.replace("status: draft", "status: klar"), "utf-8")
    made = _build(example, formats=["html"])
    assert f"{PAGE}.html" not in made.written
    assert [one.file for one in made.skipped] == [OTHER, ONE]
    assert OTHER in _page(example, "index.html")


def test_the_front_page_leads_to_the_round_and_to_its_reviews(agreed: Path) -> None:
    _build(agreed, formats=["html"])
    page = _page(agreed, "index.html")
    assert f'href="{PAGE}.html"' in page
    assert f'href="{PAGE}.pdf"' not in page
    listed = re.sub("<[^>]+>", "", page[page.index("All reviewers, round 2026-11") :])
    assert listed.startswith("All reviewers, round 2026-11 (Draft)"), "as the round's own page says"
    assert page.index(f'href="{PAGE}.html"') < page.index(f'href="{PAGE}/planerare.html"')
    matrix = page[page.index('class="matrix') :]
    assert f'href="{PAGE}/gruppen.html"' in matrix, "the joint review speaks for the strategy"


def test_the_front_page_says_that_the_joint_review_is_missing(example: Path) -> None:
    _build(example, formats=["html"])
    assert "The joint review is missing" in _page(example, "index.html")


def test_internal_notes_are_in_no_page_of_a_round(agreed: Path) -> None:
    assert "Stäm av" in (agreed / OTHER).read_text("utf-8")
    _build(agreed, formats=["html"])
    assert "Stäm av" not in _page(agreed)


# --- on demand ------------------------------------------------------------------------------------------------------


def test_any_review_of_the_round_leads_to_its_report(agreed: Path) -> None:
    made = [render_review(agreed, agreed / path, form="html", report="round") for path in (ONE, OTHER, JOINT)]
    assert {name for name, _ in made} == {"exempelplan-2026-11.html"}
    assert len({data for _, data in made}) == 1
    name, data = render_review(agreed, agreed / ONE, form="html")
    assert name == "exempelplan-2026-11-strateg-jamstalldhet.html"
    assert data not in {data for _, data in made}


def test_internal_notes_come_along_when_asked_for(agreed: Path) -> None:
    text = (agreed / OTHER).read_text("utf-8")
    (agreed / OTHER).write_text(text.replace("level: 2", "level: 0"), "utf-8")
    _, data = render_review(agreed, agreed / ONE, form="html", report="round")
    _, inside = render_review(agreed, agreed / ONE, form="html", report="round", internal=True)
    assert "Stäm av" not in data.decode()
    assert "Stäm av" in inside.decode()


def test_a_round_of_one_review_has_no_report(example: Path) -> None:
    (example / OTHER).unlink()
    with pytest.raises(UsageError, match="the round 2026-11 has only one review"):
        render_review(example, example / ONE, form="html", report="round")


def test_the_report_of_a_round_with_errors_says_which_file_is_left_out(example: Path) -> None:
    text = (example / OTHER).read_text("utf-8")
    (example / OTHER).write_text(text.replace("status: draft", "status: klar"), "utf-8")
    _, data = render_review(example, example / ONE, form="html", report="round")
    assert OTHER in data.decode()
    with pytest.raises(UsageError, match=r"planerare\.yaml is not counted, so no report is made of it"):
        render_review(example, example / OTHER, form="html")


# --- on paper -------------------------------------------------------------------------------------------------------


TAGS = {"h1": "H1", "h2": "H2", "h3": "H3", "h4": "H4", "table": "Table", "th": "TH", "td": "TD", "li": "LI"}


def _counts(document: pikepdf.Pdf) -> Counter[str]:
    """How many of each tag the tree reaches."""
    counts: Counter[str] = Counter()
    waiting: list[Any] = [document.Root.StructTreeRoot.K[0]]
    while waiting:
        element = waiting.pop()
        counts[str(element.S)[1:]] += 1
        kids = element.get("/K", [])
        kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
        waiting += [kid for kid in kids if not isinstance(kid, int) and "/S" in kid]
    return counts


@pytest.mark.parametrize("others", [0, 6])
def test_the_report_is_accessible_and_archivable(agreed: Path, others: int) -> None:
    text = (agreed / OTHER).read_text("utf-8")
    for number in range(others):
        own = text.replace("reviewer: planerare", f"reviewer: granskare-{number}")
        (agreed / FOLDER / f"granskare-{number}.yaml").write_text(own, "utf-8")
    _, data = render_review(agreed, agreed / ONE, form="pdf", report="round")
    for profile in ("ua1", "3a"):
        told = validator.validate_pdf_bytes(data, profile=profile)
        assert [f"{one.rule_id}: {one.message}" for one in told.failures] == []
    html = render_review(agreed, agreed / ONE, form="html", report="round")[1].decode()
    html = html.partition("</main>")[0]  # the list of contents beside it is for the screen
    with pikepdf.open(io.BytesIO(data)) as document:
        counts = _counts(document)
        for tag, name in TAGS.items():
            there = counts[name] + (counts["TOCI"] if tag == "li" else 0)
            assert there == len(re.findall(rf"<{tag}[\s>]", html)), tag
        assert str(document.Root.Lang) == "sv"
        scopes = {str(one.A.Scope) for one in document.objects if _is(one, "/TH")}
        assert scopes == {"/Row", "/Column"}
        links = [one for page in document.pages for one in page.get("/Annots", []) if one.Subtype == "/Link"]
        assert all(str(one.Contents).strip("#") == str(one.Contents) for one in links)


def _is(one: Any, kind: str) -> bool:
    return isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/StructElem" and one.get("/S") == kind
