"""How a result came about, in the terminal: what each step did, the terms, and what would change the verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.i18n import N_
from granskning.model.method import DECIDING
from granskning.model.review import READING_DEPTHS
from granskning.reporting.wording.criteria_vocabulary import Lexicon
from granskning.scoring.plain import shown_score, shown_value
from granskning.scoring.results.card import TOTAL
from granskning.scoring.results.numbers import is_exact
from granskning.scoring.sensitivity import make_sensitivity
from granskning.wordings import STATES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from granskning.i18n import Translator
    from granskning.scoring.results.card import CriterionResult, Score, Scorecard
    from granskning.scoring.sensitivity import Sensitivity
    from granskning.tasks.folder.score import ScoredReview

METHODS = {
    "mean": N_("weighted mean"),
    "sum": N_("weighted sum"),
    "product": N_("product"),
    "geometric_mean": N_("weighted geometric mean"),
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
_NARROW, _COLUMN = 12, 20
"""How wide a column of results is at least, and at most: three of them and the names fill a line."""
_GATES = {"met": N_("met"), "not_met": N_("not met"), "undecided": N_("undecided")}
_DECIDERS = {"table": N_("row {number}"), "rules": N_("rule {number}"), "ladder": N_("step {number}")}


def verdict_line(card: Scorecard, t: Translator) -> str:
    """Whether a verdict may be given, or what is missing for one."""
    verdict = card.verdict
    if verdict.given and not verdict.coverage_required and verdict.reading_depth_required == READING_DEPTHS[0]:
        return ""  # the set demands nothing
    if verdict.given:
        return t("The demands for a verdict are met.")
    lacking = []
    if "reading_depth" in verdict.missing:
        lacking.append(
            t("that the whole text was read") if verdict.reading_depth_required == "full_text" else t("more reading")
        )
    if "coverage" in verdict.missing:
        share, needed = t.percent(verdict.coverage), t.percent(verdict.coverage_required)
        lacking.append(
            t("that at least {needed} of the questions are assessed (now {share})", needed=needed, share=share)
        )
    if not lacking:
        lacking.append(t("that something is assessed"))
    return t("For a verdict is needed: {what}.", what=t.series(lacking))


def explanation(scored_review: ScoredReview, t: Translator) -> Iterator[str]:
    """Everything, target by target and then the whole."""
    labels = {
        criterion.id: {level.key: t.text(level.label) for level in scored_review.criteria.scale_of(criterion).levels}
        for criterion in scored_review.criteria.criteria
    }
    lexicon = Lexicon(t, scored_review.criteria, scored_review.outline)
    children: dict[str | None, list[str]] = {}
    for target in scored_review.card.targets:
        children.setdefault(target.parent, []).append(target.id)
    for target in scored_review.card.targets:
        yield ""
        yield from _step(target.id, target.score, t)
        for result in scored_review.card.criteria_results:
            if result.target == target.id:
                yield _term(result, labels[result.id], t)
        yield from _below(scored_review, children.get(target.id, []), lexicon)
        yield from _ends(target.score, target.id, lexicon)
    yield ""
    yield from _step(t("Total"), scored_review.card.total, t)
    yield from _below(scored_review, children.get(None, []), lexicon)
    yield from _ends(scored_review.card.total, TOTAL, lexicon)
    for gate in scored_review.card.gates:
        effect = t("holds the result down to {cap}", cap=gate.cap) if gate.changed else ""
        yield f"  {t('gate')} {gate.id}: {t(_GATES[gate.standing])}{', ' if effect else ''}{effect}"
    scores = {TOTAL: scored_review.card.total, **{target.id: target.score for target in scored_review.card.targets}}
    for found in make_sensitivity(scored_review.review, scored_review.plan):
        yield from _what_would_change(found, scores[found.place], lexicon)


def _step(name: str, score: Score, t: Translator) -> Iterator[str]:
    line = f"  {name}: {t(METHODS[score.method])}"
    if score.outcome is not None and score.method in _DECIDERS:
        number = None if score.rule is None else score.rule + 1
        decided = t("otherwise") if number is None else t(_DECIDERS[score.method], number=number)
        line += f" ({decided})"
    yield line


def _term(result: CriterionResult, labels: Mapping[str, str], t: Translator) -> str:
    """One answer: its level, what it counted as when that is something else, its points and its weight."""
    level = f"{result.level} {labels.get(result.level, '')}" if result.state == "assessed" and result.level else ""
    told = level.strip() or t(STATES[result.state])
    if result.counted is not None and result.counted != result.level:
        told += " → " + t("counted as {level}", level=f"{result.counted} {labels.get(result.counted, '')}".strip())
    if result.points is not None and result.counted is not None and str(result.points) != result.counted:
        told += f" = {t.number(result.points)}"
    weight = f"× {t.number(result.weight)}" if result.weight != 1 else ""
    return f"    {result.id:<32} {told} {weight}".rstrip()


def _below(scored_review: ScoredReview, names: list[str], lexicon: Lexicon) -> Iterator[str]:
    t = lexicon.t
    held = {target.id: target for target in scored_review.card.targets}
    for name in names:
        target = held[name]
        weight = f"× {t.number(target.weight)}" if target.weight != 1 else ""
        told = lexicon.result(target.score, name)
        if target.counted is not None:
            told += f" → {lexicon.counted(target)}"
        yield f"    {name:<32} {told} {weight}".rstrip()


def _ends(score: Score, place: str, lexicon: Lexicon) -> Iterator[str]:
    """The result, exactly where it is a fraction; and what lies within an interval."""
    t, result = lexicon.t, lexicon.result(score, place)
    if score.standing == "value":
        exact = ""
        if score.value is not None and is_exact(score.value) and "/" in str(score.value):
            exact = f" ({score.value})"
        yield f"    = {result}{exact}"
    elif score.standing == "interval":
        bounds = f" ({t('outer bounds')})" if score.bounds == "outer" else ""
        yield f"    = {result}{bounds}"
        so_far = score.so_far_outcome
        if so_far is not None and lexicon.is_word(score):
            so_far = lexicon.outcome(so_far, score, place)
        elif score.so_far is not None:
            so_far = shown_value(score, score.so_far, t.language)
        if so_far is not None and score.method not in DECIDING:  # what decides may be what is not yet known
            yield f"    {t('so far')}: {so_far}"


def _what_would_change(sensitivity: Sensitivity, score: Score, lexicon: Lexicon) -> Iterator[str]:
    t = lexicon.t
    place = lexicon.title(sensitivity.place) if sensitivity.place else t("the whole")

    def words(verdict: str) -> str:
        return lexicon.verdict(verdict, score, sensitivity.place)

    yield ""
    if sensitivity.has_verdicts:
        yield "  " + t("What would change the verdict on {place}?", place=place)
    else:
        yield "  " + t("How does the result for {place} change?", place=place)
    if sensitivity.verdict is None and sensitivity.has_verdicts:
        yield "    " + t("There is no settled verdict to change.")
    for is_up, heading in ((True, t("up to {verdict}")), (False, t("down to {verdict}"))):
        for change in sensitivity.changes:
            if change.is_up == is_up:
                answers = ", ".join(f"{name} → {level}" for name, level in change.answers)
                yield f"    {heading.format(verdict=words(change.verdict))}: {answers}"
    for weight in sensitivity.weights:
        yield "    " + t(
            "{verdict}, if the weight of {id} were {weight}",
            verdict=words(weight.verdict), id=weight.id, weight=t.number(weight.weight),
        )  # fmt: skip
    if sensitivity.verdict is not None and not sensitivity.changes and not sensitivity.weights:
        yield "    " + t("No change of up to three answers, and no weight up to four times as heavy.")
    if not sensitivity.is_complete:
        yield "    " + t("Not all combinations of answers were tried; there may be more.")
    yield from _variations(sensitivity, lexicon)


def _variations(sensitivity: Sensitivity, lexicon: Lexicon) -> Iterator[str]:
    """The result under other weights, and without each question."""
    t = lexicon.t

    def total_words(score: Score | None) -> str:
        if score is None or shown_score(score, t.language) is None:
            return "–"
        return fitted(lexicon.result(score, sensitivity.place), _COLUMN)

    rows = [
        (variation.id, total_words(variation.lighter), total_words(variation.heavier), total_words(variation.left_out))
        for variation in sensitivity.variations
    ]
    if rows:
        rows.insert(0, ("", t("Weight −25 %"), t("Weight +25 %"), t("Left out")))
        width = max(_NARROW, *(len(cell) for row in rows for cell in row[1:]))
        for name, *cells in rows:
            yield f"    {name:<32} {' '.join(f'{cell:>{width}}' for cell in cells)}".rstrip()


def fitted(text: str, width: int) -> str:
    """A text that may have to be cut to a column."""
    return text if len(text) <= width else f"{text[: width - 1]}…"
