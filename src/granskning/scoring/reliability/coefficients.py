"""Agreement of a round's reviewers as figures: ranks by reviewer in, coefficients with their intervals out. No verdict.

Which are made, and how far apart two levels are, the criteria set may declare. Where it does not, alpha is told for
three ways of looking at levels. What each figure took for distances stands beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Literal, TypeAlias

from granskning.model.rater_agreement import OF_NUMBERS, OF_ORDER, OF_WEIGHTS, DeclaredAgreement
from granskning.scoring.reliability import chance, distances, variance
from granskning.scoring.reliability.rating_table import make_rating_table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from fractions import Fraction

    from granskning.model.rater_agreement import Coefficient, Measurement
    from granskning.scoring.reliability.distances import Distances
    from granskning.scoring.reliability.estimate import Estimate
    from granskning.scoring.reliability.rating_table import RatingTable
    from granskning.scoring.results.explanation import Rank

DistanceKind: TypeAlias = Literal["alike", "nominal", "steps", "ordinal", "interval", "ratio", "own", "order"]
"""What a figure looks at: whether levels are alike, steps on the scale, ranks, numbers, or the set's own table."""

Undefined: TypeAlias = Literal["", "nothing_compared", "constant", "no_numbers", "not_two", "not_listed", "too_few"]
"""Why there is no figure."""

FEWEST_LEVELS, MOST_LEVELS = 3, 10
"""The numbers of levels that the rule for few items was tested on."""

