"""How long reports are, and how much of one stands in another: what is the same in all is told once, in the annex."""

from __future__ import annotations

import io
import re
import shutil
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import page as validator
import pikepdf
import pytest
import yaml

import printed_pages
from granskning.edges.printing.pdf import print_pdf
from granskning.files import HeldFiles
from granskning.i18n import Translator
from granskning.reporting.html.render import CRITERIA, PORTFOLIO, REVIEW, ROUND, Renderer
from granskning.shipped import fonts_folder
from granskning.tasks.editing.new import NewReview, new_review
from granskning.tasks.folder.open import open_workspace
from granskning.tasks.reports.portfolio import make_portfolio
from granskning.tasks.reports.render import render_review
from granskning.tasks.reports.report import Reporter
from granskning.tasks.reports.templates import load_templates
from granskning.workspace.load import load_files
from hard_reviews import hard_files

ROOT = Path(__file__).parents[2]
REAL = ("lanstransportplan-2022-2033", "rus-2030")
PLAN = "exempellan-transportplan"
LONGEST_ROUND = "2026-04"
JOINT = Path(f"strategies/{PLAN}/reviews/2026-11/samlad.yaml")


def _pages(data: bytes) -> int:
    with pikepdf.open(io.BytesIO(data)) as document:
        return len(document.pages)


def test_a_plan_with_nothing_judged_and_a_sheet_are_a_few_pages(tmp_path: Path) -> None:
    leave = shutil.ignore_patterns("reviews", "actions.yaml", "source")
    for name in ("criteria", f"strategies/{PLAN}"):
        shutil.copytree(ROOT / name, tmp_path / name, copy_function=shutil.copyfile, ignore=leave)
    shutil.copyfile(ROOT / "granskning.yaml", tmp_path / "granskning.yaml")
    path = new_review(tmp_path, NewReview(PLAN, "2027-05", "controller", "reviewer", "2027-05-10")).file
    assert _pages(render_review(tmp_path, path, form="pdf", report="review")[1]) <= 4
    assert _pages(render_review(ROOT, JOINT, form="pdf", report="page")[1]) == 2


@pytest.mark.parametrize("strategy", ["regionalfond-2014-2020", *REAL])
def test_a_real_plan_with_nothing_judged_but_reasons_for_each_question_is_four_pages(strategy: str) -> None:
    path = Path(f"strategies/{strategy}/reviews/2026-11/projektgruppen.yaml")
    printed = render_review(ROOT, path, form="pdf", report="review")[1]
    assert _pages(printed) <= 4
    assert [one.rule_id for one in validator.validate_pdf_bytes(printed, profile="ua1").failures] == []


@pytest.mark.parametrize(("kind", "most"), [("review", 14), ("round", 10), ("criteria", 32), ("portfolio", 9)])
def test_a_report_is_as_short_and_as_full_in_english(kind: str, most: int) -> None:
    html = _in_english(kind)
    seen = printed_pages.look_at(print_pdf(html, fonts=fonts_folder()).data)
    assert len(seen) <= most
    assert [page.outside[:3] for page in seen if page.outside] == []
    inner = printed_pages.inner_pages(seen, printed_pages.read_page(html))
    assert sum(page.blank for _, page in inner) <= 0.1 * len(inner)


def test_a_plan_of_which_all_that_applies_is_judged_is_sixteen_pages() -> None:
    """The latest set asks a transport plan 36 questions, answered as thoroughly as in the teaching example."""
    t = Translator("sv")
    reporter = Reporter(Path("/nowhere"), load_files(_all_judged()), t)
    (scored,) = reporter.reported.scored
    assert (scored.card.total.assessed, scored.card.total.applicable) == (36, 36)
    html = Renderer(load_templates(ROOT)).render(REVIEW, reporter.review(scored), t)
    seen = printed_pages.look_at(print_pdf(html, fonts=fonts_folder()).data)
    assert len(seen) <= 16
    inner = printed_pages.inner_pages(seen, printed_pages.read_page(html))
    assert sum(page.blank for _, page in inner) <= 0.1 * len(inner)
    assert html.count("granskarens ord") == 1


def _in_english(kind: str) -> str:
    """A report of the teaching example, or the portfolio of all strategies."""
    t, reporter, template = Translator("en"), _taught_in_english(), PORTFOLIO
    report: Any
    if kind == "portfolio":
        report = make_portfolio(Reporter(*open_workspace(ROOT), t))
    else:
        scored = next(one for one in reporter.reported.scored if one.review.file == JOINT.as_posix())
        if kind == "review":
            report, template = reporter.review(scored), REVIEW
        elif kind == "criteria":
            report, template = reporter.criteria(scored.criteria), CRITERIA
        else:
            several = next(one for one in reporter.reported.rounds if one.round == LONGEST_ROUND)
            report, template = reporter.round(several), ROUND
    return Renderer(load_templates(ROOT)).render(template, report, t)


@cache
def _taught_in_english() -> Reporter:
    return Reporter(Path("/nowhere"), load_files(HeldFiles(_example())), Translator("en"))


