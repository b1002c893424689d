"""Steps in words: how a result is made of its parts, from the same declared values that scoring uses.

`describe_step(step, t, names, subject, parts)` is the way in; rules, rows and the steps of a ladder come as a list.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from granskning.i18n import N_
from granskning.model.method import CALCULATING, number_of
from granskning.reporting.wording.conditions import describe_all

if TYPE_CHECKING:
    from granskning.i18n import Translator
    from granskning.model.method import DecisionRule, Move, Rounding, Step
    from granskning.reporting.wording.conditions import Names, Parts


@dataclass(frozen=True, slots=True)
class RuleWords:
    """A row of a table, a rule or a step of a ladder, in words."""

    number: str
    """Empty for the outcome where none holds."""
    when: str
    gives: str
    why: str


@dataclass(frozen=True, slots=True)
class StepWords:
    """A step in words."""

    how: str
    rules: tuple[RuleWords, ...]


METHODS = {
    "mean": N_("weighted mean"),
    "sum": N_("weighted sum"),
    "product": N_("product"),
    "geometric_mean": N_("weighted geometric mean"),
    "harmonic_mean": N_("weighted harmonic mean"),
    "power_mean": N_("weighted power mean"),
    "trimmed_mean": N_("trimmed mean"),
    "quotient": N_("one part divided by another"),
    "difference": N_("one part minus another"),
    "share_of_possible": N_("share of the possible"),
    "share_satisfied": N_("share satisfied"),
    "weakest": N_("the weakest decides"),
    "best": N_("the best decides"),
    "median": N_("the median decides"),
    "table": N_("table of combinations"),
    "rules": N_("rules in order"),
    "ladder": N_("ladder"),
    "none": N_("profile, no overall figure"),
}
"""The methods by name, in a few words."""

_HOW = {
    "mean": N_("{subject} is the weighted mean of {parts}."),
    "sum": N_("{subject} is the sum of {parts}, each times its weight."),
    "product": N_("{subject} is the product of {parts}, each to the power of its weight."),
    "geometric_mean": N_("{subject} is the weighted geometric mean of {parts}."),
    "harmonic_mean": N_(
        "{subject} is the weighted harmonic mean of {parts}: the sum of the weights divided by the sum of each weight"
        " divided by its value."
    ),
    "power_mean": N_("{subject} is the weighted power mean of {parts}."),
    "trimmed_mean": N_("{subject} is the mean of {parts}, but for the lowest and the highest."),
    "quotient": N_("{subject} is one part divided by another."),
    "difference": N_("{subject} is one part minus another."),
    "share_of_possible": N_(
        "{subject} is a share of the possible: what {parts} come to above the least possible, divided by the distance"
        " from the least to the most."
    ),
    "share_satisfied": N_("{subject} is the weight of {satisfied} as a share of the weight of all."),
    "weakest": N_("{subject} is decided by {one}; the others have no say."),
    "best": N_("{subject} is decided by {one}; the others have no say."),
    "median": N_("{subject} is decided by {one}; as many are above it as below."),
    "table": N_("{subject} follows from a table over {parts}, in which each combination has its outcome."),
    "rules": N_("{subject} follows from rules that are tried in order; the first that holds decides."),
    "ladder": N_(
        "{subject} is a ladder: the highest step such that it and all steps before it are reached. The steps are tried"
        " from the first."
    ),
    "none": N_("{subject} is a profile: {parts} are told one by one and not combined."),
}
_POINTS: dict[Parts, str] = {
    "questions": N_("its questions' points"),
    "targets": N_("the target pictures' results"),
    "parts": N_("its parts' results"),
}
_LEVELS = {**_POINTS, "questions": N_("its questions' levels")}
_ALL_POINTS = N_("all questions' points")
_ALL_LEVELS = N_("all questions' levels")
_SATISFIED: dict[Parts, str] = {
    "questions": N_("the satisfied questions"),
    "targets": N_("the satisfied target pictures"),
    "parts": N_("the satisfied parts"),
}
_ONE: dict[str, dict[Parts, str]] = {
    "weakest": {
        "questions": N_("the weakest question"),
        "targets": N_("the weakest target picture"),
        "parts": N_("the weakest part"),
    },
    "best": {
        "questions": N_("the best question"),
        "targets": N_("the best target picture"),
        "parts": N_("the best part"),
    },
    "median": {
        "questions": N_("the question in the middle"),
        "targets": N_("the target picture in the middle"),
        "parts": N_("the part in the middle"),
    },
}
_EVEN = {
    "lower": N_("Of two in the middle the lower decides."),
    "upper": N_("Of two in the middle the upper decides."),
    "mean": N_("Of two in the middle their mean is taken."),
}

SET_ASIDE: dict[str, str] = {
    "exclude": N_("A question that is not applicable is left out of both the sum and the number of questions."),
    "satisfied": N_("A question that is not applicable counts as its best level."),
    "satisfied_if_justified": N_(
        "A question that is not applicable counts as its best level if that is justified, and else as its worst."
    ),
    "level": N_("A question that is not applicable counts as {level}."),
    "share": N_(
        "A question that is not applicable counts as {share} of the way from the fewest points of its scale to the"
        " most."
    ),
    "shrink_bounds": N_(
        "A question that is not applicable is left out, and the bands begin in the same proportion nearer the least"
        " possible."
    ),
    "absent": N_("A question that is not applicable counts as absent, which is its worst level."),
}
"""What not applicable means, by the name that the set gives."""

LACKING: dict[str, str] = {
    "interval": N_(
        "A question that cannot be assessed, is open or is not answered does not become a zero. Instead the result is"
        " given from the lowest to the highest that the question could lead to."
    ),
    "lowest": N_(
        "A question that cannot be assessed counts as its worst level. One that is open or not answered gives a result"
        " from the lowest to the highest that it could lead to."
    ),
    "exclude": N_(
        "A question that cannot be assessed is left out of both the sum and the number of questions. One that is open"
        " or not answered gives a result from the lowest to the highest that it could lead to."
    ),
    "unsatisfied": N_(
        "A question that cannot be assessed counts as not satisfied, below every level. One that is open or not"
        " answered gives a result from the lowest to the highest that it could lead to."
    ),
}
"""What missing evidence means, by the name that the set gives."""


def describe_step(  # noqa: PLR0913  # what the sentence is about, by name
    step: Step, t: Translator, names: Names, subject: str, parts: Parts, *, by_points: bool = True
) -> StepWords:
    """How a step makes its result. `subject` begins the sentence: `The overall figure`."""
    held = _parts(step, t, parts, by_points=by_points)
    one = t(_ONE.get(step.method, _ONE["weakest"])[parts])
    satisfied = t(_SATISFIED[parts])
    how = t(_HOW[step.method], subject=subject, parts=held, one=one, satisfied=satisfied)
    sentences = [how, *_more(step, t, names)]
    if step.points:
        sentences.append(_conversion(step, t))
    if step.passes_on == "rounded":
        sentences.append(t("What goes on to the next step is the rounded number, as it is shown."))
    if step.passes_on == "band":
        sentences.append(t("It is the band that goes on to the next step, not the number."))
        given = [t("{band} as {level}", band=t.text(band.label), level=names.outcome(band.gives))
                 for band in step.bands if band.gives is not None]  # fmt: skip
        sentences += [t("The bands go on as levels: {levels}.", levels=t.series(given))] if given else []
    rules = [_rule(rule, t, names, parts, number) for number, rule in enumerate(step.rules, start=1)]
    if step.otherwise is not None:
        rules.append(RuleWords("", t("otherwise"), names.outcome(step.otherwise), ""))
    return StepWords(" ".join(part for part in sentences if part), tuple(rules))


def describe_not_applicable(step: Step, t: Translator, names: Names) -> str:
    """What not applicable means in a step."""
    meaning, level = step.not_applicable
    if meaning == "shrink_bounds" and not step.bands:
        meaning = "exclude"
    return describe_meaning(meaning, level, t, names)


def describe_meaning(meaning: str, level: str, t: Translator, names: Names, criterion: str = "") -> str:
    """What not applicable means; `level` is the level or the share that it counts as, if any."""
    if meaning == "share":
        return t(SET_ASIDE[meaning], share=t.share(number_of(level) or Fraction(0)))
    return t(SET_ASIDE[meaning], level=names.level(criterion, level)) if level else t(SET_ASIDE[meaning])


def describe_rounding(rounding: Rounding, t: Translator) -> str:
    """How results are shown."""
    decimals = t.plural("{count} decimal", "{count} decimals", rounding.decimals)
    if rounding.decimals == 0:
        decimals = t("whole numbers")
    if rounding.percent:
        decimals = t("whole per cent") if rounding.decimals == 0 else t("per cent with {decimals}", decimals=decimals)
    if rounding.mode == "up":
        return t("Results are calculated exactly and shown with {decimals}, rounded up.", decimals=decimals)
    if rounding.mode == "truncate":
        return t("Results are calculated exactly and shown with {decimals}; the rest is cut off.", decimals=decimals)
    shown = t("Results are calculated exactly and shown with {decimals}; halves are rounded up.", decimals=decimals)
    if rounding.mode == "capped":
        return f"{shown} {t('The highest possible result is never shown before it is reached.')}"
    return shown


def _parts(step: Step, t: Translator, parts: Parts, *, by_points: bool) -> str:
    """What the method works on."""
    points = by_points and step.method in CALCULATING
    if step.over == "criteria":
        return t(_ALL_POINTS if points else _ALL_LEVELS)
    return t((_POINTS if points else _LEVELS)[parts])


def _more(step: Step, t: Translator, names: Names) -> list[str]:
    """What else the method is told."""
    said = []
    if step.method == "power_mean":
        said.append(
            t("Each value is raised to the power of {exponent}; of their mean the same root is taken.",
              exponent=t.number(Fraction(step.exponent)))
        )  # fmt: skip
    if step.method == "trimmed_mean":
        amount = t.share(step.trim[0]) if step.trim[1] else t.number(step.trim[0])
        said.append(t("At each end {amount} are left out, rounded down; at least one in the middle is kept.",
                      amount=amount))  # fmt: skip
    if len(step.of) == 2:  # noqa: PLR2004  # a part by another
        first, second = (names.part(name) for name in step.of)
        said.append(
            t("It is {first} divided by {second}; where that is 0 there is no result.", first=first, second=second)
            if step.method == "quotient"
            else t("It is {first} minus {second}.", first=first, second=second)
        )
    if step.method in ("geometric_mean", "harmonic_mean") and step.floor is not None:
        said.append(t("Values below {floor} count as {floor}.", floor=t.number(step.floor)))
    if step.method == "share_satisfied":
        said.append(
            t("Satisfied is what is at the highest level.")
            if step.satisfied_at is None
            else t("Satisfied is what is at {level} or higher.", level=names.level("", step.satisfied_at))
        )
    if step.method == "median":
        said.append(t(_EVEN[step.even]))
    if step.step_up is not None:
        said.append(_up(step.step_up, t))
    if step.step_down is not None:
        said.append(_down(step.step_down, t, names))
    if step.method == "rules" and step.critical:
        listed = t.series([names.part(one) for one in step.critical])
        said.append(t("Critical here are {listed}.", listed=listed))
    return said


BETWEEN = {
    "line": N_("Between these it follows a straight line."),
    "step": N_("Between these it keeps the points of the number below."),
    "log": N_("Between these it follows a straight line over the logarithm."),
}
"""What holds between numbers that are told in a line with what they give."""


def _conversion(step: Step, t: Translator) -> str:
    """What the number is turned into."""
    turns = [
        t("above {number} gives {points}", number=t.number(turn.at), points=t.number(turn.gives))
        if turn.above
        else t("{number} gives {points}", number=t.number(turn.at), points=t.number(turn.gives))
        for turn in step.points
    ]
    turned = (
        N_("It is shown as it is, and goes on to the next step as points: {turns}.")
        if step.passes_on == "points"
        else N_("The number is then turned into points: {turns}.")
    )
    words = t(turned, turns="; ".join(turns))
    return f"{words} {t(BETWEEN[step.between])}" if len(turns) > 1 else words


def _up(move: Move, t: Translator) -> str:
    steps = t.plural("{count} step", "{count} steps", move.by)
    if move.is_share:
        share = t.share(move.number)
        return t("When at least {share} are above the weakest, the result is {steps} higher.", share=share, steps=steps)
    number = t.number(move.number)
    if move.number == 1:
        return t("When at least one is above the weakest, the result is {steps} higher.", steps=steps)
    return t("When at least {number} are above the weakest, the result is {steps} higher.", number=number, steps=steps)


def _down(move: Move, t: Translator, names: Names) -> str:
    steps = t.plural("{count} step", "{count} steps", move.by)
    level = names.level("", move.below)
    number = t.share(move.number) if move.is_share else t.number(move.number)
    return t("When at least {number} are below {level}, the result is {steps} lower.", number=number, level=level,
             steps=steps)  # fmt: skip


def _rule(rule: DecisionRule, t: Translator, names: Names, parts: Parts, number: int) -> RuleWords:
    when = describe_all(rule.when, t, names, parts)
    return RuleWords(t.whole(number), when, names.outcome(rule.gives), t.text(rule.why))


def explain_method(method: str, t: Translator) -> str:
    """What a method does with questions, in a sentence."""
    chosen = t(_ONE.get(method, _ONE["weakest"])["questions"])
    by_points = method not in _ONE and method != "table"
    parts = t((_POINTS if by_points else _LEVELS)["questions"])
    return t(_HOW[method], subject=t("The result"), parts=parts, one=chosen, satisfied=t(_SATISFIED["questions"]))
