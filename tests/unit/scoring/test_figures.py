"""Counts and shares over strategies, weighted by their own numbers."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from small_sets import card, make, question, target

from granskning.scoring.engine.plan import compile_criteria
from granskning.scoring.figures import make_figures, result_ends
from granskning.scoring.results.card import TOTAL

BANDS = "[{from: 0, id: low, label: Low}, {from: 1.5, id: high, label: High}]"
MADE = make(f"criteria: {{method: mean}}\ntargets: {{method: mean, bands: {BANDS}}}")


def test_counts_shares_and_weights() -> None:
    cards = {
        "one": card(MADE, a=0, b=0, c=0),
        "two": card(MADE, a=3, b=3, c=3),
        "three": card(MADE, a=3, b=3, c=3),
        "open": card(MADE, a=3, b=0),
    }
    numbers = {"budget": {"one": Fraction(70), "two": Fraction(20), "three": Fraction(10)}}
    found = make_figures(cards, {"four": "draft"}, compile_criteria(MADE), numbers)
    assert (found.left_out, found.without) == ((("four", "draft"),), (("budget", ("open",)),))
    (figure,) = found.figures
    assert figure.of == TOTAL
    told = [(one.kind, one.id, one.strategies, one.share, one.weighted[0].share) for one in figure.groups]
    assert told == [
        ("band", "low", ("one",), Fraction(1, 4), Fraction(7, 10)),
        ("band", "high", ("two", "three"), Fraction(1, 2), Fraction(3, 10)),
        ("interval", "", ("open",), Fraction(1, 4), 0),
    ]


def test_levels_count_where_there_are_no_bands_and_bare_numbers_do_not() -> None:
    weakest = make("criteria: {method: weakest}\ntargets: {method: mean}")
    found = make_figures({"one": card(weakest, a=2, b=1, c=3)}, {}, compile_criteria(weakest), {})
    assert [(figure.of, [(g.kind, g.id, len(g.strategies)) for g in figure.groups]) for figure in found.figures] == [
        ("t", [("level", "0", 0), ("level", "1", 1), ("level", "2", 0), ("level", "3", 0)])
    ]


def test_nothing_counted_is_no_share() -> None:
    found = make_figures({}, {"four": "no_result"}, compile_criteria(MADE), {"budget": {}})
    assert (found.counted, found.figures, found.without) == ((), (), (("budget", ()),))


def test_what_results_can_come_to_is_bands_else_levels_else_nothing() -> None:
    def ends(scoring: str, **head: Any) -> list[tuple[str, str]]:
        asked = [question("a", **({"scale": "p"} if head else {}))]
        plan = compile_criteria(make(scoring, [target("t", asked)], **head))
        return [(kind, key) for kind, key, _ in result_ends(plan, "t")]

    assert ends("criteria: {method: none}") == []
    assert ends("criteria: {method: mean, bands: [{from: 0, id: low, label: L}]}") == [("band", "low")]
    assert ends("criteria: {method: weakest}") == [("level", key) for key in "0123"]
    assert ends("criteria: {method: mean}") == []
    assert ends("criteria: {method: weakest}", scales=[{"id": "p", "range": {"from": 0, "to": 9}}]) == []
