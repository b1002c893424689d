"""From answers to result, step by step: one sentence for each, and the rules that decide as tables."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from granskning.i18n import N_
from granskning.model.criteria import EVERY
from granskning.model.method import DECIDING, number_of
from granskning.reporting.blocks.grids import Grid, GridCell, Head
from granskning.reporting.wording.conditions import describe_condition
from granskning.reporting.wording.differences import describe_differences
from granskning.reporting.wording.scale_tables import has_points
from granskning.reporting.wording.steps import (
    LACKING,
    describe_meaning,
    describe_not_applicable,
    describe_rounding,
    describe_step,
)
from granskning.scoring.results.card import TOTAL
from granskning.wordings import READ_REQUIRED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from granskning.i18n import Translator
    from granskning.model.criteria import CriteriaSet, Criterion, Target
    from granskning.model.method import Gate, Step
    from granskning.reporting.wording.conditions import Parts
    from granskning.reporting.wording.report_context import SetContext
    from granskning.reporting.wording.steps import StepWords

NO_TOTAL = N_(
    "There is no overall figure, on purpose: a mean over target pictures would let strength in one hide a lack"
    " in another. The result is a profile."
)
_NOT_COMBINED = N_("The questions of a target picture are not combined; the levels are told one by one.")
_REVIEWERS = {
    ("consensus", "results"): N_("Where there are several reviewers, the joint review is the result of the round."),
    ("pooled", "answers"): N_(
        "Where there are several reviewers, each question is put once to each of them, and all answers count together."
    ),
    ("mean", "results"): N_("Where there are several reviewers, the result of the round is the mean of theirs."),
    ("mean", "answers"): N_(
        "Where there are several reviewers, each question counts as the mean of their answers' points before anything "
        "else."
    ),
    ("median", "results"): N_(
        "Where there are several reviewers, the result of the round is the middle one of theirs."
    ),
    ("median", "answers"): N_(
        "Where there are several reviewers, each question counts as the middle one of their answers before anything"
        " else."
    ),
    ("by_difference", "results"): N_(
        "Where there are several reviewers, their answers to a question become one by how far apart they are."
    ),
    ("none", "results"): N_("Where there are several reviewers, each one's result stands by itself."),
}
NO_JOINT = N_("The set asks for no joint result. Each reviewer's result stands on its own.")


def make_steps(context: SetContext) -> tuple[str, ...]:
    """What is done with the answers, in order."""
    t = context.t
    said = [words.how for _, words in described(context)]
    critical = [context.numbers[criterion.id] for criterion in context.criteria.criteria if criterion.critical]
    if critical:
        said.append(t("Critical are questions {numbers}.", numbers=t.series(critical)))
    said.append(_common_scale(context))
    said += _without_evidence(context)
    asked = [target.id for target in context.criteria.all_targets if target.criteria]
    said += _grouped(context, asked, lambda place: _set_aside(context, place))
    said += _counted_also(context)
    said += _asked_if(context)
    said += _own_meanings(context)
    said += _grouped(context, asked, lambda place: t(LACKING[_step(context, place).insufficient_evidence]))
    numbers = [place for place in (TOTAL, *context.outline.targets) if _is_number(context, place)]
    said += _grouped(context, numbers, lambda place: describe_rounding(_step(context, place).rounding, t))
    said += [_reviewers(context), *_verdict(context)]
    return tuple(one for one in said if one)


def make_rules(context: SetContext) -> tuple[Grid, ...]:
    """The rows, rules or steps of every step that has some."""
    grids = []
    for places, words in described(context):
        t, method = context.t, _step(context, places[0]).method
        if not words.rules or method not in DECIDING:
            continue
        title = {
            "table": t("The table for {places}"),
            "rules": t("The rules for {places}"),
            "ladder": t("The ladder for {places}"),
        }[method]
        has_why = any(rule.why for rule in words.rules)
        heads = [Head(t("Number")), Head(t("When")), Head(t("Gives"))]
        heads += [Head(t("Why"))] if has_why else []
        rows = tuple(
            (
                GridCell(rule.number or "–"),
                GridCell(rule.when),
                GridCell(rule.gives),
                *([GridCell(rule.why)] if has_why else []),
            )
            for rule in words.rules
        )
        grids.append(Grid(title.format(places=name_places(context, places)), tuple(heads), rows))
    return tuple(grids)


def described(context: SetContext) -> list[tuple[list[str], StepWords]]:
    """Every step in words once, with the results that it makes, from the parts to the whole."""
    found: list[tuple[tuple[Step, Parts], list[str]]] = []
    for place in (*context.outline.targets, TOTAL):
        kind = (_step(context, place), parts_of(context, place))
        held = next((places for known, places in found if known == kind and place != TOTAL), None)
        if held is None:
            held = []
            found.append((kind, held))
        held.append(place)
    return [(places, _describe(context, step, parts, places)) for (step, parts), places in found]


def parts_of(context: SetContext, place: str) -> Parts:
    """What a result is made of."""
    if _step(context, place).over == "criteria":
        return "questions"
    if place == TOTAL:
        return "targets"
    if place not in context.outline.targets:  # a question whose answers are merged
        return "questions"
    target = context.target(place)
    if target.criteria and target.targets:
        return "parts"
    return "targets" if target.targets else "questions"


def name_places(context: SetContext, places: list[str]) -> str:
    """Whose step or band it is: “the overall figure and target picture 2”."""
    t = context.t
    if set(places) == {TOTAL, *context.outline.targets}:
        return t("all results")
    names = [t("the overall figure")] if TOTAL in places else []
    targets = [place for place in places if place != TOTAL]
    if len(targets) == len(context.outline.targets) > 1:
        names.append(t("the target pictures"))
    elif len(targets) > 1:
        names.append(t("target pictures {numbers}", numbers=t.series([context.numbers[target] for target in targets])))
    elif targets:
        names.append(t("target picture {number}", number=context.numbers[targets[0]]))
    return t.series(names)


def _describe(context: SetContext, step: Step, parts: Parts, places: list[str]) -> StepWords:
    t = context.t
    subject = t("The overall figure")
    if places != [TOTAL]:
        every = len(places) == len(context.outline.targets)
        subject = t("The result of a target picture") if every else _subject(context, places)
    words = describe_step(step, t, context.words.names(places[0]), subject, parts, by_points=has_points(context))
    if step.method == "none":
        every = parts == "questions" and len(places) == len(context.outline.targets)
        how = t(NO_TOTAL) if places == [TOTAL] else t(_NOT_COMBINED) if every else words.how
        return replace(words, how=how)
    return words


def _subject(context: SetContext, places: list[str]) -> str:
    t = context.t
    if len(places) == 1:
        title = f"{context.numbers[places[0]]} {context.words.title(places[0])}"
        return t("The result of {target}", target=title)
    return t("The result of target pictures {numbers}", numbers=t.series([context.numbers[place] for place in places]))


def _step(context: SetContext, place: str) -> Step:
    return context.node(place).step


def _is_number(context: SetContext, place: str) -> bool:
    """Whether a result is a number, and so rounded where it is shown."""
    node = context.node(place)
    levels = node.scale.scale.levels if node.scale is not None else ()
    return node.step.method != "none" and all(number_of(level.key) is not None for level in levels)


def _grouped(context: SetContext, places: Iterable[str], say: Callable[[str], str]) -> list[str]:
    """A sentence once where it holds for all; else each with the results that it holds for."""
    found: dict[str, list[str]] = {}
    for place in places:
        found.setdefault(say(place), []).append(place)
    if len(found) == 1:
        return list(found)
    return [
        context.t("For {places}: {sentence}", places=name_places(context, held), sentence=sentence)
        for sentence, held in found.items()
    ]


def _set_aside(context: SetContext, place: str) -> str:
    return describe_not_applicable(_step(context, place), context.t, context.words.names(place))


def _counted_also(context: SetContext) -> list[str]:
    """The targets in which questions and results count that belong elsewhere."""
    t = context.t
    return [
        t("In target {number} {parts} count too, with the weight that they have where they belong.",
          number=context.numbers[target.id], parts=describe_counted_also(context, target))
        for target in context.criteria.all_targets if target.counts_also
    ]  # fmt: skip


def describe_counted_also(context: SetContext, target: Target) -> str:
    """The questions and results that belong elsewhere and count in a target too; nothing where there are none."""
    t, numbers = context.t, context.numbers
    targets = {held.id for held in context.criteria.all_targets}
    asked = [numbers[name] for name in target.counts_also if name not in targets]
    results = [numbers[name] for name in target.counts_also if name in targets]
    questions = t.plural("question {numbers}", "questions {numbers}", len(asked), numbers=t.series(asked))
    parts = [questions] * bool(asked) + [t("the result of target {numbers}", numbers=t.series(results))] * bool(results)
    return t.series(parts)


def _asked_if(context: SetContext) -> list[str]:
    """The questions that are asked, or may be set aside, only if others have certain answers."""
    t, names = context.t, context.words.names()
    sentences = []
    for criterion in context.criteria.criteria:
        number = context.numbers[criterion.id]
        if criterion.asked_if is not None:
            condition = describe_condition(criterion.asked_if, t, names)
            sentences.append(t("Question {number} is asked only if {condition}.", number=number, condition=condition))
        if criterion.not_applicable_if is not None:
            condition = describe_condition(criterion.not_applicable_if, t, names)
            sentences.append(t("Question {number} may be left as not applicable only if {condition}.", number=number,
                               condition=condition))  # fmt: skip
    return sentences


def _own_meanings(context: SetContext) -> list[str]:
    """What not applicable counts as for the questions that say so themselves."""
    t, names = context.t, context.words.names()
    questions: dict[str, list[str]] = {}
    for criterion in context.criteria.criteria:
        if criterion.not_applicable_means is not None:
            meaning = describe_meaning(*criterion.not_applicable_means, t, names, criterion.id)
            questions.setdefault(meaning, []).append(context.numbers[criterion.id])
    return [
        t("For question {numbers}: {sentence}", numbers=t.series(numbers), sentence=sentence)
        for sentence, numbers in questions.items()
    ]


def _without_evidence(context: SetContext) -> list[str]:
    """What answers count as while they have no evidence, each meaning with the questions that have it."""
    t = context.t
    questions: dict[str, list[str]] = {}
    for criterion in context.criteria.criteria:
        for words in describe_without_evidence(context, criterion):
            questions.setdefault(words, []).append(context.numbers[criterion.id])
    every = len(context.criteria.criteria)
    return [
        t("Each question {meaning}.", meaning=words)
        if len(numbers) == every > 1
        else t("Question {numbers} {meaning}.", numbers=t.series(numbers), meaning=words)
        for words, numbers in questions.items()
    ]


def describe_figure_demands(criteria: CriteriaSet, t: Translator) -> str:
    """How old the set's figures may be, and why; nothing where the set does not say."""
    demands = criteria.statistics
    if demands is None:
        return ""
    limit = t.plural("The figures that the set rests on may be at most {count} year old.",
                     "The figures that the set rests on may be at most {count} years old.", demands.oldest)  # fmt: skip
    return " ".join(part for part in (limit, t.text(demands.why)) if part)


