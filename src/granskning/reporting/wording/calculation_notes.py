"""What stands between a sum and the result, in sentences: what was left out, what held it back, how it is rounded."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from granskning.i18n import N_
from granskning.model.method import DECIDING
from granskning.reporting.wording.conditions import describe_all, describe_condition
from granskning.reporting.wording.entries import number_words, span_words
from granskning.reporting.wording.procedure import parts_of
from granskning.scoring.results.numbers import is_exact, rounded, to_fraction
from granskning.wordings import STANDINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from granskning.model.method import Rounding
    from granskning.reporting.wording.report_context import ScoreContext
    from granskning.scoring.results.card import Score
    from granskning.scoring.results.explanation import GateExplanation, LeftOutPart, StepExplanation, StepOutcome
    from granskning.scoring.results.numbers import Number

REASONS = {
    "not_applicable": STANDINGS["not_applicable"],
    "insufficient_evidence": N_("evidence is missing"),
    "not_asked": N_("not asked in this review"),
    "nothing_assessed": N_("nothing judged"),
    "no_figure": N_("without a figure of its own"),
    "no_band": N_("in no band"),
    "weight_0": N_("weight 0"),
}
"""Why a part does not count, in a few words."""

SHARING = frozenset({"mean", "geometric_mean", "harmonic_mean", "power_mean", "share_satisfied"})
"""The methods in which what is left out makes the others weigh more."""


def make_notes(context: ScoreContext, node: StepExplanation, score: Score) -> tuple[str, ...]:
    """The sentences under a table that can be redone."""
    notes = [
        left_out_words(context, node),
        _pooled_pair(context, node),
        *_hindrances(context, node),
        *_unsupported(context, node),
        *_counted_otherwise(context, node),
        _cases(context, node),
        _points(context, node),
        *(_gate(context, node, gate) for gate in node.gates),
        outer_words(context, score),
        *_shrunk(context, node),
        _rounding(context, node, score),
        *_band(context, node, score),
        _so_far(context, node, score),
    ]
    return tuple(note for note in notes if note)


def outer_words(context: ScoreContext, score: Score) -> str:
    """That an interval is an outer one, in words."""
    if score.bounds == "exact":
        return ""
    return context.t(
        "The bounds are outer: the result is at least so low and at most so high that it cannot go beyond them, but it"
        " may not go quite as far."
    )


def left_out_words(context: ScoreContext, node: StepExplanation) -> str:
    """All that does not count in a result, by why."""
    t = context.t
    by_reason: dict[str, list[str]] = {}
    for one in node.left_out:
        by_reason.setdefault(one.reason, []).append(name_part(context, one))
    told = [f"{t.series(names)} ({t(REASONS[reason])})" for reason, names in by_reason.items()]
    return t("Left out: {parts}.", parts="; ".join(told)) if told else ""


def _pooled_pair(context: ScoreContext, node: StepExplanation) -> str:
    """What a part counts as in a quotient or a difference, where several reviewers have answered it."""
    if not node.step.of or not any(part.reviewer for part in node.parts):
        return ""
    return context.t("A question that several have answered counts as the mean of their answers.")


def name_part(context: ScoreContext, part: LeftOutPart) -> str:
    """The number of a question or a target; with who answered, where several did."""
    name, _, reviewer = part.id.partition("@")
    number = context.numbers[name]
    return f"{number}, {context.t.role(reviewer)}" if reviewer else number


def _hindrances(context: ScoreContext, node: StepExplanation) -> Iterator[str]:
    """The answers that count for less than was given, and the prerequisites that hold them back."""
    t, level = context.t, context.words.names().level
    for part in node.parts:
        for one in part.hindrances:
            number = context.numbers[part.criterion]
            sentence = t(
                "Question {number} counts as at most {cap}, since question {other} is below {level}.",
                number=f"{number}, {t.role(part.reviewer)}" if part.reviewer else number,
                cap=level(part.criterion, one.otherwise),
                other=context.numbers[one.criterion],
                level=level(one.criterion, one.at_least),
            )
            only = t("That is so at the lowest.") if one.at[0] else t("That is so at the highest.")
            yield sentence if all(one.at) else f"{sentence} {only}"


def _unsupported(context: ScoreContext, node: StepExplanation) -> Iterator[str]:
    """The answers that count for less than was given, since they rest on no evidence."""
    t, level = context.t, context.words.names().level
    for part in node.parts:
        counted = next((entry.counted for entry in context.card.criteria_results if entry.id == part.id), None)
        if part.lacks_evidence is None or part.level is None or counted is None:
            continue
        number = context.numbers[part.criterion]
        words = {
            "number": f"{number}, {t.role(part.reviewer)}" if part.reviewer else number,
            "given": level(part.criterion, part.level),
            "counted": level(part.criterion, counted),
        }
        yield (
            t("Question {number} counts as {counted} and not as {given}, since it has no evidence.", **words)
            if part.lacks_evidence == "missing"
            else t("Question {number} counts as {counted} and not as {given}, since its evidence was not found.",
                   **words)
        )  # fmt: skip


def _points(context: ScoreContext, node: StepExplanation) -> str:
    """From what number to what points the result was turned."""
    if node.before_points is None:
        return ""
    before = [number_words(end, context.t) for end in node.before_points]
    after = [number_words(end.value, context.t) for end in node.ungated]
    return context.t("{before} is turned into {after} points.", before=span_words(*before), after=span_words(*after))


def _counted_otherwise(context: ScoreContext, node: StepExplanation) -> Iterator[str]:
    """The targets that count as points of what they are shown as."""
    t = context.t
    for part in node.parts:
        if part.shown is not None and part.is_there:
            shown = span_words(*(number_words(end, t) for end in part.shown))
            counted = span_words(number_words(part.low, t), number_words(part.high, t))
            yield t("Target {number} is shown as {shown} and counts as {counted}.",
                    number=context.numbers[part.id], shown=shown, counted=counted)  # fmt: skip


def _cases(context: ScoreContext, node: StepExplanation) -> str:
    """That it is two ways to answer what remains that are shown, where the parts' own ends would mislead."""
    if node.basis != "cases":
        return ""
    return context.t(
        "The parts cannot all be at their lowest, or all at their highest, at once. What is shown are the two ways to"
        " answer what remains that give the lowest result and the highest."
    )


