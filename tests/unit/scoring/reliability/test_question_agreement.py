"""How far reviewers agree on a question over many rounds."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from small_sets import make, review

from granskning.model.rater_agreement import DeclaredAgreement
from granskning.scoring.reliability.coefficients import coefficients
from granskning.scoring.reliability.plain_agreement import plain_coefficients, plain_measure
from granskning.scoring.reliability.question_agreement import measured_levels, question_agreement

SET = make("criteria: {method: mean}\ntargets: {method: mean}")


def rank(_criterion: str, level: str) -> int:
    return int(level)


def test_the_weakest_question_stands_first_with_its_figures() -> None:
    first = [review("anna", a=0, b=3, c=2), review("bo", a=3, b=3, c=1), review("cilla", a=1, b=3)]
    second = [review("bo", a=2, b=1, c=2), review("dag", a=2, b=1, c=2)]
    found = question_agreement(SET, [first, second], rank)
    assert [entry.criterion for entry in found] == ["a", "c", "b"]
    weakest, middle, strongest = found
    assert (weakest.rounds, weakest.ratings) == (2, 5)
    assert weakest.alike == Fraction(1, 2)  # of the first round's three pairs none, of the second's one all
    assert weakest.apart == Fraction(1)  # (3 + 1 + 2) / 3 in the first round, 0 in the second
    assert weakest.largest == 3
    assert (middle.alike, middle.apart, middle.largest) == (Fraction(1, 2), Fraction(1, 2), Fraction(1))
    assert (strongest.alike, strongest.apart, strongest.largest) == (Fraction(1), Fraction(0), Fraction(0))
    assert strongest.alpha.estimate is not None
    assert strongest.alpha.estimate.value == 1
    assert weakest.alpha.distances == "ordinal"


def test_of_equally_far_apart_the_one_less_alike_and_then_the_sets_order() -> None:
    halves = [review("anna", a=0, b=0, c=0), review("bo", a=1, b=2, c=1)]
    wholes = [review("anna", a=1, b=1, c=1), review("bo", a=2, b=1, c=2)]
    found = question_agreement(SET, [halves, wholes], rank)
    assert [(entry.criterion, entry.apart, entry.alike) for entry in found] == [
        ("a", Fraction(1), Fraction(0)),
        ("c", Fraction(1), Fraction(0)),
        ("b", Fraction(1), Fraction(1, 2)),
    ]


def test_a_round_with_one_level_says_nothing_of_agreement() -> None:
    alone = [review("anna", a=1, b=2), review("bo", a=1, b="?")]
    found = question_agreement(SET, [alone, [review("anna", b=2)]], rank)
    assert [(entry.criterion, entry.rounds, entry.ratings) for entry in found] == [("a", 1, 2)]


@pytest.mark.parametrize("measurement", ["nominal", "interval"])
def test_alpha_is_by_what_the_set_declares(measurement: str) -> None:
    declared = replace(SET, agreement=DeclaredAgreement(measurement=measurement))  # type: ignore[arg-type]  # both are
    rounds = [[review("anna", a=n % 4), review("bo", a=(n * n) % 4)] for n in range(7)]
    (found,) = question_agreement(declared, rounds, rank)
    rows = {name: {f"{n}": int(each[who].answers["a"].level or 0) for n, each in enumerate(rounds)}
            for who, name in enumerate(("anna", "bo"))}  # fmt: skip
    whole = coefficients(rows, range(4))
    assert found.alpha.estimate is not None
    expected = {"nominal": whole.nominal, "interval": whole.interval}[measurement]
    assert float(found.alpha.estimate.value) == pytest.approx(expected, abs=1e-12)
    assert found.alpha.distances == measurement


def test_levels_have_their_ranks_numbers_and_keys_and_a_range_only_its_numbers() -> None:
    scale = SET.scale_of(SET.criteria[0])
    ranks, numbers, keys = measured_levels(scale)
    assert ranks == (0, 1, 2, 3)
    assert numbers == {place: Fraction(place) for place in range(4)}
    assert keys == ("0", "1", "2", "3")


def test_a_figure_as_plain_values_has_every_key() -> None:
    rows = {"anna": dict(zip("abcdef", (0, 1, 2, 3, 3, 1), strict=True)),
            "bo": dict(zip("abcdef", (0, 1, 1, 3, 2, 1), strict=True))}  # fmt: skip
    plain = plain_coefficients(coefficients(rows, range(4)))
    (kappa,) = plain["kappa"]
    assert kappa["reviewers"] == ["anna", "bo"]
    assert set(kappa["intervals"]) == {"plain", "linear", "quadratic"}
    low, high = kappa["intervals"]["quadratic"]
    assert low < kappa["quadratic"] <= high
    share = plain["measures"][0]
    assert (share["coefficient"], share["value"], share["exact"]) == ("percent_agreement", pytest.approx(2 / 3), "2/3")
    assert share["low"] < share["value"] < share["high"]
    assert share["error"] > 0
    assert (share["weights"], share["undefined"]) == (None, None)


def test_a_figure_that_is_not_there_says_why_and_has_no_numbers() -> None:
    same = coefficients({"anna": {"a": 1, "b": 1}, "bo": {"a": 1, "b": 1}}, range(4))
    alpha = plain_measure(same.measures[1])
    assert alpha == {
        "coefficient": "krippendorff_alpha", "distances": "nominal", "weights": None, "value": None, "exact": None,
        "error": None, "low": None, "high": None, "undefined": "constant",
    }  # fmt: skip
    assert plain_measure(same.measures[2])["weights"] == "quadratic"
