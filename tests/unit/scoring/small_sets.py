"""Small criteria sets in a few words: one target `t` with the questions a, b and c, unless told otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from granskning.findings.severity import Severity
from granskning.scoring.engine.plan import compile_criteria
from granskning.scoring.score import score_review
from granskning.workspace.checks.check_criteria import check_criteria
from granskning.workspace.schema.modelling import criteria_set
from granskning.workspace.schema.modelling import review as review_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from granskning.model.criteria import CriteriaSet
    from granskning.model.review import Review
    from granskning.scoring.results.card import Score, Scorecard

GRADES = "DCBA"
WORDS = ("no", "part", "yes")
STATES = {
    "n/a": {"not_applicable": "r"},
    "n/a!": {"not_applicable": "r", "justification": "j"},
    "lacking": {"insufficient_evidence": "r"},
    "?": {"open": "r"},
}


def read(text: str) -> Any:
    return yaml.safe_load(text)


def question(name: str, **more: Any) -> dict[str, Any]:
    if "weight" in more:
        more["weight"] = {"value": more["weight"], "why": "w"}
    return {"id": name, "question": "Q", "not_applicable": "allowed", **more}


def target(name: str, asked: str | Sequence[dict[str, Any]] = "", **more: Any) -> dict[str, Any]:
    """A target with these questions, given by their ids or in full."""
    criteria = [question(one) for one in asked.split()] if isinstance(asked, str) else list(asked)
    held: dict[str, Any] = {"id": name, "title": "T"} | ({"criteria": criteria} if criteria else {})
    return held | more


def make(
    scoring: str, targets: Sequence[dict[str, Any]] = (), levels: Sequence[Any] = (0, 1, 2, 3), **head: Any
) -> CriteriaSet:
    """A set whose `scoring` is that text; without `targets` in it there is no total. `check` must find it sound."""
    values = {
        "id": "s",
        "version": "1.0.0",
        "title": "S",
        "language": "en",
        "scale": [{"value": level, "label": str(level)} for level in levels],
        "targets": list(targets) or [target("t", "a b c")],
        "scoring": {"criteria": {"method": "none"}, "targets": {"method": "none"}, **read(scoring)},
        **head,
    }
    made = criteria_set(values, "criteria/s.yaml")
    found = check_criteria(values, made, ())
    faults = [f"{one.rule.code} {one.at}" for one in found if one.rule.severity is Severity.ERROR]
    assert not faults, faults
    return made


def review(reviewer: str = "x", *, kind: str = "reviewer", form: str = "full", **answers: Any) -> Review:
    head = {"strategy": "p", "edition": "e", "criteria": "s@1.0.0", "round": "r", "reviewer": reviewer, "kind": kind}
    given = {name.replace("_", "-"): STATES.get(one, {"level": one}) for name, one in answers.items()}
    return review_of(head | {"status": "draft", "reading_depth": "full_text", "form": form, "answers": given}, "f")


def card(made: CriteriaSet, **answers: Any) -> Scorecard:
    return score_review(review(**answers), compile_criteria(made))


def result(made: CriteriaSet, of: str = "t", **answers: Any) -> Score:
    """The result of a target, or of the `total`."""
    scored = card(made, **answers)
    return {"total": scored.total, **{one.id: one.score for one in scored.targets}}[of]
