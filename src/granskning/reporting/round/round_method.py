"""How a round's joint result is made, and how agreement beyond chance is measured, in plain words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from granskning.i18n import N_
from granskning.reporting.round.round_values import Measure, PairRow, RoundMethod
from granskning.reporting.shared_parts.values import SourceText
from granskning.reporting.wording.agreement_words import (
    DISTANCES,
    NO_RATING,
    coefficient_words,
    measure_meaning,
    measure_name,
    measure_value,
    unused_words,
)
from granskning.reporting.wording.differences import describe_differences
from granskning.reporting.wording.round_calculation import made_line, make_round_sums
from granskning.scoring.explain_round import explain_round

if TYPE_CHECKING:
    from granskning.reporting.blocks.badges import Paragraphs
    from granskning.reporting.blocks.grids import Grid
    from granskning.reporting.round.round_material import RoundMaterial
    from granskning.scoring.reliability.coefficients import Kappa

JOINT: dict[str, tuple[str, ...]] = {
    "consensus": (
        N_(
            "The joint result is that of the joint review. The reviewers agree on it question by question, and nothing"
            " is calculated from their separate results."
        ),
        N_("Without a joint review the round cannot be assessed."),
    ),
    "pooled": (
        N_("Each question is put once to each reviewer, and all their answers are counted together."),
        N_("A rule that looks at one question looks at the lowest of the reviewers' levels."),
    ),
    "mean": (N_("Each result, for target pictures and the whole, is the mean of the reviewers' results."),),
    "median": (
        N_(
            "Each result, for target pictures and the whole, is the median of the reviewers' results: the one in the"
            " middle, or the mean of the two in the middle. Where results are levels in words it is the lower of the"
            " two."
        ),
    ),
    "by_difference": (
        N_(
            "The reviewers' answers to a question become one by how far apart they are. The results are then made of"
            " those."
        ),
        N_(
            "An answer that is not settled is tried at every level. A reviewer whose answer does not count, such as not"
            " applicable, is left out of the question."
        ),
    ),
    "none": (N_("The set asks for no joint result. Each reviewer's result stands on its own."),),
}
_OF_RESULTS = N_("Results that cannot be assessed or do not apply are left out of it.")
_OF_ANSWERS = {
    "mean": N_(
        "For each question the mean of the points of the reviewers' levels is taken. The results are then made of "
        "those."
    ),
    "median": N_("For each question the median of the reviewers' levels is taken. The results are then made of those."),
}
_UNDECLARED = N_("The criteria set does not say how several reviews become one. It then takes a joint review.")

SOURCES = (
    SourceText(
        "Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and Psychological Measurement"
        " 20, 37–46", "", "", "",
    ),
    SourceText(
        "Cohen, J. (1968). Weighted kappa: nominal scale agreement with provision for scaled disagreement or partial"
        " credit. Psychological Bulletin 70, 213–220", "", "", "",
    ),
    SourceText(
        "Gwet, K. L. (2014). Handbook of Inter-Rater Reliability, 4th edition. Advanced Analytics", "", "", "",
    ),
    SourceText(
        "Krippendorff, K. (2011). Computing Krippendorff’s alpha-reliability",
        "https://repository.upenn.edu/asc_papers/43", "", "",
    ),
    SourceText(
        "Cicchetti, D. V. (1981). Testing the normal approximation and minimal sample size requirements of weighted"
        " kappa when the number of categories is large. Applied Psychological Measurement 5, 101–104", "", "", "",
    ),
)  # fmt: skip
"""Where the measures come from."""


def make_round_method(context: RoundMaterial) -> RoundMethod:
    """The method page."""
    t, found = context.t, context.coefficients
    explained = explain_round(
        context.joint,
        [reading.review for reading in context.readings],
        [reading.card for reading in context.readings],
        context.criteria,
    )
    single = explained.method in ("single", "consensus")  # then the sums stand in that review's own report
    sums = () if single else make_round_sums(explained, context.joint.card, context.words)
    return RoundMethod(
        joint=_joint(context),
        made=made_line(explained, context.words),
        sums=tuple(_unlinked(grid) for grid in sums),
        agreement=_agreement(context),
        chance=_chance(context),
        measures=tuple(
            Measure(measure_name(row, t), measure_value(row, t), measure_meaning(row, t, before=before))
            for before, row in zip((None, *found.measures), found.measures, strict=False)
        )
        if found
        else (),
        pairs=tuple(_pair(context, kappa) for kappa in found.kappas) if found else (),
        pairs_note=" ".join(
            (
                context.t(
                    "Kappa compares two reviewers at a time. Plain kappa lets all differences weigh the same. With"
                    " linear weights a difference weighs by its distance, with quadratic weights by the square of that,"
                    " so that large differences weigh the most."
                ),
                context.t(DISTANCES[found.pair_distances if found else "steps"]),
            )
        ),
    )


def _unlinked(grid: Grid) -> Grid:
    """The table without links: the questions and target pictures stand in the reviewers' own reports."""
    return replace(grid, rows=tuple(tuple(replace(cell, anchor="") for cell in row) for row in grid.rows))


