"""Where an answer that is open decides whether another question is asked, each end is worked out of its own parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

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
    files = {
        "granskning.yaml": "schema: granskning/workspace/1\nlanguage: sv\norganisation: Prov\ncriteria: prov@1.0.0\n",
        "criteria/prov.yaml": SET.replace("METHOD", method),
        "strategies/plan/strategy.yaml": STRATEGY,
        "strategies/plan/reviews/r1/granskaren.yaml": REVIEW,
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    done = granskning("score", "--explain", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert line in " ".join(done.stdout.split()), done.stdout
