"""What a figure of agreement is called, what it took for distances, and why one is not defined, in plain words."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from granskning.i18n import N_
from granskning.scoring.reliability.coefficients import interval_of

if TYPE_CHECKING:
    from granskning.i18n import Translator
    from granskning.model.rater_agreement import DeclaredAgreement
    from granskning.scoring.reliability.coefficients import AgreementMeasure, Coefficients

_DECIMALS = 2

_NAMES = {
    "percent_agreement": N_("Share alike"),
    "cohen_kappa": N_("Cohen's kappa"),
    "scott_pi": N_("Scott's pi"),
    "fleiss_kappa": N_("Fleiss' kappa"),
    "brennan_prediger": N_("Brennan and Prediger's coefficient"),
    "gwet_ac": N_("Gwet's AC1"),
    "krippendorff_alpha": N_("Krippendorff's alpha"),
    "kendall_w": N_("Kendall's W"),
    "icc_one_way": N_("Intraclass correlation ICC(1)"),
    "icc_agreement": N_("Intraclass correlation ICC(A,1)"),
    "icc_consistency": N_("Intraclass correlation ICC(C,1)"),
}
_WEIGHTED_AC = N_("Gwet's AC2")
_ALPHAS = {
    "nominal": N_("Krippendorff's alpha, nominal"),
    "ordinal": N_("Krippendorff's alpha, ordinal"),
    "interval": N_("Krippendorff's alpha, interval"),
    "ratio": N_("Krippendorff's alpha, ratio"),
    "own": N_("Krippendorff's alpha, the set's own distances"),
}
_MEANINGS = {
    "percent_agreement": N_("How often two have given the same level. Chance is not taken away."),
    "cohen_kappa": N_("Chance lets each reviewer use the levels as often as they did."),
    "scott_pi": N_("Chance uses each level as often as the two together."),
    "fleiss_kappa": N_("Chance uses each level as often as all together."),
    "brennan_prediger": N_("Chance uses all levels of the scale alike, also those that nobody used."),
    "gwet_ac": N_("Chance is what those do who cannot tell. All levels of the scale count, also those nobody used."),
    "krippendorff_alpha": N_("Chance deals out anew the levels that were given. Levels that nobody used play no part."),
    "kendall_w": N_("How far all put the questions in the same order. Only questions that all have judged count."),
    "icc_one_way": N_("How much of the differences lies between questions. Only questions that all have judged count."),
    "icc_agreement": N_(
        "How much of the differences lies between questions; a reviewer who is always stricter disagrees. Only "
        "questions that all have judged count."
    ),
    "icc_consistency": N_(
        "How much of the differences lies between questions; a reviewer who is always stricter does no harm. Only "
        "questions that all have judged count."
    ),
}
DISTANCES = {
    "alike": N_("It asks only whether levels are alike."),
    "nominal": N_("All differences weigh the same."),
    "steps": N_("Distances are steps on the scale."),
    "ordinal": N_("Distances are how many judgements lie between; only the order of the levels counts."),
    "interval": N_("Distances are those between the levels' numbers."),
    "ratio": N_("Distances are those between the levels' numbers, as shares of the numbers' sum."),
    "own": N_("Distances are the set's own."),
    "order": N_("Only the order counts."),
}
_UNDEFINED = {
    "nothing_compared": N_("Not defined: no question has been given a level by at least two."),
    "constant": N_("Not defined: one and the same level throughout tells nothing from chance."),
    "no_numbers": N_("Not defined: the levels have no numbers that give such distances."),
    "not_two": N_("Not defined: it is for exactly two reviewers."),
    "not_listed": N_("Not defined: the scale has no levels to count."),
    "too_few": N_("Not defined: too few questions that all have judged, or no differences between them."),
}
_WEIGHTS = {"linear": N_("They weigh as they are."), "quadratic": N_("They weigh by their square.")}
NO_RATING = N_(
    "What cannot be applied, lacks evidence or is not answered is no level, and is not among the judgements compared."
)


def describe_declared(agreement: DeclaredAgreement, t: Translator) -> str:
    """How a set wants its reviewers' agreement measured; nothing where it leaves that to whoever measures."""
    names = [t(_NAMES[name]) for name in agreement.coefficients]
    sentences = [f"{t.series(names)}."] if names else []
    if agreement.measurement is not None:
        sentences.append(t(DISTANCES[agreement.measurement]))
    if agreement.distances:
        steps = t.series([f"{one}–{other}: {t.number(apart)}" for one, other, apart in agreement.distances])
        sentences += [t(DISTANCES["own"]), f"{steps}."]
    return " ".join((*sentences, t(_WEIGHTS[agreement.weights])))


def measure_name(measure: AgreementMeasure, t: Translator) -> str:
    """What a coefficient is called; alpha with its distances, AC2 where differences weigh unlike."""
    if measure.coefficient == "krippendorff_alpha":
        return t(_ALPHAS[measure.distances])
    if measure.coefficient == "gwet_ac" and measure.weights:
        return t(_WEIGHTED_AC)
    return t(_NAMES[measure.coefficient])


def measure_meaning(measure: AgreementMeasure, t: Translator, *, before: AgreementMeasure | None = None) -> str:
    """What chance is taken to do, what the distances are, and why there is no figure.

    Beneath the same coefficient (`before`) what chance does is not said again.
    """
    if measure.coefficient == "percent_agreement":
        sentences = [t(_MEANINGS[measure.coefficient])]
    else:
        sentences = [t(_MEANINGS[measure.coefficient]), t(DISTANCES[measure.distances])]
    if measure.weights:
        sentences.append(t(_WEIGHTS[measure.weights]))
    if measure.undefined:
        sentences = [t(_UNDEFINED[measure.undefined]), sentences[0]]
    elif before is not None and before.coefficient == measure.coefficient and not before.undefined:
        sentences = sentences[1:] or sentences
    return " ".join(sentences)


def measure_value(measure: AgreementMeasure, t: Translator) -> str:
    """The figure with its interval; words where it is not defined."""
    estimate = measure.estimate
    return coefficient_words(t, None if estimate is None else float(estimate.value), interval_of(estimate))


def coefficient_words(t: Translator, value: float | None, interval: tuple[float, float] | None = None) -> str:
    """A coefficient as shown, with its 95 % interval where it has one; words where it is not defined."""
    if value is None:
        return t("not defined")
    shown = t.number(Fraction(value), _DECIMALS)
    if interval is None:
        return shown
    low, high = (t.number(Fraction(end), _DECIMALS) for end in interval)
    return t("{value} ({low} to {high})", value=shown, low=low, high=high)


def unused_words(coefficients: Coefficients, t: Translator) -> str:
    """How many levels nobody used, and what that means; empty where all are used."""
    if not coefficients.unused:
        return ""
    return t.plural(
        "{count} level of the scale was used by nobody. It still counts as a step between the others.",
        "{count} levels of the scale were used by nobody. They still count as steps between the others.",
        coefficients.unused,
    )
