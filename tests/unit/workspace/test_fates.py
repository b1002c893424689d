"""What a change of meaning makes of an answer: judged again where the question is put to the plan, else left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from granskning.i18n import Translator
from granskning.workspace.migrate import plan_migration
from granskning.workspace.schema import modelling
from granskning.workspace.schema.modelling_strategy import strategy
from granskning.workspace.yaml.source import read

BASE = Path(__file__).parents[2] / "cases" / "base"
REVIEW, STRATEGY = "strategies/provplan/reviews/2026-11/granskaren.yaml", "strategies/provplan/strategy.yaml"
CHANGED = """\
changes:
  - {from: 1.0.0, kind: substantive, criterion: resor-barn, text: {sv: Ny innebörd., en: New meaning.}}
"""


@pytest.mark.parametrize(("area", "fate"), [("infrastruktur", "judge_again"), ("digitalisering", "stands")])
def test_an_answer_that_a_question_is_not_put_is_not_judged_again(area: str, fate: str) -> None:
    text = (BASE / "criteria/prov.yaml").read_text("utf-8")
    only = f"        not_applicable: allowed\n        applies_to: [{area}]\n"
    text = text.replace("        not_applicable: allowed\n", only)
    later = (text + CHANGED).replace("version: 1.0.0", "version: 1.1.0")
    sets = [modelling.criteria_set(read(one).value, "criteria/prov.yaml") for one in (text, later)]
    values = read((BASE / REVIEW).read_text("utf-8")).value
    plan = strategy(read((BASE / STRATEGY).read_text("utf-8")).value, STRATEGY)
    review = modelling.review(values, REVIEW)
    moved = plan_migration(review, values, (sets[0], sets[1]), plan, Translator("sv"))
    assert {one.criterion: one.fate for one in moved.fates}["resor-barn"] == fate
    assert any("resor-barn" in getattr(edit, "path", ()) for edit in moved.edits) == (fate == "judge_again")
