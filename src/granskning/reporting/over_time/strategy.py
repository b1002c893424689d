"""A strategy over time: its rounds and those of what it succeeds in, the StrategyReport out.

Results and answers are compared only where the criteria allow it; where they don't, the report says why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.i18n import N_
from granskning.reporting.blocks.badges import Cover, Fact
from granskning.reporting.blocks.frame import Caveats
from granskning.reporting.blocks.grids import Grid, GridCell, Head
from granskning.reporting.differences.comparison_words import ComparisonWords
from granskning.reporting.over_time.comparison import moved_grid, tell_levels, tell_results
from granskning.reporting.over_time.over_time import StepText, StrategyReport
from granskning.reporting.over_time.rounds_in_time import differences_between, is_compared, name_text
from granskning.reporting.over_time.score_history import tell_memory
from granskning.reporting.over_time.then_and_now import make_then_and_now
from granskning.reporting.over_time.trends import TrendLine, make_trend, make_trend_tables
from granskning.reporting.shared_parts.actions import make_actions, tell_actions
from granskning.reporting.shared_parts.frame import make_frame
from granskning.reporting.shared_parts.provenance import as_of_words
from granskning.reporting.wording.uncounted import tell_round_status, unassessed_line
from granskning.scoring.compare import compare_scorecards
from granskning.scoring.results.card import TOTAL
from granskning.wordings import READ

if TYPE_CHECKING:
    from granskning.model.criteria import CriteriaSet
    from granskning.reporting.blocks.frame import Frame
    from granskning.reporting.over_time.over_time import TimeMaterial
    from granskning.reporting.over_time.rounds_in_time import Occasion

_ABOVE = {
    "strategy": N_("A strategy over time"),
    "plan": N_("A plan over time"),
    "programme": N_("A programme over time"),
    "project": N_("A project over time"),
}


def make_strategy_report(context: TimeMaterial) -> StrategyReport:
    """The report of one strategy over time."""
    t = context.t
    rounds = context.occasions
    line = TrendLine(rounds, [_label(context, scored_round) for scored_round in rounds], context.words,
                lambda at, place: differences_between(rounds[at - 1], rounds[at], place))  # fmt: skip
    steps = tuple(_step(context, at) for at in range(1, len(context.occasions)))
    as_of = context.provenance.as_of
    return StrategyReport(
        kind="strategy",
        frame=_frame(context),
        cover=_cover(context),
        lead=_lead(context),
        sentences=_sentences(context),
        rounds=_rounds(context),
        trend=make_trend(line, t("How have the results moved?")),
        results=make_trend_tables(line, t("Results, and how many of the applicable questions have been judged")),
        steps=steps,
        memory=tell_memory(context.memory, line),
        figures=make_then_and_now(context),
        action_sentences=tell_actions(context.actions, as_of, t),
        actions=make_actions(context),
        method=_method(context),
    )


def _sets(context: TimeMaterial) -> tuple[CriteriaSet, ...]:
    return tuple({occasion.criteria.reference: occasion.criteria for occasion in context.occasions}.values())


def _label(context: TimeMaterial, occasion: Occasion) -> tuple[str, ...]:
    """A round as the head of a column: its name and, where several strategies are told of, which."""
    if occasion.strategy.id == context.strategy.id:
        return (occasion.round, *([context.t("this")] if len(context.own) < len(context.occasions) else []))
    number = [strategy.id for strategy in context.predecessors].index(occasion.strategy.id) + 1
    return (occasion.round, context.t("predecessor {number}", number=context.t.whole(number)))


def _frame(context: TimeMaterial) -> Frame:
    t, strategy = context.t, context.t.text(context.strategy.title)
    return make_frame(
        context.settings,
        context.provenance,
        _caveats(context),
        t,
        title=t("{strategy} over time", strategy=strategy),
        subject=strategy,
        beside=(t("over time"),),
        criteria=_sets(context),
        case_number=context.strategy.case_number,
    )


def _caveats(context: TimeMaterial) -> Caveats:
    """What the reader must know before anything else."""
    t = context.t
    example = t("EXAMPLE. The text, the reviews and the judgements are invented, to show how a report looks.")
    return Caveats(
        draft=t("DRAFT. The latest round has not been approved.") if context.last.joint.is_draft else "",
        example=example if context.strategy.example else "",
        left_out=context.left_out,
        faults=context.faults,
    )


def _cover(context: TimeMaterial) -> Cover:
    t, strategy = context.t, context.strategy
    start, end = strategy.period
    before = [t.text(one.title) for one in context.predecessors]
    facts = [
        Fact(t("Owner"), t.series(strategy.owner)),
        Fact(t("Period"), "–".join(t.date(part) for part in (start, end) if part)),
        Fact(t("Succeeds"), t.series(before)),
        Fact(t("Latest text reviewed"), name_text(context.last, t)),
        Fact(
            t("Criteria set"),
            t.series([f"{t.text(criteria_set.title)} {criteria_set.version}" for criteria_set in _sets(context)]),
        ),
        Fact(t("Case number"), strategy.case_number or t("none given")),
        Fact(t("The report speaks of"), as_of_words(context.provenance, t)),
    ]
    below = t.plural("reviewed in {count} round", "reviewed in {count} rounds", len(context.occasions))
    return Cover(
        above=t(_ABOVE[strategy.kind]),
        title=t.text(strategy.title),
        below=below,
        facts=tuple(fact for fact in facts if fact.value),
    )


def _lead(context: TimeMaterial) -> str:
    """The latest result, or what there is instead."""
    t, last = context.t, context.last
    named = t("In the latest round, {round} ({text})", round=last.round, text=name_text(last, t))
    if why := unassessed_line(last.joint, t):
        return f"{named}: {why}"
    if last.card is None:
        return t("{round}, the reviewers have no joint result.", round=named)
    total = last.card.total
    if total.assessed == 0:
        return t("{round}, nothing has been judged yet.", round=named)
    if total.method == "none":
        judged = context.words.assessed(total)
        return t("{round}, {judged} questions have been judged. The set gives no overall figure.", round=named,
                 judged=judged)  # fmt: skip
    result, band = context.words.result(total, TOTAL), context.words.band(total, TOTAL)
    told = result if band == "–" else t("{result}, {band}", result=result, band=band)
    return t("{round}, the overall result is {result}.", round=named, result=told)


def _sentences(context: TimeMaterial) -> tuple[str, ...]:
    """What has happened since the round before."""
    if len(context.occasions) < 2:  # noqa: PLR2004  # nothing to compare with
        return (context.t("There is only one round so far, so there is nothing to compare with."),)
    before, last = context.occasions[-2:]
    if not is_compared(before, last):
        return (_apart(context, before, last),)
    pair = _pair(context, before, last)
    since = context.t("Since the round {round}: {told}", round=before.round, told=" ".join(tell_levels(pair)))
    return (since, " ".join(tell_results(pair)))


def _pair(context: TimeMaterial, occasion: Occasion, other: Occasion) -> ComparisonWords:
    if occasion.judged is None or other.judged is None:
        raise ValueError(occasion.round)
    comparison = compare_scorecards(occasion.judged, other.judged)
    words = [context.lexicons[side.criteria.reference] for side in (occasion, other)]
    return ComparisonWords(comparison, *words)


def _apart(context: TimeMaterial, occasion: Occasion, other: Occasion) -> str:
    """Why two rounds are not compared question by question."""
    t = context.t
    if occasion.criteria.id != other.criteria.id:
        return t("The rounds {before} and {after} have different criteria sets and are not compared.",
                 before=occasion.round, after=other.round)  # fmt: skip
    empty = [held.round for held in (occasion, other) if not held.has_result]
    if empty:
        return t.plural(
            "Nothing has been judged in the round {rounds}, so there is nothing to compare.",
            "Nothing has been judged in the rounds {rounds}, so there is nothing to compare.",
            len(empty),
            rounds=t.series(empty),
        )
    lacking = [held.round for held in (occasion, other) if held.judged is None]
    left_out = [held.round for held in (occasion, other) if held.joint.cannot_be_assessed and not held.joint.missing]
    if left_out:
        told = t.series(left_out)
        return t("Files of {rounds} cannot be counted, so the rounds are not compared.", rounds=told)
    if not all(held.joint.missing for held in (occasion, other) if held.judged is None):
        told = t.series(lacking)
        return t("No single review gives the result of {rounds}, so questions are not compared.", rounds=told)
    return t.plural(
        "The round {rounds} has no joint review, so its questions are not compared.",
        "The rounds {rounds} have no joint review, so their questions are not compared.",
        len(lacking),
        rounds=t.series(lacking),
    )


def _rounds(context: TimeMaterial) -> Grid:
    t = context.t
    several = len(context.own) < len(context.occasions)
    rows = []
    for occasion in context.occasions:
        title = f" ({t.text(occasion.strategy.title)})" if several else ""
        total = occasion.card.total if occasion.card is not None else None
        words = context.lexicons[occasion.criteria.reference]
        rows.append(
            (
                GridCell(f"{occasion.round}{title}"),
                GridCell(name_text(occasion, t)),
                GridCell(t(READ[occasion.depth]) if occasion.depth else "–"),
                GridCell(words.assessed(total) if total is not None else "–"),
                GridCell(t.whole(sum(not review.is_joint for review in occasion.reviews))),
                GridCell(tell_round_status(occasion.joint, t)),
            )
        )
    heads = (
        Head(t("Round")), Head(t("Reviewed text")), Head(t("Reading depth")),
        Head(t("Judged"), number=True), Head(t("Reviewers"), number=True), Head(t("Status")),
    )  # fmt: skip
    return Grid(t("The rounds"), heads, tuple(rows))


def _step(context: TimeMaterial, at: int) -> StepText:
    """What changed from one round to the next."""
    t, one, other = context.t, context.occasions[at - 1], context.occasions[at]
    title = t("From {before} to {after}", before=one.round, after=other.round)
    notes = _notes(context, one, other)
    if not is_compared(one, other):
        return StepText(title, f"step-{at}", notes, (_apart(context, one, other),), ())
    pair = _pair(context, one, other)
    grids = [
        moved_grid(pair, ("rose",), t("Questions with a higher level than before"), one.round, other.round),
        moved_grid(pair, ("fell",), t("Questions with a lower level than before"), one.round, other.round),
        _left(pair, one.round, other.round),
    ]
    return StepText(title, f"step-{at}", notes, tell_levels(pair), tuple(grid for grid in grids if grid))


def _notes(context: TimeMaterial, occasion: Occasion, other: Occasion) -> tuple[str, ...]:
    t = context.t
    notes = []
    if occasion.strategy.id != other.strategy.id:
        notes.append(t("{later} succeeds {earlier}.", later=t.text(other.strategy.title),
                       earlier=t.text(occasion.strategy.title)))  # fmt: skip
    elif occasion.edition.id == other.edition.id:
        notes.append(t("Both rounds are about the same text: {text}.", text=name_text(other, t)))
    else:
        notes.append(
            t("The text was {before}; it is now {after}.", before=name_text(occasion, t), after=name_text(other, t))
        )
    if occasion.depth and other.depth and occasion.depth != other.depth:
        notes.append(t("They were not read equally much. Before: {before} Now: {after}",
                       before=t(READ[occasion.depth]), after=t(READ[other.depth])))  # fmt: skip
    return tuple(notes)


def _left(pair: ComparisonWords, before: str, after: str) -> Grid | None:
    """Answers that were carried over and that nobody has confirmed."""
    t = pair.t
    held = [answer for answer in pair.comparison.answers if answer.inherited == "left"]
    if not held:
        return None
    rows = tuple(
        (
            GridCell(f"{pair.number(one.criterion)} {pair.question(one.criterion)}"),
            GridCell(mark=pair.mark(one.before, later=False)),
            GridCell(mark=pair.mark(one.after, later=True)),
        )
        for one in held
    )
    heads = (Head(t("Question")), Head(before), Head(after))
    return Grid(t("Answers carried over and not confirmed"), heads, rows)


def _method(context: TimeMaterial) -> tuple[str, ...]:
    t = context.t
    return (
        t(
            "The joint review speaks for a round. Where there is none, the only review does. Where several reviewers"
            " have no joint review, the set says whether their results are put together."
        ),
        t(
            "A level is higher or lower only where question, levels and scale are the same in both versions of the"
            " criteria set. A result is compared only where it rests on the same questions, weights and method. A"
            " result that is an interval has moved only when the whole interval lies above or below the other."
        ),
        t(
            "A question that has not been judged is not a zero. It counts neither as a rise nor as a fall when it"
            " gets a level."
        ),
    )
