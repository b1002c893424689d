"""What is shown of results: the parts that the form puts, the targets under the whole, bands that somebody reached."""

from __future__ import annotations

from fractions import Fraction

import pytest
from small_sets import card, make, question, review, target

from granskning.model.method import CurvePoint, Scale
from granskning.scoring.engine.compiled_scale import make_ladder
from granskning.scoring.engine.plan import compile_criteria
from granskning.scoring.explain import explain_review
from granskning.scoring.figures import make_figures
from granskning.scoring.joining_by_difference import _rank_at
from granskning.scoring.rounds import _band_at

BANDS = "bands: [{from: 0, id: low, label: L}, {from: 1, id: mid, label: M}, {from: 2, id: high, label: H}]"


def test_only_the_parts_that_the_form_puts_are_told() -> None:
    asked = [question("a", core=True), question("b")]
    made = make("criteria: {method: mean}\ntargets: {method: mean}", [target("t", asked), target("u", "c")])
    told = explain_review(review(form="short", a=1), compile_criteria(made))
    assert [part.criterion for part in told["t"].parts] == ["a"]
    assert [part.criterion for part in told[""].parts] == ["t"]


def test_figures_are_of_the_targets_right_under_the_whole_and_of_the_whole() -> None:
    made = make(
        f"criteria: {{method: mean, {BANDS}}}\ntargets: {{method: mean, {BANDS}}}",
        [target("t", targets=[target("v", "a"), target("w", "b")]), target("u", "c")],
    )
    scored = {"s": card(made, a=1, b=2, c=3)}
    figures = make_figures(scored, {}, compile_criteria(made), {})
    assert [figure.of for figure in figures.figures] == ["t", "u", ""]


@pytest.mark.parametrize(
    ("value", "reached", "band"),
    [
        (3, ("low", "mid"), "mid"),
        (0, ("mid", "high"), "mid"),
        (1, ("low", "high"), "mid"),
        (1, ("mid", None), "mid"),
        (1, (None, None), None),
        (None, ("mid",), None),
    ],
)
def test_together_nobody_is_in_a_band_that_none_reached(
    value: int | None, reached: tuple[str | None, ...], band: str | None
) -> None:
    node = compile_criteria(make(f"criteria: {{method: mean, {BANDS}}}")).nodes["t"]
    assert _band_at(value, node, reached) == band


def test_where_points_do_not_rise_a_mean_stands_midway_between_the_answers() -> None:
    curve = tuple(CurvePoint(Fraction(at), Fraction(10 - at), False) for at in (0, 10))  # noqa: FBT003
    falling = make_ladder(Scale("", minimum=Fraction(0), maximum=Fraction(10), curve=curve))
    cells = [falling.cell(key) for key in ("2", "6", "10")]
    assert _rank_at(falling, Fraction(4), cells) == 6
    rising = make_ladder(Scale("", minimum=Fraction(0), maximum=Fraction(10)))
    assert _rank_at(rising, Fraction(4), [rising.cell("2"), rising.cell("10")]) == 4