_WEIGHTED: dict[Coefficient, Callable[[RatingTable, Distances], Estimate | None]] = {
    "cohen_kappa": chance.light_kappa,
    "scott_pi": chance.scott_pi,
    "fleiss_kappa": chance.fleiss_kappa,
    "brennan_prediger": chance.brennan_prediger,
    "gwet_ac": chance.gwet_ac,
}
_OF_COMPLETE: dict[Coefficient, Callable[[RatingTable], Estimate | None]] = {
    "kendall_w": variance.kendall_w,
    "icc_one_way": variance.icc_one_way,
    "icc_agreement": variance.icc_agreement,
    "icc_consistency": variance.icc_consistency,
}
_ALWAYS: tuple[Coefficient, ...] = (
    "percent_agreement", "fleiss_kappa", "gwet_ac", "brennan_prediger", "krippendorff_alpha",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kappa:
    """Cohen's kappa for two reviewers.

    None is undefined: no item in common, or one and the same level throughout, when nothing can be told from chance.
    """

    reviewers: tuple[str, str]
    items: int
    """Criteria that both have rated."""
    plain: float | None
    linear: float | None
    """Weighted by the distance between the levels."""
    quadratic: float | None
    """Weighted by its square."""
    intervals: tuple[tuple[float, float] | None, ...] = (None, None, None)
    """The 95 % interval of each of the three."""


@dataclass(frozen=True, slots=True)
class AgreementMeasure:
    """One coefficient over all reviewers, and what it took for distances."""

    coefficient: Coefficient
    distances: DistanceKind
    weights: Literal["", "linear", "quadratic"]
    """Whether a difference weighs by its distance or by the square; empty where neither is asked."""
    estimate: Estimate | None
    undefined: Undefined = ""


@dataclass(frozen=True, slots=True)
class Coefficients:
    """Cohen's kappa for every two reviewers, and what is measured over all of them."""

    kappas: tuple[Kappa, ...]
    """In the order of the table's reviewers."""
    nominal: float | None
    """Alpha where levels are only equal or not; None, as the two below, when undefined."""
    ordinal: float | None
    """Alpha where only the order of the ranks counts."""
    interval: float | None
    """Alpha by the distances between the levels' numbers; None too where levels have none."""
    items: int
    """Criteria with at least two ratings."""
    few: bool
    """Whether the items are too few to lean on: fewer than twice the square of the number of levels.

    Below that, weighted kappa does not follow the distribution that its standard error supposes, so that chance may
    move it far: 18 items for three levels, 32 for four. Cicchetti (1981), Testing the normal approximation and minimal
    sample size requirements of weighted kappa when the number of categories is large, Applied Psychological
    Measurement 5, 101–104; for three to ten levels, and the nearest of these is used for fewer and more.
    """
    measures: tuple[AgreementMeasure, ...] = ()
    """What the set asks for or, where it asks for nothing, the share alike and the three alphas."""
    pair_distances: DistanceKind = "steps"
    """What the weighted kappas of two reviewers took for distances."""
    unused: int = 0
    """How many levels of the scale nobody used."""


def coefficients(
    ratings: Mapping[str, Mapping[str, Rank]],
    levels: Sequence[Rank],
    numbers: Mapping[Rank, Fraction] | None = None,
    declared: DeclaredAgreement | None = None,
    keys: Sequence[str] = (),
) -> Coefficients:
    """Calculate all coefficients of a table: reviewer, criterion, rank. A criterion not rated is left out of its row.

    `levels` is every rank of the scale, used or not: weighted kappa counts steps on the full scale. For a number range
    that cannot be listed it may be empty; then (and when a rank is not among the levels) distances are between numbers.
    `numbers` are those of the levels; without it the ranks are numbers. `keys` name the levels in the set's own table.
    """
    return measure_table(make_rating_table(ratings, levels, numbers), declared, keys, len(set(levels)))


def measure_table(
    table: RatingTable, declared: DeclaredAgreement | None, keys: Sequence[str] = (), size: int = 0
) -> Coefficients:
    """The same of a table that is made; `size` is how many levels the scale has, where it is not listed."""
    ruler = _Ruler(table, declared or DeclaredAgreement(), keys)
    alphas = [ruler.alpha(kind).estimate for kind in ("nominal", "ordinal", "interval")]
    number = min(max(len(table.levels), size, FEWEST_LEVELS), MOST_LEVELS)
    used = {place for item in table.items for place in item if place is not None}
    return Coefficients(
        kappas=tuple(ruler.kappa(pair) for pair in combinations(range(len(table.raters)), 2)),
        nominal=_double(alphas[0]),
        ordinal=_double(alphas[1]),
        interval=_double(alphas[2]),
        items=len(table.compared),
        few=len(table.compared) < 2 * number**2,
        measures=tuple(ruler.undeclared() if declared is None else map(ruler.measure, ruler.wanted())),
        pair_distances=ruler.kind,
        unused=len(table.levels) - len(used) if table.is_listed else 0,
    )


def _double(estimate: Estimate | None) -> float | None:
    return None if estimate is None else float(estimate.value)


class _Ruler:
    """Measures one table as a set declares it."""

    def __init__(self, table: RatingTable, declared: DeclaredAgreement, keys: Sequence[str]) -> None:
        self.table = table
        self.declared = declared
        self.keys = keys
        self.kind: DistanceKind = "own" if declared.distances else _STEPPED.get(declared.measurement, "steps")
        """What weighted coefficients take for distances."""
        self._weights: dict[tuple[DistanceKind, str], Distances | None] = {}
        """Made once for all pairs of raters: a table of 101 levels has ten thousand places."""

    def wanted(self) -> Sequence[Coefficient]:
        """The coefficients that the set names or, where it names none, those that suit its measurement."""
        if self.declared.coefficients:
            return self.declared.coefficients
        numbered = self.declared.measurement in ("interval", "ratio")
        ordered: tuple[Coefficient, ...] = ("kendall_w",) if self.declared.measurement != "nominal" else ()
        return (*_ALWAYS, *ordered, *(("icc_agreement",) if numbered else ()))

    def undeclared(self) -> Sequence[AgreementMeasure]:
        """What is told of a set that says nothing."""
        return (
            self.measure("percent_agreement"),
            *(self.alpha(kind) for kind in ("nominal", "ordinal", "interval")),
        )

    def measure(self, name: Coefficient) -> AgreementMeasure:
        """One coefficient, by the distances that the set declares."""
        if name == "percent_agreement":
            estimate = chance.percent_agreement(self.table)
            return AgreementMeasure(name, "alike", "", estimate, "" if estimate else "nothing_compared")
        if name == "krippendorff_alpha":
            kind: DistanceKind = "own" if self.declared.distances else self.declared.measurement or "ordinal"
            return self.alpha(kind)
        if name in OF_WEIGHTS:
            weights = self.weights(self.kind, self.declared.weights)
            estimate = None if weights is None or not self.table.varies else _WEIGHTED[name](self.table, weights)
            return AgreementMeasure(
                name, self.kind, "" if self.kind == "nominal" else self.declared.weights, estimate,
                "" if estimate else self.why(name, self.kind),
            )  # fmt: skip
        kind = "order" if name in OF_ORDER else "interval"
        estimate = _OF_COMPLETE[name](self.table) if self.table.varies else None
        return AgreementMeasure(name, kind, "", estimate, "" if estimate else self.why(name, kind))

    def alpha(self, kind: DistanceKind) -> AgreementMeasure:
        """Krippendorff's alpha; its difference is always the square of the distance."""
        weights = self.weights(kind, "quadratic")
        estimate = None if weights is None else chance.krippendorff_alpha(self.table, weights)
        details: Literal["", "quadratic"] = "" if kind == "nominal" else "quadratic"
        return AgreementMeasure("krippendorff_alpha", kind, details, estimate, "" if estimate else self.why("", kind))

    def kappa(self, pair: tuple[int, int]) -> Kappa:
        """Cohen's kappa of two reviewers, plain and weighted."""
        ratings = self.table.of_pair(*pair)
        ways: tuple[tuple[DistanceKind, str], ...] = (
            ("nominal", "linear"),
            (self.kind, "linear"),
            (self.kind, "quadratic"),
        )
        made = [
            None if (weights := self.weights(kind, power)) is None else chance.cohen_kappa(ratings, weights)
            for kind, power in ways
        ]
        plain, linear, quadratic = map(_double, made)
        names = (self.table.raters[pair[0]], self.table.raters[pair[1]])
        return Kappa(names, len(ratings), plain, linear, quadratic, tuple(map(interval_of, made)))

    def weights(self, kind: DistanceKind, power: str) -> Distances | None:
        """How alike levels are, by the distances of that kind; None where there are none."""
        if (kind, power) not in self._weights:
            apart = self._apart(kind)
            squared = distances.squared(apart) if apart and power == "quadratic" else apart
            self._weights[kind, power] = None if squared is None else distances.alike(squared)
        return self._weights[kind, power]

    def _apart(self, kind: DistanceKind) -> Distances | None:
        if kind == "own":
            return distances.declared(self.table, self.keys, self.declared)
        return _DISTANCES[kind](self.table)

    def why(self, name: Coefficient | Literal[""], kind: DistanceKind) -> Undefined:
        """Why there is no figure."""
        table = self.table
        if len(table.raters) < 2 or not table.compared:  # noqa: PLR2004  # nobody to agree with
            return "nothing_compared"
        if not table.varies:
            return "constant"
        if kind in ("interval", "ratio", "own") and self.weights(kind, "linear") is None:
            return "no_numbers"
        if name == "scott_pi":
            return "not_two"
        if name in ("gwet_ac", "brennan_prediger") and not table.is_listed:
            return "not_listed"
        return "too_few" if name in OF_ORDER | OF_NUMBERS else "constant"


_STEPPED: dict[Measurement | None, DistanceKind] = {"nominal": "nominal", "interval": "interval", "ratio": "ratio"}
_DISTANCES: dict[DistanceKind, Callable[[RatingTable], Distances | None]] = {
    "nominal": distances.nominal,
    "steps": distances.steps,
    "ordinal": distances.ordinal,
    "interval": distances.interval,
    "ratio": distances.ratio,
}


def interval_of(estimate: Estimate | None) -> tuple[float, float] | None:
    """The 95 % interval of an estimate, where it has one."""
    if estimate is None or estimate.low is None or estimate.high is None:
        return None
    return estimate.low, estimate.high