def describe_without_evidence(context: SetContext, criterion: Criterion) -> list[str]:
    """What an answer counts as while it has no evidence, as the ends of sentences that begin with its question."""
    t, level = context.t, context.words.names().level
    return [
        t("counts as at most {counted} while it has no evidence", counted=level(criterion.id, other))
        if key == EVERY
        else t("at {given} counts as {counted} while it has no evidence", given=level(criterion.id, key),
               counted=level(criterion.id, other))
        for key, other in criterion.without_evidence.items()
    ]  # fmt: skip


def _reviewers(context: SetContext) -> str:
    scoring = context.criteria.scoring
    if scoring.reviewers is None:
        return ""
    of = "answers" if scoring.reviewers == "pooled" else scoring.reviewers_of
    sentence = context.t(_REVIEWERS.get((scoring.reviewers, of)) or _REVIEWERS[scoring.reviewers, "results"])
    return " ".join((sentence, *describe_differences(scoring, context.t)))


def _common_scale(context: SetContext) -> str:
    if context.criteria.scoring.normalise is None:
        return ""
    low, high = (context.t.number(end) for end in context.criteria.scoring.normalise)
    return context.t("The points of every question are first moved so that its scale goes from {low} to {high}.",
                     low=low, high=high)  # fmt: skip


