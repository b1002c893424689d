"""Two reviews in, the ChangeReport out: what changed between two editions or rounds, and what did not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.i18n import N_
from granskning.reporting.blocks.marks import Cover, Fact
from granskning.reporting.charts.axis import make_axis, place_on
from granskning.reporting.charts.chart import make_ticks
from granskning.reporting.charts.chart_trend import Moved, draw_shift
from granskning.reporting.over_time.change_values import ChangeReport
from granskning.reporting.over_time.changed_questions import make_groups, make_unchanged
from granskning.reporting.over_time.compared import places_of, result_grid, tell_levels, tell_results
from granskning.reporting.shared_parts.origin import contact_words, make_foot_line, make_origin
from granskning.reporting.wording.words import shorten
from granskning.scoring.results.card import TOTAL
from granskning.wordings import READ, STATUSES, label

if TYPE_CHECKING:
    from fractions import Fraction

    from granskning.reporting.charts.axis import Axis
    from granskning.reporting.charts.chart_trend import Shift
    from granskning.reporting.over_time.change_values import ChangeMaterial
    from granskning.reporting.wording.lexicon import Lexicon
    from granskning.scoring.compare import ScoreChange
    from granskning.scoring.results.card import Score

CHANGE = "change/report.html.j2"
"""The template."""

_HEAD_LETTERS = 104
_MOST_ROWS = 20
_MOST_LETTERS = 13

_QUESTION = {
    "strategy": N_("Where has the strategy changed?"),
    "plan": N_("Where has the plan changed?"),
    "programme": N_("Where has the programme changed?"),
    "project": N_("Where has the project changed?"),
}


def make_change_report(case: ChangeMaterial) -> ChangeReport:
    """The report of what changed."""
    t, pair = case.t, case.pair
    levels = tell_levels(pair)
    sets = tuple({words.criteria.reference: words.criteria for words in (pair.before, pair.after)}.values())
    title = t("What has changed in {strategy}", strategy=t.text(case.strategy.title))
    before, after = case.called(later=False), case.called(later=True)
    return ChangeReport(
        kind="change",
        language=t.language,
        prose=case.settings.language,
        title=t("{title}, from {before} to {after}", title=title, before=before, after=after),
        organisation=case.settings.organisation,
        notices=_notices(case),
        head=_head(case, before, after),
        foot=make_foot_line(case.reviews[1].case_number, sets, case.provenance, t),
        cover=_cover(case, before, after),
        lead=levels[0],
        sentences=(*levels[1:], *tell_results(pair)),
        notes=_notes(case),
        before=before,
        after=after,
        shift=_shift(case, before, after),
        results=result_grid(pair, before, after),
        groups=make_groups(case),
        unchanged=make_unchanged(case),
        method=_method(case),
        provenance=make_origin(sets, case.provenance, t),
        contact=contact_words(case.settings, t),
    )


def _is_draft(case: ChangeMaterial) -> bool:
    return any(review.status != "approved" for review in case.reviews)


def _notices(case: ChangeMaterial) -> tuple[str, ...]:
    t = case.t
    notices = [
        t("DRAFT. At least one of the two reviews has not been approved.") if _is_draft(case) else "",
        t("EXAMPLE. The text, the reviews and the judgements are invented, to show how a report looks.")
        if case.strategy.example
        else "",
    ]
    return tuple(notice for notice in notices if notice)


def _head(case: ChangeMaterial, before: str, after: str) -> str:
    t = case.t
    signs = [t("DRAFT") if _is_draft(case) else "", t("EXAMPLE") if case.strategy.example else ""]
    told = t("from {before} to {after}", before=before, after=after)
    taken = len(" · ".join(part for part in (*signs, told) if part))
    title = shorten(t.text(case.strategy.title), _HEAD_LETTERS - taken)
    return " · ".join(part for part in (*signs, title, told) if part)


def _cover(case: ChangeMaterial, before: str, after: str) -> Cover:
    t = case.t
    earlier, later = case.reviews
    facts = [
        Fact(t("Before"), _side(case, later=False)),
        Fact(t("After"), _side(case, later=True)),
        Fact(t("Criteria set"), t.series(list(dict.fromkeys((earlier.criteria, later.criteria))))),
        Fact(t("Case number"), t.series([n for n in dict.fromkeys((earlier.case_number, later.case_number)) if n])
             or t("none given")),
    ]  # fmt: skip
    return Cover(
        above=t("What has changed"),
        title=t.text(case.strategy.title),
        below=t("from {before} to {after}", before=before, after=after),
        facts=tuple(fact for fact in facts if fact.value),
    )


def _side(case: ChangeMaterial, *, later: bool) -> str:
    """One of the two in full."""
    t, review = case.t, case.reviews[later]
    strategy = case.strategy if later else case.earlier
    parts = [
        t.text(strategy.title) if case.strategy.id != case.earlier.id else "",
        case.text(later=later),
        t("round {round}", round=review.round),
        review.reviewer,
        label(STATUSES, review.status, t),
    ]
    return ". ".join(part[:1].upper() + part[1:] for part in parts if part) + "."


def _notes(case: ChangeMaterial) -> tuple[str, ...]:
    """What the reader must know to compare."""
    t, (one, other) = case.t, case.reviews
    notes = []
    if case.strategy.id != case.earlier.id:
        notes.append(t("The two reviews are of different strategies."))
    elif one.edition == other.edition:
        notes.append(t("Both reviews are of the same text, so what differs is the judgement and not the text."))
    if one.reviewer != other.reviewer:
        notes.append(t("The reviews are not made by the same role: {before} and {after}.",
                       before=one.reviewer, after=other.reviewer))  # fmt: skip
    if one.reading_depth != other.reading_depth:
        notes.append(t("They were not read equally much. Before: {before} Now: {after}",
                       before=t(READ[one.reading_depth]), after=t(READ[other.reading_depth])))  # fmt: skip
    if one.criteria != other.criteria:
        notes.append(t("The criteria set was {before}; it is now {after}.", before=one.criteria, after=other.criteria))
    return tuple(notes)


def _shift(case: ChangeMaterial, before: str, after: str) -> Shift | None:
    """The targets that are part of no other, before and after, where they have an axis in common."""
    pair, comparison = case.pair, case.pair.comparison
    tops = [one for one in comparison.after.card.targets if one.parent is None]
    if not 0 < len(tops) <= _MOST_ROWS:
        return None
    axis = make_axis(pair.after, tops)
    if axis is None:
        return None
    names = {one.id for one in tops}
    changes = [one for one in comparison.targets if one.place in names]
    if not any(one.differences == () and _ends(case, axis, one, later=True) for one in changes):
        return None
    moved = [_moved(case, axis, one) for one in changes]
    finding = " ".join((*tell_results(pair), case.t("The numbers stand in the table below.")))
    question = (
        f"{case.t(_QUESTION[case.strategy.kind])} {case.t('From {before} to {after}', before=before, after=after)}"
    )
    return draw_shift(question, finding, axis.points, moved, make_ticks(axis.points))


def _moved(case: ChangeMaterial, axis: Axis, one: ScoreChange) -> Moved:
    t, pair = case.t, case.pair
    if one.differences:
        return Moved(pair.title(one.place), None, None, "", t("not comparable"))
    before, after = (_ends(case, axis, one, later=later) for later in (False, True))
    shown = pair.result(one.after, one.place, later=True)
    words = "" if before or after else shown
    return Moved(pair.title(one.place), before, after, shown if len(shown) <= _MOST_LETTERS else "", words)


def _ends(case: ChangeMaterial, axis: Axis, one: ScoreChange, *, later: bool) -> tuple[Fraction, Fraction] | None:
    score: Score | None = one.after if later else one.before
    words: Lexicon = case.pair.after
    if score is None or score.standing not in ("value", "interval") or one.place not in words.outline.steps:
        return None
    node = words.outline.steps[one.place]
    low, high = (place_on(axis, node, score, end) for end in ("low", "high"))
    return None if low is None or high is None else (low, high)


def _method(case: ChangeMaterial) -> tuple[str, ...]:
    t = case.t
    has_total = any(one.place == TOTAL for one in places_of(case.pair.comparison))
    return (
        t(
            "A level is higher or lower only where question, levels and scale are the same in both versions of the"
            " criteria set. A result is compared only where it rests on the same questions, weights and method. A"
            " result that is an interval has moved only when the whole interval lies above or below the other."
        ),
        t("Texts are compared word by word; how lines are broken changes nothing."),
        *([] if has_total else [t("The set gives no overall figure, so the targets are compared one by one.")]),
    )
