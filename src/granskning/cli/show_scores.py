"""Scorecards as table, JSON and CSV: the same results, to the same digits."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

from granskning import __version__
from granskning.i18n import N_
from granskning.scoring.card import SCORING_VERSION
from granskning.scoring.plain import plain_review, shown_score
from granskning.scoring.rounding import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from granskning.i18n import Translator
    from granskning.model import CriteriaSet
    from granskning.scoring.card import Score
    from granskning.tasks.score import Scored

_WIDTH = 100
_METHODS = {
    "mean": N_("weighted mean"),
    "sum": N_("weighted sum"),
    "weakest": N_("the weakest decides"),
    "none": N_("profile, no overall figure"),
}
_STATES = {
    "assessed": N_("assessed"),
    "not_applicable": N_("not applicable"),
    "insufficient_evidence": N_("cannot be assessed"),
    "open": N_("open"),
    "empty": N_("not yet looked at"),
    "inherited": N_("inherited, not confirmed"),
}
_GATES = {"met": N_("met"), "not_met": N_("not met"), "undecided": N_("undecided")}


def as_json(scored: Sequence[Scored], t: Translator) -> str:
    """The contract's `granskning/score/1`."""
    reviews = [plain_review(one.card, one.review, one.criteria, one.criteria_hash, t.language) for one in scored]
    result = {
        "schema": "granskning/score/1",
        "tool": {"name": "granskning", "version": __version__},
        "scoring": SCORING_VERSION,
        "reviews": reviews,
        "rounds": [],
    }
    return json.dumps(result, ensure_ascii=False, indent=2)


def as_csv(scored: Sequence[Scored], t: Translator) -> str:
    """One row for each review and target, and one for the whole, with `;` between, as Swedish spreadsheets want."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if t.language == "sv" else ",", lineterminator="\n")
    writer.writerow(
        ("strategy", "round", "reviewer", "criteria", "target", "method", "value", "low", "high", "band",
         "assessed", "applicable", "asked")
    )  # fmt: skip
    for one in scored:
        rounding = one.criteria.scoring.rounding
        rows = [*((target.id, target.score) for target in one.card.targets), ("", one.card.total)]
        for name, score in rows:
            figures = [
                "" if figure is None else shown(figure, rounding, t.language)
                for figure in (score.value, score.low, score.high)
            ]
            head = (one.review.strategy, one.review.round, one.review.reviewer, one.review.criteria, name, score.method)
            writer.writerow((*head, *figures, score.band or "", score.assessed, score.applicable, score.asked))
    return out.getvalue().rstrip("\n")


def as_table(scored: Sequence[Scored], t: Translator, *, explain: bool) -> str:
    """Aligned columns, a block for each review."""
    return "\n\n".join("\n".join(_block(one, t, explain=explain)) for one in scored)


def _block(one: Scored, t: Translator, *, explain: bool) -> Iterator[str]:
    review, criteria = one.review, one.criteria
    yield f"{review.strategy}  {review.round}  {review.reviewer}  ({criteria.reference})"
    names = {target.id: t.text(target.title) for target in criteria.targets}
    rows = [(t("Target"), t("Result"), t("Band"), t("Assessed"))]
    rows += [(names[target.id], *_cells(target.score, criteria, t)) for target in one.card.targets]
    rows.append((t("Total"), *_cells(one.card.total, criteria, t)))
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    widths[0] = min(widths[0], _WIDTH - sum(widths[1:]) - 8)
    for number, row in enumerate(rows):
        name = row[0] if len(row[0]) <= widths[0] else f"{row[0][: widths[0] - 1]}…"
        yield f"  {name:<{widths[0]}}  {row[1]:>{widths[1]}}  {row[2]:<{widths[2]}}  {row[3]:>{widths[3]}}".rstrip()
        if number in (0, len(rows) - 2):
            yield "  " + "─" * (sum(widths) + 6)
    yield f"  {verdict_line(one, t)}"
    if explain:
        yield from _explanation(one, t)


def _cells(score: Score, criteria: CriteriaSet, t: Translator) -> tuple[str, str, str]:
    figure = shown_score(score, criteria.scoring.rounding, t.language)
    label = next((t.text(band.label) for band in criteria.scoring.bands if band.id == score.band), "")
    told = t("{assessed} of {applicable}", assessed=score.assessed, applicable=score.applicable)
    words = {
        "cannot_be_assessed": t("cannot be assessed"),
        "not_applicable": t("not applicable"),
        "profile": t("profile"),
    }
    return (words.get(score.standing) or figure or "–", label, told)


def verdict_line(one: Scored, t: Translator) -> str:
    """Whether a verdict may be given, or what is missing for one."""
    verdict = one.card.verdict
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


def _explanation(one: Scored, t: Translator) -> Iterator[str]:
    """How each target came about: the terms of the sum, what was left out, and the gates."""
    rounding = one.criteria.scoring.rounding
    labels = {level.key: t.text(level.label) for level in one.criteria.scale}
    for target in one.card.targets:
        yield ""
        yield f"  {target.id}: {t(_METHODS[target.score.method])}"
        for result in one.card.criteria_results:
            if result.target == target.id:
                level = f"{result.level} {labels[result.level]}" if result.state == "assessed" and result.level else ""
                weight = f"× {t.number(result.weight)}" if result.weight != 1 else ""
                yield f"    {result.id:<32} {level or t(_STATES[result.state])} {weight}".rstrip()
        if target.score.so_far is not None and target.score.standing == "interval":
            yield f"    {t('so far')}: {shown(target.score.so_far, rounding, t.language)}"
    for gate in one.card.gates:
        yield f"  {t('gate')} {gate.id}: {t(_GATES[gate.standing])}"
