"""Figures of agreement as plain values for JSON: every key there, null where it has no meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from granskning.scoring.reliability.coefficients import interval_of

if TYPE_CHECKING:
    from granskning.scoring.reliability.coefficients import AgreementMeasure, Coefficients

Plain = dict[str, Any]


def plain_coefficients(coefficients: Coefficients) -> Plain:
    """The coefficients of a round."""
    return {
        "items": coefficients.items,
        "few": coefficients.few,
        "unused": coefficients.unused,
        "pair_distances": coefficients.pair_distances,
        "kappa": [
            {
                "reviewers": list(kappa.reviewers),
                "items": kappa.items,
                "plain": kappa.plain,
                "linear": kappa.linear,
                "quadratic": kappa.quadratic,
                "intervals": {
                    name: None if ends is None else list(ends)
                    for name, ends in zip(("plain", "linear", "quadratic"), kappa.intervals, strict=True)
                },
            }
            for kappa in coefficients.kappas
        ],
        "alpha": {"nominal": coefficients.nominal, "ordinal": coefficients.ordinal, "interval": coefficients.interval},
        "measures": [plain_measure(measure) for measure in coefficients.measures],
    }


def plain_measure(measure: AgreementMeasure) -> Plain:
    """One coefficient, what it took for distances and, where it has no value, why."""
    estimate, ends = measure.estimate, interval_of(measure.estimate)
    return {
        "coefficient": measure.coefficient,
        "distances": measure.distances,
        "weights": measure.weights or None,
        "value": None if estimate is None else float(estimate.value),
        "exact": None if estimate is None else str(estimate.value),
        "error": None if estimate is None else estimate.error,
        "low": None if ends is None else ends[0],
        "high": None if ends is None else ends[1],
        "undefined": measure.undefined or None,
    }
