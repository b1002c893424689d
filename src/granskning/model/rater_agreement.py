"""How a criteria set wants its reviewers' agreement measured (samstämmighet): as the YAML says, nothing worked out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from fractions import Fraction

Measurement = Literal["nominal", "ordinal", "interval", "ratio"]
"""What may be made of levels: told apart, put in order, measured by their numbers, measured from a real zero."""

Coefficient = Literal[
    "percent_agreement",
    "cohen_kappa",
    "scott_pi",
    "fleiss_kappa",
    "brennan_prediger",
    "gwet_ac",
    "krippendorff_alpha",
    "kendall_w",
    "icc_one_way",
    "icc_agreement",
    "icc_consistency",
]

OF_ORDER: frozenset[Coefficient] = frozenset({"kendall_w"})
"""Coefficients for which levels must have an order."""
OF_NUMBERS: frozenset[Coefficient] = frozenset({"icc_one_way", "icc_agreement", "icc_consistency"})
"""Coefficients for which levels must be numbers with distances between them."""
OF_WEIGHTS: frozenset[Coefficient] = frozenset(
    {"cohen_kappa", "scott_pi", "fleiss_kappa", "brennan_prediger", "gwet_ac"}
)
"""Coefficients to which differences weigh in as the set says."""


@dataclass(frozen=True, slots=True)
class DeclaredAgreement:
    """What the set says of it; what it does not say is left to whoever measures."""

    measurement: Measurement | None = None
    coefficients: tuple[Coefficient, ...] = ()
    weights: Literal["linear", "quadratic"] = "quadratic"
    """Whether a difference weighs by its distance, or by the square of it."""
    distances: tuple[tuple[str, str, Fraction], ...] = ()
    """The set's own: two levels, and how far apart they are."""
