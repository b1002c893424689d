"""Where an answer that is open decides whether another question is asked, each end is worked out of its own parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from granskning.files import HeldFiles
from granskning.i18n import Translator
from granskning.reporting.wording.criteria_vocabulary import Lexicon
from granskning.scoring.results.card import Score
from granskning.tasks.history.history_scores import make_brief
from granskning.tasks.reports.render import open_review
from granskning.workspace.load import load_files

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run

SET = """schema: granskning/criteria/1
id: prov
version: 1.0.0
title: Prov
scale:
  - {value: 0, label: Nej}
  - {value: 1, label: Delvis}
  - {value: 2, label: Ja}
targets:
  - id: a
    title: Mål A
    criteria:
      - {id: dorr, question: Fråga ett}
  - id: b
    title: Mål B
    criteria:
      - {id: b1, question: Fråga två}
      - id: b2
        question: Fråga tre
        weight: {value: 3, why: Den väger tyngst.}
        asked_if: {part: dorr, at_least: 1}
scoring:
  criteria: {method: METHOD}
  targets: {method: mean}
"""
REVIEW = """schema: granskning/review/1
strategy: plan
edition: e1
round: r1
reviewer: granskaren
criteria: prov@1.0.0
status: draft
reading_depth: full_text
answers:
  dorr: {open: Inte läst.}
  b1: {level: 2, justification: Prov}
  b2: {level: 0, justification: Prov}
"""
STRATEGY = """schema: granskning/strategy/1
id: plan
title: Plan
kind: plan
area: transport
owner: Prov
editions:
  - {id: e1, date: 2026-01-01, stage: adopted}
"""


def explained(root: Path, method: str, granskning: Run, *, alone: bool = False) -> str:
    """The explanation in one line of words; `alone` leaves only the question that may not be asked."""
    criteria, review = SET.replace("METHOD", method), REVIEW
    if alone:
        criteria = criteria.replace("      - {id: b1, question: Fråga två}\n", "")
        review = review.replace("  b1: {level: 2, justification: Prov}\n", "").replace("b2: {level: 0", "b2: {level: 1")
    files = {
        "granskning.yaml": "schema: granskning/workspace/1\nlanguage: sv\norganisation: Prov\ncriteria: prov@1.0.0\n",
        "criteria/prov.yaml": criteria,
        "strategies/plan/strategy.yaml": STRATEGY,
        "strategies/plan/reviews/r1/granskaren.yaml": review,
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    done = granskning("score", "--explain", cwd=root)
    assert done.returncode == 0, done.stderr
    return " ".join(done.stdout.split())


@pytest.mark.parametrize(
    ("method", "line"),
    [
        ("mean", "från 2 / 4 = 0,5 till 2 / 1 = 2,0"),
        ("share_of_possible", "från 2 / 8 = 0,3 till 2 / 2"),
        ("product", "från 0,0 till 2,0"),
    ],
)
def test_each_end_is_worked_out_of_the_parts_that_count_there(
    method: str, line: str, tmp_path: Path, granskning: Run
) -> None:
    told = explained(tmp_path, method, granskning)
    assert line in told
    assert "Nej, räknas om den ställs" in told


@pytest.mark.parametrize(
    ("method", "line"),
    [
        ("mean", "från inget resultat till 3 / 3 = 1,0"),
        ("sum", "från inget resultat till 3,0"),
        ("product", "från inget resultat till 1,0"),
        ("geometric_mean", "från inget resultat till 1 upphöjt till 1/3"),
        ("harmonic_mean", "från inget resultat till 3 / 3 = 1,0"),
        ("share_of_possible", "från inget resultat till 3 / 6"),
        ("share_satisfied", "från inget resultat till 0 / 3 = 0,0"),
    ],
)
def test_where_no_part_counts_at_an_end_nothing_is_worked_out_there(
    method: str, line: str, tmp_path: Path, granskning: Run
) -> None:
    told = explained(tmp_path, method, granskning, alone=True)
    assert "Delvis, räknas om den ställs" in told
    assert line in told, told
    assert " / 0 = " not in told


@pytest.mark.parametrize(
    ("method", "words"),
    [
        ("mean", "högst 1,0 eller inget resultat"),
        ("share_of_possible", "högst 0,5 eller inget resultat"),
        ("weakest", "högst 1 eller inget resultat"),
    ],
)
def test_a_result_that_is_none_at_one_end_is_told_by_the_other(
    method: str, words: str, tmp_path: Path, granskning: Run
) -> None:
    """In the table, in the report and in what git remembers of it, in the same words."""
    told = explained(tmp_path, method, granskning, alone=True)
    assert f"Mål B {words} 1 av 1" in told, told
    opened = open_review(tmp_path, tmp_path / "strategies/plan/reviews/r1/granskaren.yaml")
    report = opened.reporter.review(opened.scored)
    assert [row.result for row in report.results.map.rows] == ["kan inte bedömas", words]
    lexicon = Lexicon(opened.t, opened.scored.criteria, opened.scored.outline)
    assert make_brief(opened.scored.card.targets[1].score, "b", lexicon).shown == words


def test_the_other_end_is_told_too_and_a_level_by_its_word() -> None:
    loaded = load_files(HeldFiles({"criteria/prov.yaml": SET.replace("METHOD", "mean").encode()}))
    criteria = loaded.workspace.criteria["prov@1.0.0"]
    lexicon = Lexicon(Translator("en"), criteria)
    score = Score(next(iter(lexicon.outline.steps.values())).step, "interval", low=1)
    assert lexicon.result(score, "b") == "at least 1.0, or no result"
    assert lexicon.result(score._replace(low=None, high=2), "b") == "at most 2.0, or no result"
    assert lexicon.result(score._replace(low=1, high=2), "b") == "1.0–2.0"
    assert lexicon.result(score._replace(low=None), "b") == "no figure"
    assert lexicon.result(score._replace(low=None, high_outcome="2"), "b") == "at most 2, or no result"
    assert lexicon.result(score._replace(low=None, low_outcome="B"), "b") == "at least B, or no result"
