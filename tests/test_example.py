"""The teaching example is whole: every quotation stands on its page, everything says that it is invented, and every
feature has something to show."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
import yaml

from granskning.i18n import Translator
from granskning.reporting.html.render import REVIEW, ROUND, Renderer
from granskning.tasks.folder.open import open_workspace
from granskning.tasks.reports.portfolio import make_portfolio
from granskning.tasks.reports.report import Reporter
from granskning.tasks.reports.templates import load_templates

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "strategies/exempellan-transportplan"
DOCUMENTS = ("remiss", "antagen")
FRONT = 4
"""Pages with roman numbers before page 1."""


class _Text(yaml.CSafeLoader):
    """Dates stay text."""


_Text.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if "timestamp" not in tag]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read(file: Path) -> dict[str, Any]:
    values: dict[str, Any] = yaml.load(file.read_text("utf-8"), Loader=_Text)  # noqa: S506  # a safe loader
    return values


REVIEWS = {file.relative_to(EXAMPLE / "reviews").as_posix(): read(file) for file in EXAMPLE.glob("reviews/*/*.yaml")}
STRATEGY = read(EXAMPLE / "strategy.yaml")
ACTIONS = read(EXAMPLE / "actions.yaml")["actions"]


@cache
def pages(document: str) -> tuple[str, ...]:
    """The text of each page, as a PDF reader gives it."""
    pdf = pypdfium2.PdfDocument(EXAMPLE / f"documents/{document}.pdf")
    return tuple(pdf[number].get_textpage().get_text_range() for number in range(len(pdf)))


def plain(text: str) -> str:
    """Letters and figures only: lines, hyphens at line ends and kinds of spaces do not count."""
    return re.sub(r"[\s\u00ad\ufffe\u0002-]+", "", text).casefold()


def quotations() -> Iterator[tuple[str, dict[str, Any]]]:
    for name, review in sorted(REVIEWS.items()):
        for criterion, answer in review["answers"].items():
            for number, one in enumerate((answer or {}).get("evidence", [])):
                if "quote" in one:
                    yield f"{name}, {criterion}, {number}", one


def test_every_quotation_of_many_stands_on_its_page() -> None:
    looked_up = 0
    for place, evidence in quotations():
        text = pages(evidence["edition"])[evidence["pdf_page"] - 1]
        assert plain(evidence["quote"]) in plain(text), place
        assert str(evidence["page"]) == str(evidence["pdf_page"] - FRONT), place
        looked_up += 1
    assert looked_up > 200


def test_every_evidence_has_a_page_that_is_there() -> None:
    for name, review in REVIEWS.items():
        for criterion, answer in review["answers"].items():
            for one in (answer or {}).get("evidence", []):
                assert FRONT < one["pdf_page"] <= len(pages(one["edition"])), (name, criterion)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_page_of_the_document_says_that_it_is_invented(document: str) -> None:
    edition = next(one for one in STRATEGY["editions"] if one["id"] == document)
    assert len(pages(document)) == edition["pages"] >= 20
    for number, text in enumerate(pages(document), 1):
        assert "EXEMPEL" in text, number


def test_two_editions_and_three_reviewers_who_disagree() -> None:
    assert [one["stage"] for one in STRATEGY["editions"]] == ["consultation", "adopted"]
    first = {name: one for name, one in REVIEWS.items() if name.startswith("2026-04/") and one["kind"] == "reviewer"}
    assert len(first) == 3
    levels: dict[str, set[Any]] = {}
    for review in first.values():
        for criterion, answer in review["answers"].items():
            levels.setdefault(criterion, set()).add(answer.get("level"))
    assert sum(len(found - {None}) > 1 for found in levels.values()) >= 5


def test_there_is_something_of_everything() -> None:
    assert {review["status"] for review in REVIEWS.values()} >= {"draft", "submitted"}
    assert {review["kind"] for review in REVIEWS.values()} == {"reviewer", "consensus"}
    states = {
        next((key for key in ("level", "not_applicable", "insufficient_evidence", "inherited") if key in answer), "")
        for review in REVIEWS.values()
        for answer in review["answers"].values()
        if answer
    }
    assert states == {"level", "not_applicable", "insufficient_evidence", "inherited"}
    draft = REVIEWS["2026-11/planerare-infrastruktur.yaml"]["answers"]
    assert any("level" in one and one["level"] is None for one in draft.values())
    assert any(review.get("overrides") for review in REVIEWS.values())


def test_the_actions_show_every_answer_a_late_one_and_a_closed_one() -> None:
    answers = {action.get("answer", {}).get("decision") for action in ACTIONS}
    assert answers == {"accepts", "partly", "declines", None}
    assert {action["status"] for action in ACTIONS} == {
        "proposed", "accepted", "partly", "declined", "ongoing", "done",
    }  # fmt: skip
    late = [one["id"] for one in ACTIONS if one["due"] < "2026-11" and one["status"] in {"ongoing", "accepted"}]
    assert late == ["bestam-tid"]
    closed = next(one for one in ACTIONS if one["id"] == "bifoga-samrad")
    assert closed["status"] == "done"
    assert "Bilaga B" in closed["follow_up"][-1]["text"]
    assert any("Bilaga B" in page for page in pages("antagen"))
    for action in ACTIONS:
        if action["status"] in {"declined", "partly"}:
            assert action["answer"]["reason"], action["id"]


@pytest.fixture(scope="module")
def rendered() -> dict[str, str]:
    """Every page of reports about the example, as HTML."""
    loaded = open_workspace(ROOT)[1]
    t = Translator("sv")
    reporter = Reporter(ROOT, loaded, t)
    renderer = Renderer(load_templates(ROOT))
    made = {
        "/".join(one.review.identity): renderer.render(REVIEW, reporter.review(one), t)
        for one in reporter.reported.scored
        if one.review.strategy == STRATEGY["id"]
    }
    for one in reporter.reported.rounds:
        if one.strategy == STRATEGY["id"]:
            made[f"{one.strategy}/{one.round}"] = renderer.render(ROUND, reporter.round(one), t)
    return made


def test_every_report_says_so_at_the_head_of_each_page(rendered: dict[str, str]) -> None:
    assert len(rendered) == len(REVIEWS) + 2
    for name, html in rendered.items():
        head = re.search(r'class="running head-line[^>]*>(.*?)</div>', html, re.DOTALL)
        assert head, name
        assert "EXEMPEL" in head[1], name
        assert "<strong>EXEMPEL.</strong>" in html, name


def test_the_portfolio_marks_it_and_compares_it_with_nothing() -> None:
    loaded = open_workspace(ROOT)[1]
    made = make_portfolio(Reporter(ROOT, loaded, Translator("sv")))
    assert made is not None
    row = next(row for row in made.rows if row.id == STRATEGY["id"])
    assert row.title.startswith("EXEMPEL: ")
    assert STRATEGY["id"] not in {row.id for row in made.common_rows}
    assert made.rows[-1] is row
    assert any("påhittat exempel" in sentence for sentence in made.notes)


def test_no_other_strategy_is_an_example_and_each_has_its_sources() -> None:
    for file in (ROOT / "strategies").glob("*/strategy.yaml"):
        strategy = read(file)
        if strategy["id"] == STRATEGY["id"]:
            continue
        assert not strategy.get("example")
        assert strategy["sources"], strategy["id"]
        assert strategy["about"], strategy["id"]