def _gate(context: ScoreContext, node: StepExplanation, gate: GateExplanation) -> str:
    """A basic demand: whether it is met, and from what to what it holds the result down."""
    t, effects = context.t, (gate.low, gate.high)
    condition = describe_condition(gate.gate.when, t, context.words.names(node.id), parts_of(context, node.id))
    cap = context.words.given(gate.gate.cap, node.id)
    if not any(one.holds for one in effects):
        return t("A basic demand is met: it does not hold that {condition}.", condition=condition)
    is_open = not all(one.holds for one in effects)
    said = (
        t("A basic demand may not be met: it is not settled whether {condition}. If so, the result is at most {cap}.",
          condition=condition, cap=cap)
        if is_open
        else t("A basic demand is not met: {condition}. The result is at most {cap}.", condition=condition, cap=cap)
    )  # fmt: skip
    if not gate.bites:
        return f"{said} {t('It is no higher anyway.')}"
    before = [_outcome(context, node, one.before) for one in effects]
    after = [_outcome(context, node, one.after) for one in effects]
    moved = t("It goes from {before} to {after}.", before=span_words(*before), after=span_words(*after))
    return f"{said} {moved}"


def _outcome(context: ScoreContext, node: StepExplanation, outcome: StepOutcome) -> str:
    """A result of a step by itself: a level in words, or a number in full."""
    if outcome.rank is not None and node.scale is not None:
        if node.scale.scale.is_range:
            return context.words.number(str(outcome.rank), node.scale.scale.unit)
        return context.words.given(node.scale.keys[int(outcome.rank)], node.id)
    value = outcome.value
    if isinstance(value, int | Fraction) and is_exact(value) and rounded(value, node.step.rounding) == value:
        return context.words.bound(Fraction(value), node.step)
    return number_words(value, context.t)


