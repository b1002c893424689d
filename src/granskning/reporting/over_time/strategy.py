"""A strategy over time: its rounds and those of what it succeeds in, the StrategyReport out.

Results and answers are compared only where the criteria allow it; where they don't, the report says why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.i18n import N_
from granskning.reporting.blocks.grids import Cell, Grid, Head
from granskning.reporting.blocks.marks import Cover, Fact
from granskning.reporting.over_time.compared import Pair, moved_grid, tell_levels, tell_results
from granskning.reporting.over_time.memory import tell_memory
from granskning.reporting.over_time.occasions import differences_between, is_compared, name_text
from granskning.reporting.over_time.over_time import StepText, StrategyReport
from granskning.reporting.over_time.trends import Line, make_trend, make_trend_tables
from granskning.reporting.shared_parts.followup import action_grid, make_actions, tell_actions
from granskning.reporting.shared_parts.origin import as_of_words, contact_words, make_foot_line, make_origin
from granskning.reporting.wording.uncounted import left_out_line, unassessed_line
from granskning.reporting.wording.words import shorten
from granskning.scoring.compare import compare_scorecards
from granskning.scoring.results.card import TOTAL
from granskning.wordings import READ, STANDINGS, STATUSES, label

if TYPE_CHECKING:
    from granskning.i18n import Translator
    from granskning.model.criteria import CriteriaSet
    from granskning.reporting.over_time.occasions import Occasion
    from granskning.reporting.over_time.over_time import TimeMaterial

STRATEGY = "strategy/report.html.j2"
"""The template."""

_HEAD_LETTERS = 104

_ABOVE = {
    "strategy": N_("A strategy over time"),
    "plan": N_("A plan over time"),
    "programme": N_("A programme over time"),
    "project": N_("A project over time"),
}


def make_strategy_report(case: TimeMaterial) -> StrategyReport:
    """The report of one strategy over time."""
    t, strategy = case.t, case.strategy
    line = Line(case.occasions, [_label(case, one) for one in case.occasions], case.words,
                lambda at, place: differences_between(case.occasions[at - 1], case.occasions[at], place))  # fmt: skip
    steps = tuple(_step(case, at) for at in range(1, len(case.occasions)))
    as_of = case.provenance.as_of
    return StrategyReport(
        kind="strategy",
        language=t.language,
        prose=case.settings.language,
        title=t("{strategy} over time", strategy=t.text(strategy.title)),
        organisation=case.settings.organisation,
        notices=_notices(case),
        head=_head(case),
        foot=make_foot_line(strategy.case_number, _sets(case), case.provenance, t),
        cover=_cover(case),
        lead=_lead(case),
        sentences=_sentences(case),
        rounds=_rounds(case),
        trend=make_trend(line, t("How have the results moved?")),
        results=make_trend_tables(line, t("Results, and how many of the applicable questions have been judged")),
        steps=steps,
        memory=tell_memory(case.memory, line),
        action_sentences=tell_actions(case.actions, as_of, t),
        action_grid=action_grid(case.actions, as_of, t, t("The actions")) if case.actions else None,
        actions=make_actions(case),
        method=_method(case),
        provenance=make_origin(_sets(case), case.provenance, t),
        contact=contact_words(case.settings, t),
    )


def _sets(case: TimeMaterial) -> tuple[CriteriaSet, ...]:
    return tuple({one.criteria.reference: one.criteria for one in case.occasions}.values())


def _label(case: TimeMaterial, one: Occasion) -> tuple[str, ...]:
    """A round as the head of a column: its name and, where several strategies are told of, which."""
    if one.strategy.id == case.strategy.id:
        return (one.round, *([case.t("this")] if len(case.own) < len(case.occasions) else []))
    number = [held.id for held in case.predecessors].index(one.strategy.id) + 1
    return (one.round, case.t("predecessor {number}", number=case.t.whole(number)))


def _is_draft(one: Occasion) -> bool:
    return one.joint.cannot_be_assessed or one.status != "approved"


def _notices(case: TimeMaterial) -> tuple[str, ...]:
    t = case.t
    notices = [
        t("DRAFT. The latest round has not been approved.") if _is_draft(case.last) else "",
        t("EXAMPLE. The text, the reviews and the judgements are invented, to show how a report looks.")
        if case.strategy.example
        else "",
        " ".join((f"{t('NOT COUNTED')}.", *(left_out_line(item, t) for item in case.left_out)))
        if case.left_out
        else "",
    ]
    return tuple(notice for notice in notices if notice)


def _head(case: TimeMaterial) -> str:
    t = case.t
    signs = [t("DRAFT") if _is_draft(case.last) else "", t("EXAMPLE") if case.strategy.example else ""]
    told = t("over time")
    taken = len(" · ".join(part for part in (*signs, told) if part))
    title = shorten(t.text(case.strategy.title), _HEAD_LETTERS - taken)
    return " · ".join(part for part in (*signs, title, told) if part)


def _cover(case: TimeMaterial) -> Cover:
    t, strategy = case.t, case.strategy
    start, end = strategy.period
    before = [t.text(one.title) for one in case.predecessors]
    facts = [
        Fact(t("Owner"), t.series(strategy.owner)),
        Fact(t("Period"), "–".join(t.date(part) for part in (start, end) if part)),
        Fact(t("Succeeds"), t.series(before)),
        Fact(t("Latest text reviewed"), name_text(case.last, t)),
        Fact(t("Criteria set"), t.series([f"{one.id} {one.version}" for one in _sets(case)])),
        Fact(t("Case number"), strategy.case_number or t("none given")),
        Fact(t("The report speaks of"), as_of_words(case.provenance, t)),
    ]
    below = t.plural("reviewed in {count} round", "reviewed in {count} rounds", len(case.occasions))
    return Cover(
        above=t(_ABOVE[strategy.kind]),
        title=t.text(strategy.title),
        below=below,
        facts=tuple(fact for fact in facts if fact.value),
    )


def _lead(case: TimeMaterial) -> str:
    """The latest result, or what there is instead."""
    t, last = case.t, case.last
    named = t("In the latest round, {round} ({text})", round=last.round, text=name_text(last, t))
    if why := unassessed_line(last.joint, t):
        return f"{named}: {why}"
    if last.card is None:
        return t("{round}, the reviewers have no joint result.", round=named)
    total = last.card.total
    if total.assessed == 0:
        return t("{round}, nothing has been judged yet.", round=named)
    if total.method == "none":
        judged = case.words.assessed(total)
        return t("{round}, {judged} questions have been judged. The set gives no overall figure.", round=named,
                 judged=judged)  # fmt: skip
    result, band = case.words.result(total, TOTAL), case.words.band(total, TOTAL)
    told = result if band == "–" else t("{result}, {band}", result=result, band=band)
    return t("{round}, the overall result is {result}.", round=named, result=told)


def _sentences(case: TimeMaterial) -> tuple[str, ...]:
    """What has happened since the round before."""
    if len(case.occasions) < 2:  # noqa: PLR2004  # nothing to compare with
        return (case.t("There is only one round so far, so there is nothing to compare with."),)
    before, last = case.occasions[-2:]
    if not is_compared(before, last):
        return (_apart(case, before, last),)
    pair = _pair(case, before, last)
    since = case.t("Since the round {round}: {told}", round=before.round, told=" ".join(tell_levels(pair)))
    return (since, " ".join(tell_results(pair)))


def _pair(case: TimeMaterial, one: Occasion, other: Occasion) -> Pair:
    if one.judged is None or other.judged is None:
        raise ValueError(one.round)
    comparison = compare_scorecards(one.judged, other.judged)
    return Pair(comparison, case.lexicons[one.criteria.reference], case.lexicons[other.criteria.reference])


def _apart(case: TimeMaterial, one: Occasion, other: Occasion) -> str:
    """Why two rounds are not compared question by question."""
    t = case.t
    if one.criteria.id != other.criteria.id:
        return t("The rounds {before} and {after} have different criteria sets and are not compared.",
                 before=one.round, after=other.round)  # fmt: skip
    empty = [held.round for held in (one, other) if not held.has_result]
    if empty:
        return t.plural(
            "Nothing has been judged in the round {rounds}, so there is nothing to compare.",
            "Nothing has been judged in the rounds {rounds}, so there is nothing to compare.",
            len(empty),
            rounds=t.series(empty),
        )
    lacking = [held.round for held in (one, other) if held.judged is None]
    left_out = [held.round for held in (one, other) if held.joint.cannot_be_assessed and not held.joint.missing]
    if left_out:
        told = t.series(left_out)
        return t("Files of {rounds} cannot be counted, so the rounds are not compared.", rounds=told)
    if not all(held.joint.missing for held in (one, other) if held.judged is None):
        told = t.series(lacking)
        return t("No single review gives the result of {rounds}, so questions are not compared.", rounds=told)
    return t.plural(
        "The round {rounds} has no joint review, so its questions are not compared.",
        "The rounds {rounds} have no joint review, so their questions are not compared.",
        len(lacking),
        rounds=t.series(lacking),
    )


def _rounds(case: TimeMaterial) -> Grid:
    t = case.t
    several = len(case.own) < len(case.occasions)
    rows = []
    for one in case.occasions:
        title = f" ({t.text(one.strategy.title)})" if several else ""
        total = one.card.total if one.card is not None else None
        words = case.lexicons[one.criteria.reference]
        rows.append(
            (
                Cell(f"{one.round}{title}"),
                Cell(name_text(one, t)),
                Cell(t(READ[one.depth]) if one.depth else "–"),
                Cell(words.assessed(total) if total is not None else "–"),
                Cell(t.whole(sum(review.kind == "reviewer" for review in one.reviews))),
                Cell(_status(one, t)),
            )
        )
    heads = (
        Head(t("Round"), 15), Head(t("Reviewed text"), 22), Head(t("Reading depth")),
        Head(t("Judged"), 12, number=True), Head(t("Reviewers"), 13, number=True), Head(t("Status"), 15),
    )  # fmt: skip
    return Grid(t("The rounds"), heads, tuple(rows))


def _status(one: Occasion, t: Translator) -> str:
    """How far a round has come, or why it has no result."""
    if one.joint.missing:
        return t("The joint review is missing")
    if one.joint.cannot_be_assessed or one.status is None:
        return label(STANDINGS, "cannot_be_assessed", t)
    return label(STATUSES, one.status, t)


def _step(case: TimeMaterial, at: int) -> StepText:
    """What changed from one round to the next."""
    t, one, other = case.t, case.occasions[at - 1], case.occasions[at]
    title = t("From {before} to {after}", before=one.round, after=other.round)
    notes = _notes(case, one, other)
    if not is_compared(one, other):
        return StepText(title, f"step-{at}", notes, (_apart(case, one, other),), ())
    pair = _pair(case, one, other)
    grids = [
        moved_grid(pair, ("rose",), t("Questions with a higher level than before"), one.round, other.round),
        moved_grid(pair, ("fell",), t("Questions with a lower level than before"), one.round, other.round),
        _left(pair, one.round, other.round),
    ]
    return StepText(title, f"step-{at}", notes, tell_levels(pair), tuple(grid for grid in grids if grid))


def _notes(case: TimeMaterial, one: Occasion, other: Occasion) -> tuple[str, ...]:
    t = case.t
    notes = []
    if one.strategy.id != other.strategy.id:
        notes.append(t("{later} succeeds {earlier}.", later=t.text(other.strategy.title),
                       earlier=t.text(one.strategy.title)))  # fmt: skip
    elif one.edition.id == other.edition.id:
        notes.append(t("Both rounds are about the same text: {text}.", text=name_text(other, t)))
    else:
        notes.append(
            t("The text was {before}; it is now {after}.", before=name_text(one, t), after=name_text(other, t))
        )
    if one.depth and other.depth and one.depth != other.depth:
        notes.append(t("They were not read equally much. Before: {before} Now: {after}",
                       before=t(READ[one.depth]), after=t(READ[other.depth])))  # fmt: skip
    return tuple(notes)


def _left(pair: Pair, before: str, after: str) -> Grid | None:
    """Answers that were carried over and that nobody has confirmed."""
    t = pair.t
    held = [one for one in pair.comparison.answers if one.inherited == "left"]
    if not held:
        return None
    rows = tuple(
        (
            Cell(f"{pair.number(one.criterion)} {pair.question(one.criterion)}"),
            Cell(mark=pair.mark(one.before, later=False)),
            Cell(mark=pair.mark(one.after, later=True)),
        )
        for one in held
    )
    heads = (Head(t("Question"), 56), Head(before), Head(after))
    return Grid(t("Answers carried over and not confirmed"), heads, rows)


def _method(case: TimeMaterial) -> tuple[str, ...]:
    t = case.t
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
