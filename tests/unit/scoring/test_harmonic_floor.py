"""A floor of the harmonic mean lifts what is below it, also below 0, as the handbook says."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from granskning.scoring.engine.plan import compile_criteria
from granskning.scoring.score import score_review
from granskning.workspace.schema.modelling import criteria_set
from granskning.workspace.schema.modelling import review as make_review

HEAD = {"strategy": "p", "edition": "e", "criteria": "s@1.0.0", "round": "r", "reviewer": "x", "kind": "reviewer"}


def scored(levels: dict[str, int], floor: float | None) -> Any:
    """The value of one target of such answers on a scale from -1 to 2."""
    step = {"method": "harmonic_mean", **({} if floor is None else {"floor": floor})}
    values = {
        "schema": "granskning/criteria/1", "id": "s", "version": "1.0.0", "title": "S", "language": "en",
        "scale": [{"value": value, "label": str(value)} for value in (-1, 0, 2)],
        "targets": [{"id": "t", "title": "T", "criteria": [{"id": name, "question": "Q"} for name in levels]}],
        "scoring": {"criteria": step, "targets": {"method": "none"}},
    }  # fmt: skip
    answers = {name: {"level": level} for name, level in levels.items()}
    rest = {"status": "draft", "reading_depth": "full_text", "form": "full", "answers": answers}
    review = make_review(HEAD | rest, "f")
    return score_review(review, compile_criteria(criteria_set(values, "criteria/s.yaml", "en"))).targets[0].score.value


@pytest.mark.parametrize(
    ("levels", "floor", "value"),
    [
        ({"a": -1}, 0.5, Fraction(1, 2)),
        ({"a": -1, "b": 2}, 0.5, Fraction(4, 5)),  # 2 / (1/0.5 + 1/2)
        ({"a": 0, "b": 2}, None, Fraction(0)),
        ({"a": 0, "b": -1}, None, None),
        ({"a": -1, "b": 0}, None, None),
    ],
)
def test_the_floor_is_laid_below_all(levels: dict[str, int], floor: float | None, value: Fraction | None) -> None:
    assert scored(levels, floor) == value
