"""An answer to a question that is not put is in no figure, in no view."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from granskning.cli.show_scores import as_json, as_table
from granskning.files import HeldFiles
from granskning.i18n import Translator
from granskning.reporting.tables.table_rows import make_tables
from granskning.tasks.folder.score import score_rounds, score_workspace, strategy_results
from granskning.workspace.load import load_files

BASE_FOLDER = Path(__file__).parent.parent / "cases" / "base"
BASE = {path.relative_to(BASE_FOLDER).as_posix(): path.read_bytes() for path in BASE_FOLDER.rglob("*.yaml")}
SET, STRATEGY = "criteria/prov.yaml", "strategies/provplan/strategy.yaml"
REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
OTHER = REVIEW.replace("granskaren", "kollegan")
T = Translator("sv")
PREFILLED = {"not_applicable": "Frågan ställs inte till strategier inom området Skola."}
ANSWERS: list[dict[str, Any]] = [
    {"level": 0, "justification": "j"},
    {"level": 3, "justification": "j"},
    {"open": "r"},
    {"insufficient_evidence": "r"},
    {"inherited": {"from": "2025", "level": 2}},
    {},
]


def figures(area: str, form: str, meaning: str, method: str, answers: dict[str, dict[str, Any]]) -> list[Any]:
    """Every figure of a folder with two reviewers, of whom the second answers all alike in each case."""
    criteria = yaml.safe_load(BASE[SET].replace(b"?", b""))  # which plain PyYAML takes for a key
    criteria["scoring"] |= {"not_applicable": meaning, "reviewers": {"method": method}}
    review = yaml.safe_load(BASE[REVIEW]) | {"form": form}
    given = {**review["answers"], **answers}
    colleague = {"resor-vardag": {"level": 2, "justification": "j"}, **answers}
    changed = {
        SET: criteria,
        STRATEGY: yaml.safe_load(BASE[STRATEGY]) | {"area": area},
        REVIEW: review | {"answers": given},
        OTHER: review | {"reviewer": "kollegan", "answers": colleague},
    }
    files = {**BASE, **{name: yaml.safe_dump(one, allow_unicode=True).encode() for name, one in changed.items()}}
    loaded = load_files(HeldFiles(files))
    scored = score_workspace(loaded.workspace)
    rounds = score_rounds(loaded.workspace, scored)
    results = strategy_results(loaded.workspace, rounds)
    tables = make_tables(loaded.workspace, {one.review.file: one.card for one in scored}, [], T)
    told = [table.rows for table in tables if table.name in ("results", "reviews")]
    table = as_table(scored, rounds, results, T, explain=True)
    return [as_json(scored, rounds, results, T, explain=True), table, repr(told)]


@pytest.mark.parametrize("method", ["mean", "pooled"])
@pytest.mark.parametrize("meaning", ["exclude", "absent", "satisfied", "shrink_bounds"])
def test_an_answer_in_another_area_is_in_no_figure(meaning: str, method: str) -> None:
    wanted = figures("skola", "full", meaning, method, {"makt-samrad": PREFILLED})
    for answer in ANSWERS:
        assert figures("skola", "full", meaning, method, {"makt-samrad": answer}) == wanted, answer


@pytest.mark.parametrize("method", ["mean", "pooled"])
def test_an_answer_that_short_form_does_not_ask_for_is_in_no_figure(method: str) -> None:
    wanted = figures("infrastruktur", "short", "absent", method, {"resor-barn": {}})
    for answer in ANSWERS:
        assert figures("infrastruktur", "short", "absent", method, {"resor-barn": answer}) == wanted, answer


def test_a_prefilled_state_is_tried_again_when_the_area_changes() -> None:
    empty = figures("infrastruktur", "full", "exclude", "mean", {"makt-samrad": {}})
    assert figures("infrastruktur", "full", "exclude", "mean", {"makt-samrad": PREFILLED}) == empty
    own = {"not_applicable": "Planen har inget samråd."}  # somebody's own reason stands
    assert figures("infrastruktur", "full", "exclude", "mean", {"makt-samrad": own}) != empty