def _example() -> dict[str, bytes]:
    """The teaching example alone."""
    paths = [ROOT / "granskning.yaml", *ROOT.glob("criteria/**/*.yaml"), *ROOT.glob(f"strategies/{PLAN}/**/*")]
    return {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in paths if path.is_file()}


def _all_judged() -> HeldFiles:
    """The teaching example's joint review by the latest set; what was split keeps its answer in each part."""
    files = _example()
    criteria: dict[str, Any] = yaml.safe_load(files["criteria/jamstalld-tillvaxt.yaml"])
    review: dict[str, Any] = yaml.safe_load(files[JOINT.as_posix()])
    answers: dict[str, dict[str, object]] = review["answers"]
    split = {part.strip(".,"): old["id"] for old in criteria["retired"] for part in old["text"]["sv"].split()}
    asked = [
        question
        for question in _questions(criteria)
        if "infrastruktur" in question.get("applies_to", ["infrastruktur"])
    ]
    for place, question in enumerate(one for one in asked if one["id"] not in answers):
        new = {
            "justification": "Planen redovisar det som frågan gäller i kapitel 3 och 4, men delar inte upp det.",
            "evidence": [{"edition": "antagen", "page": 4, "pdf_page": 8, "paraphrase": "Kapitlet har en tabell."}],
        }
        answers[question["id"]] = answers.get(split.get(question["id"], ""), new) | {"level": 1 + place % 3}
    review["criteria"] = f"jamstalld-tillvaxt@{criteria['version']}"
    review["answers"] = {one["id"]: answers[one["id"]] for one in _questions(criteria) if one["id"] in answers}
    others = [name for name in files if "/reviews/" in name and name != JOINT.as_posix()]
    kept = {name: data for name, data in files.items() if name not in others}
    return HeldFiles(kept | {JOINT.as_posix(): yaml.safe_dump(review, allow_unicode=True, sort_keys=False).encode()})


def _questions(target: dict[str, Any]) -> list[dict[str, Any]]:
    """The questions of a set or target, with those of the targets beneath it."""
    beneath = [question for one in target.get("targets", []) for question in _questions(one)]
    return [*target.get("criteria", []), *beneath]


@pytest.fixture(scope="module")
def real() -> dict[str, list[str]]:
    """The words of the report of every real plan, by strategy."""
    root, loaded = open_workspace(ROOT)
    reporter, t = Reporter(root, loaded, Translator("sv")), Translator("sv")
    renderer = Renderer(load_templates(root))
    scored = [one for one in reporter.reported.scored if one.review.strategy != PLAN]
    return {one.review.strategy: _told(renderer.render(REVIEW, reporter.review(one), t)) for one in scored}


def test_less_than_a_third_of_a_real_review_stands_in_another(real: dict[str, list[str]]) -> None:
    one, other = (_runs(real[name]) for name in REAL)
    assert len(one) > 500
    assert len(one & other) / len(one) < 0.33


def test_few_words_of_a_real_review_stand_word_for_word_in_eight_others(real: dict[str, list[str]]) -> None:
    """67 to 90 in a hundred did before reports had an annex in common; where nothing is judged, little else is said."""
    everywhere = Counter(run for words in real.values() for run in _runs(words))
    shares = {}
    for name, words in real.items():
        shared = {at + step for at in range(len(words) - 7) if everywhere[tuple(words[at : at + 8])] > 8
                  for step in range(8)}  # fmt: skip
        shares[name] = len(shared) / len(words)
    assert len(shares) > 12
    assert max(shares.values()) < 0.5, shares
    assert max(shares[name] for name in REAL) < 0.25, shares


def _words(targets: int, reviewers: int) -> tuple[int, int]:
    """How many words a review and a round have, on a set with five questions to a target picture."""
    reporter = Reporter(ROOT, load_files(hard_files("many", targets=targets, reviewers=reviewers)), Translator("sv"))
    renderer, t = Renderer(load_templates(Path("/nowhere"))), Translator("sv")
    review = renderer.render(REVIEW, reporter.review(reporter.reported.scored[0]), t)
    whole = renderer.render(ROUND, reporter.round(reporter.reported.rounds[0]), t)
    return len(_told(review)), len(_told(whole))


def test_a_report_grows_no_faster_than_its_questions_and_reviewers() -> None:
    """Three hundred questions beside sixty, and twelve reviewers beside two."""
    review, whole = _words(12, 2)
    assert _words(60, 2)[0] < 5.05 * review
    assert _words(12, 12)[1] < 6 * whole


def _told(html: str) -> list[str]:
    """What is read of a page, word by word."""
    return re.sub(r"<style.*?</style>|<svg.*?</svg>|<[^>]+>", " ", html, flags=re.DOTALL).split()


def _runs(words: list[str]) -> set[tuple[str, ...]]:
    """Every eight words that follow each other."""
    return {tuple(words[at : at + 8]) for at in range(len(words) - 7)}