def describe_reviewers(context: SetContext) -> str:
    """How reviewers' answers become those of a round, and the scale that all points are brought to."""
    return " ".join(part for part in (_reviewers(context), _common_scale(context)) if part)


def describe_verdict(context: SetContext) -> str:
    """What a verdict takes."""
    return " ".join(_verdict(context))


def _verdict(context: SetContext) -> list[str]:
    depth = context.criteria.scoring.reading_depth
    return [part for part in (_coverage(context), context.t(READ_REQUIRED[depth])) if part]


def describe_prerequisites(context: SetContext, criterion: Criterion) -> list[str]:
    """The answers of others that a question counts no higher than, a sentence each."""
    t, numbers, level = context.t, context.numbers, context.words.names().level
    return [
        t(
            "As long as question {other} is below {level}, question {number} counts as at most {cap}.",
            other=numbers[needed.criterion],
            level=level(needed.criterion, needed.at_least),
            number=numbers[criterion.id],
            cap=level(criterion.id, needed.otherwise),
        )
        for needed in criterion.prerequisites
    ]


def _coverage(context: SetContext) -> str:
    share = context.criteria.scoring.coverage
    if not share:
        return ""
    return context.t(
        "A verdict takes that at least {share} of the applicable questions have been judged.",
        share=context.t.percent(share),
    )


def gate_rule(context: SetContext, gate: Gate) -> str:
    """A basic demand: what it asks, and what it caps."""
    t, words = context.t, context.words
    holder = gate.target or TOTAL
    place = t("the result of {target}", target=words.title(gate.target)) if gate.target else t("the overall result")
    return t(
        "If {condition}, {place} is at most {cap}.",
        condition=describe_condition(gate.when, t, words.names(holder), parts_of(context, holder)),
        place=place,
        cap=words.given(gate.cap, holder),
    )


MADE = {
    ("consensus", "results"): N_("The result of the joint review, which the reviewers agree on."),
    ("pooled", "results"): N_("All the reviewers' judgements counted together."),
    ("mean", "results"): N_("The mean of the reviewers' results."),
    ("median", "results"): N_("The median of the reviewers' results."),
    ("mean", "answers"): N_("The reviewers' judgements, each question with the mean of their points."),
    ("median", "answers"): N_("The reviewers' judgements, each question with the median of its levels."),
    ("by_difference", "results"): N_(
        "The reviewers' answers to each question made into one by how far apart they are."
    ),
    ("single", "results"): N_("The result of the only review."),
}


def made_words(method: str, criteria: CriteriaSet) -> str:
    """How a joint result was made, as a message."""
    return MADE[method, criteria.scoring.reviewers_of if method in ("mean", "median") else "results"]