def _joint(context: RoundMaterial) -> Paragraphs:
    t, scoring = context.t, context.criteria.scoring
    method = scoring.reviewers
    if method is None:
        return (t(_UNDECLARED), *(t(one) for one in JOINT["consensus"]))
    if method in _OF_ANSWERS and scoring.reviewers_of == "answers":
        return (t(_OF_ANSWERS[method]),)
    rest = (t(_OF_RESULTS),) if method in _OF_ANSWERS else ()
    return (*(t(one) for one in JOINT[method]), *describe_differences(scoring, t), *rest)


def _agreement(context: RoundMaterial) -> Paragraphs:
    """What is compared, and what is not."""
    t = context.t
    return (
        t(
            "Two levels are compared where at least two reviewers have given a question a level. The difference is"
            " counted from the lowest level to the highest."
        ),
        t(
            "A question that is not answered, is open or has been carried over is no disagreement: nobody has judged it"
            " yet. The joint review is not one of those compared."
        ),
    )


def _chance(context: RoundMaterial) -> Paragraphs:
    """What the coefficients are, and how much can be leaned on them."""
    t, found = context.t, context.coefficients
    if found is None:
        return ()
    parts = [
        t(
            "Those who guess also agree now and then. These measures take that away: 1 is full agreement, 0 what chance"
            " alone would give, and less than 0 is below chance."
        ),
        t(
            "In brackets stands the interval of 95 per cent: how far the figure could be expected to vary with other"
            " questions of the same kind. It is there where a formula for it is known and the judgements vary."
        ),
        t(NO_RATING),
    ]
    if unused := unused_words(found, t):
        parts.append(unused)
    if found.few:
        parts.append(
            t.plural(
                "Be careful with the figures: they rest on {count} question. With so few, a single changed judgement"
                " can move them a lot. Look at the disagreements themselves instead.",
                "Be careful with the figures: they rest on {count} questions. With so few, a single changed judgement"
                " can move them a lot. Look at the disagreements themselves instead.",
                found.items,
            )
        )
    if len({criterion.scale for criterion in context.criteria.criteria}) > 1:
        parts.append(
            t("Only the questions on the most common scale are counted, since different scales cannot be put together.")
        )
    undefined = None in (found.nominal, *(kappa.plain for kappa in found.kappas))
    if undefined:
        parts.append(
            t(
                "Not defined means that nothing can be told from chance: no question in common, or one and the same"
                " level throughout."
            )
        )
    return tuple(parts)


def _pair(context: RoundMaterial, kappa: Kappa) -> PairRow:
    t = context.t
    return PairRow(
        who=t.series([t.role(name) for name in kappa.reviewers]),
        items=t.whole(kappa.items),
        plain=coefficient_words(t, kappa.plain, kappa.intervals[0]),
        linear=coefficient_words(t, kappa.linear, kappa.intervals[1]),
        quadratic=coefficient_words(t, kappa.quadratic, kappa.intervals[2]),
    )