def _rounding(context: ScoreContext, node: StepExplanation, score: Score) -> str:
    """What is shown, where rounding makes it another number; levels in words are not rounded."""
    t, rounding = context.t, node.step.rounding
    if node.scale is not None or score.low is None or score.high is None:
        return ""
    ends: list[Number] = list(dict.fromkeys((score.low, score.high)))
    if all(is_exact(end) and rounded(end, rounding, node.most) == end for end in ends):
        return ""
    exact = [_in_full(end, rounding, context) for end in ends]
    shown = [context.words.value(score, end) for end in ends]
    sentences = {
        "half_up": N_("Shown as {shown}, rounded from {exact}; halves are rounded up."),
        "up": N_("Shown as {shown}, rounded up from {exact}."),
        "truncate": N_("Shown as {shown}, cut off from {exact}."),
        "capped": N_("Shown as {shown}, rounded from {exact}; the highest possible is not shown before it is reached."),
    }
    return t(sentences[rounding.mode], shown=_from_to(context, shown), exact=_from_to(context, exact))


def _so_far(context: ScoreContext, node: StepExplanation, score: Score) -> str:
    """What the judged answers alone come to; not where rules decide, since the decisive may be what is not known."""
    if score.standing != "interval" or score.method in DECIDING:
        return ""
    if score.so_far_outcome is not None and context.words.is_word(score):
        so_far = context.words.outcome(score.so_far_outcome, score, node.id)
    elif score.so_far is not None:
        so_far = context.words.value(score, score.so_far)
    else:
        return ""
    told = context.t("What is judged comes so far to {result}.", result=so_far)
    if not context.only_overstates:
        return told
    missing = context.t("Of a text that is not read whole that is too high, since nothing may be said to be missing.")
    return f"{told} {missing}"


def _in_full(value: Number, rounding: Rounding, context: ScoreContext) -> str:
    """A number as far as it can be written; as a percentage where results are shown so."""
    if rounding.percent:
        return f"{number_words(to_fraction(value) * 100, context.t)}\N{NO-BREAK SPACE}%"
    return number_words(value, context.t)


def _from_to(context: ScoreContext, ends: list[str]) -> str:
    return ends[0] if len(ends) == 1 else context.t("{low} to {high}", low=ends[0], high=ends[-1])


def _shrunk(context: ScoreContext, node: StepExplanation) -> list[str]:
    """Where the bands begin, since questions are not applicable."""
    left, least = node.shrunk, node.least
    if left is None or left[1] == 1 or not node.step.bands:
        return []
    bottom = Fraction(least) if isinstance(least, int | Fraction) else Fraction(0)
    starts = [bottom + (band.start - left[0]) * left[1] for band in node.step.bands]
    told = [f"{context.t.text(band.label)} {context.words.bound(start, node.step)}"
            for band, start in zip(node.step.bands, starts, strict=True)]  # fmt: skip
    return [
        context.t("Since questions are not applicable, the bands begin at: {bands}.", bands=context.t.series(told)),
    ]


def _band(context: ScoreContext, node: StepExplanation, score: Score) -> list[str]:
    """The band, and what kept it from being the one that the number alone would give."""
    t, step = context.t, node.step
    if not step.bands or score.low_band is None:
        return []
    said = [t("Band: {band}.", band=context.words.band(score, node.id))]
    alone = node.band_alone if score.value is not None else None
    demands = {band.id: band for band in step.bands}
    if alone is not None and alone != score.band and demands[alone].requires:
        held = demands[alone]
        clause = describe_all(held.requires, t, context.words.names(node.id), parts_of(context, node.id))
        said.append(
            t(
                "The number alone would give {band}, but that takes that {condition}.",
                band=t.text(held.label),
                condition=clause,
            )
        )
    return [" ".join(said)]
