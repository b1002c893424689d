"""Two reviews in, the ChangeReport out: what changed between two editions or rounds, and what did not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.i18n import N_
from granskning.reporting.blocks.badges import Cover, Fact
from granskning.reporting.blocks.frame import Caveats
from granskning.reporting.charts.axis import make_axis, place_on
from granskning.reporting.charts.chart import make_ticks
from granskning.reporting.charts.chart_trend import Moved, draw_shift
from granskning.reporting.differences.comparison_words import places_of
from granskning.reporting.over_time.change_values import ChangeReport
from granskning.reporting.over_time.changed_questions import make_groups, make_unchanged
from granskning.reporting.over_time.changed_quotations import make_quotations
from granskning.reporting.over_time.comparison import result_grid, tell_levels, tell_results
from granskning.reporting.shared_parts.frame import make_frame
from granskning.scoring.results.card import TOTAL
from granskning.wordings import READ, STATUSES, capital, label, name_reviewer

if TYPE_CHECKING:
    from fractions import Fraction

    from granskning.reporting.blocks.frame import Frame
    from granskning.reporting.charts.axis import Axis
    from granskning.reporting.charts.chart_trend import Shift
    from granskning.reporting.over_time.change_values import ChangeMaterial
    from granskning.reporting.wording.criteria_vocabulary import Lexicon
    from granskning.scoring.compare import ScoreChange
    from granskning.scoring.results.card import Score

_MOST_ROWS = 20
_MOST_LETTERS = 13

_QUESTION = {
    "strategy": N_("Where has the strategy changed?"),
    "plan": N_("Where has the plan changed?"),
    "programme": N_("Where has the programme changed?"),
    "project": N_("Where has the project changed?"),
}


def make_change_report(context: ChangeMaterial) -> ChangeReport:
    """The report of what changed."""
    pair = context.pair
    levels = tell_levels(pair)
    before, after = context.called(later=False), context.called(later=True)
    return ChangeReport(
        kind="change",
        frame=_frame(context, before, after),
        cover=_cover(context, before, after),
        lead=levels[0],
        sentences=(*levels[1:], *tell_results(pair)),
        notes=_notes(context),
        before=before,
        after=after,
        shift=_shift(context, before, after),
        results=result_grid(pair, before, after),
        quotations=make_quotations(context),
        groups=make_groups(context),
        unchanged=make_unchanged(context),
        method=_method(context),
    )


def _is_draft(context: ChangeMaterial) -> bool:
    return any(review.status != "approved" for review in context.reviews)


def _frame(context: ChangeMaterial, before: str, after: str) -> Frame:
    t, strategy = context.t, context.t.text(context.strategy.title)
    pair = context.pair
    changed = t("What has changed in {strategy}", strategy=strategy)
    return make_frame(
        context.settings,
        context.provenance,
        _caveats(context),
        t,
        title=t("{title}, from {before} to {after}", title=changed, before=before, after=after),
        subject=strategy,
        beside=(t("from {before} to {after}", before=before, after=after),),
        criteria=tuple({words.criteria.reference: words.criteria for words in (pair.before, pair.after)}.values()),
        case_number=context.reviews[1].case_number,
    )


def _caveats(context: ChangeMaterial) -> Caveats:
    """What the reader must know before anything else."""
    t = context.t
    example = t("EXAMPLE. The text, the reviews and the judgements are invented, to show how a report looks.")
    return Caveats(
        draft=t("DRAFT. At least one of the two reviews has not been approved.") if _is_draft(context) else "",
        example=example if context.strategy.example else "",
        faults=context.faults,
    )


def _cover(context: ChangeMaterial, before: str, after: str) -> Cover:
    t = context.t
    earlier, later = context.reviews
    facts = [
        Fact(t("Before"), _side(context, later=False)),
        Fact(t("After"), _side(context, later=True)),
        Fact(t("Criteria set"), t.series(list(dict.fromkeys(_sets(context))))),
        Fact(t("Case number"), t.series([n for n in dict.fromkeys((earlier.case_number, later.case_number)) if n])
             or t("none given")),
    ]  # fmt: skip
    return Cover(
        above=t("What has changed"),
        title=t.text(context.strategy.title),
        below=t("from {before} to {after}", before=before, after=after),
        facts=tuple(fact for fact in facts if fact.value),
    )


def _side(context: ChangeMaterial, *, later: bool) -> str:
    """One of the two in full."""
    t, review = context.t, context.reviews[later]
    strategy = context.strategy if later else context.earlier
    parts = [
        t.text(strategy.title) if context.strategy.id != context.earlier.id else "",
        context.text(later=later),
        t("round {round}", round=review.round),
        name_reviewer(review.kind, review.reviewer, t),
        label(STATUSES, review.status, t),
    ]
    return ". ".join(capital(part) for part in parts if part) + "."


def _notes(context: ChangeMaterial) -> tuple[str, ...]:
    """What the reader must know to compare."""
    t, (one, other) = context.t, context.reviews
    notes = []
    if context.strategy.id != context.earlier.id:
        notes.append(t("The two reviews are of different strategies."))
    elif one.edition == other.edition:
        notes.append(t("Both reviews are of the same text, so what differs is the judgement and not the text."))
    if one.reviewer != other.reviewer:
        notes.append(t("The reviews are not made by the same role: {before} and {after}.",
                       before=t.role(one.reviewer), after=t.role(other.reviewer)))  # fmt: skip
    if one.reading_depth != other.reading_depth:
        notes.append(t("They were not read equally much. Before: {before} Now: {after}",
                       before=t(READ[one.reading_depth]), after=t(READ[other.reading_depth])))  # fmt: skip
    if one.criteria != other.criteria:
        notes.append(t("The criteria set was {before}; it is now {after}.",
                       before=_sets(context)[0], after=_sets(context)[1]))  # fmt: skip
    return tuple(notes)


def _sets(context: ChangeMaterial) -> tuple[str, str]:
    """The criteria sets of the two, as people call them."""
    t, pair = context.t, context.pair
    before, after = (f"{t.text(words.criteria.title)} {words.criteria.version}" for words in (pair.before, pair.after))
    return before, after


def _shift(context: ChangeMaterial, before: str, after: str) -> Shift | None:
    """The targets that are part of no other, before and after, where they have an axis in common."""
    pair, comparison = context.pair, context.pair.comparison
    tops = [one for one in comparison.after.card.targets if one.parent is None]
    if not 0 < len(tops) <= _MOST_ROWS:
        return None
    axis = make_axis(pair.after, tops)
    if axis is None:
        return None
    names = {one.id for one in tops}
    changes = [one for one in comparison.targets if one.place in names]
    if not any(one.differences == () and _ends(context, axis, one, later=True) for one in changes):
        return None
    moved = [_moved(context, axis, one) for one in changes]
    finding = " ".join((*tell_results(pair), context.t("The numbers stand in the table below.")))
    between = context.t("From {before} to {after}", before=before, after=after)
    question = f"{context.t(_QUESTION[context.strategy.kind])} {between}"
    return draw_shift(question, finding, axis.points, moved, make_ticks(axis.points))


def _moved(context: ChangeMaterial, axis: Axis, score_change: ScoreChange) -> Moved:
    t, pair = context.t, context.pair
    if score_change.differences:
        return Moved(pair.title(score_change.place), None, None, "", t("not comparable"))
    before, after = (_ends(context, axis, score_change, later=later) for later in (False, True))
    shown = pair.result(score_change.after, score_change.place, later=True)
    words = "" if before or after else shown
    return Moved(pair.title(score_change.place), before, after, shown if len(shown) <= _MOST_LETTERS else "", words)


def _ends(
    context: ChangeMaterial, axis: Axis, score_change: ScoreChange, *, later: bool
) -> tuple[Fraction, Fraction] | None:
    score: Score | None = score_change.after if later else score_change.before
    words: Lexicon = context.pair.after
    if score is None or score.standing not in ("value", "interval") or score_change.place not in words.outline.steps:
        return None
    node = words.outline.steps[score_change.place]
    low, high = (place_on(axis, node, score, end) for end in ("low", "high"))
    return None if low is None or high is None else (low, high)


def _method(context: ChangeMaterial) -> tuple[str, ...]:
    t = context.t
    has_total = any(one.place == TOTAL for one in places_of(context.pair.comparison))
    return (
        t(
            "A level is higher or lower only where question, levels and scale are the same in both versions of the"
            " criteria set. A result is compared only where it rests on the same questions, weights and method. A"
            " result that is an interval has moved only when the whole interval lies above or below the other."
        ),
        t("Texts are compared word by word; how lines are broken changes nothing."),
        t("Of evidence the places are given; the quotations stand in the two reviews."),
        *([] if has_total else [t("The set gives no overall figure, so the targets are compared one by one.")]),
    )
