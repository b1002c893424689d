"""One page for the case officer: the annex to the memo, with case number, verdict and proposed decision points.

The points are taken from actions and recommendations as they stand, and are labelled as a proposal: who handles the
case decides what is proposed. Everything is kept so short that it has room on one page.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING, Literal

from granskning.language_tags import untagged
from granskning.reporting.blocks.badges import Fact
from granskning.reporting.blocks.frame import Framed
from granskning.reporting.review.report_values import MapRow
from granskning.reporting.wording.procedure import NO_JOINT, made_words
from granskning.reporting.wording.uncounted import left_out_line, unassessed_line
from granskning.reporting.wording.words import first_sentence, shorten
from granskning.scoring.results.card import TOTAL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from granskning.i18n import Translator
    from granskning.model.criteria import CriteriaSet
    from granskning.model.decision import Action
    from granskning.model.review import Review
    from granskning.model.strategy import Strategy
    from granskning.reporting.review.report_values import Count, ReviewReport
    from granskning.reporting.wording.criteria_vocabulary import Lexicon
    from granskning.scoring.rounds import RoundCard

_MOST_POINTS = 4
_MOST_ROWS = 8
_TITLE = 100
_LINE = 90
_SENTENCE = 180
_ROOM = 360
"""So many letters of others' sentences have room on the page."""
_NAME = 120


@dataclass(frozen=True, slots=True)
class AnnexPoint:
    """One proposed point of decision: our words, and those of the review or the action."""

    words: str
    own: str
    """In the reviewer's language; empty where there are none."""


@dataclass(frozen=True, slots=True)
class WholeRound:
    """What the round comes to that a review is one of."""

    sentences: tuple[str, ...]
    """That it is one of several, what they come to together and how, or why they come to nothing."""
    rows: tuple[MapRow, ...]
    """The results together, where a verdict on them is given."""
    notices: tuple[str, ...] = ()
    """What must be known of the other reviews before anything else."""


@dataclass(frozen=True, slots=True)
class AnnexReport(Framed):
    """All that the annex may print."""

    kind: Literal["annex"]
    strategy: str
    below: str
    facts: tuple[Fact, ...]
    round: tuple[str, ...]
    """What the round comes to, where the review is one of several; it goes before what this review says."""
    verdict: str
    lacking: tuple[str, ...]
    sentences: tuple[str, ...]
    counts: tuple[Count, ...]
    counted: str
    rows: tuple[MapRow, ...]
    """The results of the targets, where a verdict is given and there is room for them; the round's before one of its
    reviews'."""
    points: tuple[AnnexPoint, ...]
    """None where the review lacks the ground for a verdict: then what is lacking is what is needed."""
    more: str
    """That there are more than have room."""


def make_annex(  # noqa: PLR0913  # what the page rests on
    report: ReviewReport,
    review: Review,
    strategy: Strategy,
    actions: Sequence[Action],
    t: Translator,
    whole: WholeRound | None = None,
) -> AnnexReport:
    """The annex of one review, from its report; `whole` is its round, where it is one of several."""
    is_grounded = not report.summary.lacking
    points, left = _points(report, review, actions, t) if is_grounded else ((), 0)
    tops = tuple(row for row in report.results.map.rows if row.depth == 0)
    own = tops if report.results.assessed and is_grounded else ()
    rows = own if whole is None else whole.rows
    case_number = review.case_number or strategy.case_number
    return AnnexReport(
        kind="annex",
        frame=replace(
            report.frame, title=t("Annex: {title}", title=report.title), notices=_signs(report, whole), twin=""
        ),  # the one page has no room for the address of another
        strategy=shorten(t.text(strategy.title), _TITLE),
        below=report.cover.below,
        facts=_facts(report, review, case_number, t),
        round=whole.sentences if whole is not None else (),
        verdict=report.summary.verdict,
        lacking=report.summary.lacking,
        sentences=report.summary.sentences,
        counts=report.summary.counts,
        counted=report.summary.counted,
        rows=rows if len(rows) <= _MOST_ROWS else (),
        points=points,
        more=t.plural(
            "{count} more stands in the review report.", "{count} more stand in the review report.", left
        ) if left else "",
    )  # fmt: skip


def _signs(report: ReviewReport, whole: WholeRound | None) -> tuple[str, ...]:
    """The first word of each notice, once: there is no room for more."""
    notices = (*report.notices, *(whole.notices if whole is not None else ()))
    return tuple(dict.fromkeys(f"{notice.split('.')[0]}." for notice in notices))


def tell_whole_round(joint: RoundCard, criteria: CriteriaSet, words: Lexicon, *, name: str, reviews: int) -> WholeRound:
    """What a round of several reviews comes to, for the annex of one of them."""
    t, card = words.t, joint.card
    sentences = [
        t.plural(
            "This is one of {count} review of the round {round}.",
            "This is one of {count} reviews of the round {round}.",
            reviews,
            round=name,
        ),
    ]
    if card is None:
        sentences.append(unassessed_line(joint, t) or t(NO_JOINT))
    elif not card.verdict.given:
        sentences.append(t("No verdict on them together is given."))
    elif card.total.method == "none":
        sentences.append(t("Together they give no overall figure."))
    else:
        result, band = words.result(card.total, TOTAL), words.band(card.total, TOTAL)
        told = result if band == "–" else t("{result}, {band}", result=result, band=band)
        sentences.append(t("Together they come to {result}.", result=told))
    if card is not None:
        sentences.append(t(made_words(joint.method, criteria)))
    sentences += [left_out_line(item, t) for item in joint.left_out]
    rows = tuple(
        MapRow(
            number=words.numbers[target.id], title=words.title(target.id), anchor="", depth=0, cells=(), so_far="",
            result=words.result(target.score, target.id), band=words.band(target.score, target.id),
            assessed=words.assessed(target.score),
        )
        for target in (card.targets if card is not None and card.verdict.given and card.total.assessed else ())
        if target.parent is None
    )  # fmt: skip
    return WholeRound(tuple(sentences), rows)


def _facts(report: ReviewReport, review: Review, case_number: str | None, t: Translator) -> tuple[Fact, ...]:
    """What the registry needs: case number, deciding body, text, reading, reviewer, status."""
    wanted = {
        t("Reviewed text"),
        t("Reading depth"),
        t("Reviewed by"),
        t("Date and round"),
        t("Brought in"),
        t("Status"),
    }
    told = [fact for fact in report.cover.facts if fact.label in wanted]
    facts = [
        Fact(t("Case number"), case_number or t("none given")),
        Fact(t("Deciding body"), review.body or t("not named")),
        *told,
    ]
    return tuple(Fact(fact.label, shorten(fact.value, _LINE)) for fact in facts)


def _points(
    report: ReviewReport, review: Review, actions: Sequence[Action], t: Translator
) -> tuple[tuple[AnnexPoint, ...], int]:
    """The proposed points of a review that has the ground for a verdict, and how many had no room."""
    body = review.body or t("The deciding body")
    points = [AnnexPoint(t("{body} takes note of the review.", body=shorten(body, _NAME)), "")]
    asked = [action for action in actions if action.status == "proposed"]
    under_way = sum(action.status in ("accepted", "partly", "ongoing") for action in actions)
    found = [_from_action(question, t) for question in asked]
    if not actions:
        given = report.summary.recommendations
        found = [
            _from_recommendation(finding.number, finding.recommendation, t)
            for finding in (given.items if given is not None else ())
        ]
    if under_way:
        found.append(
            AnnexPoint(
                t.plural(
                    "{count} action that is decided and not done is followed up.",
                    "{count} actions that are decided and not done are followed up.",
                    under_way,
                ),
                "",
            )
        )
    kept = _with_room(found)
    return (*points, *kept), len(found) - len(kept)


def _with_room(points: Sequence[AnnexPoint]) -> Sequence[AnnexPoint]:
    """The first points, as many as there is room for."""
    letters = accumulate(len(untagged(point.own)) for point in points)
    return points[: min(_MOST_POINTS, sum(so_far <= _ROOM for so_far in letters))]


def _from_recommendation(number: str, recommendation: str, t: Translator) -> AnnexPoint:
    own = _whole_sentence(recommendation)
    if own:
        return AnnexPoint(t("The recommendation on question {number} is taken into the work:", number=number), own)
    words = t("The recommendation on question {number} stands in the review report and is taken into the work.",
              number=number)  # fmt: skip
    return AnnexPoint(words, "")


def _from_action(action: Action, t: Translator) -> AnnexPoint:
    """A proposed action with who and when, as far as that is known."""
    role = shorten(t.role(action.responsible or "") or t("whoever is appointed"), _NAME)
    own = _whole_sentence(action.title)
    if action.due and own:
        words = t("The action is carried out by {date} at the latest, by {role}:", date=t.date(action.due), role=role)
    elif action.due:
        words = t("An action that stands in the review report is carried out by {date} at the latest, by {role}.",
                  date=t.date(action.due), role=role)  # fmt: skip
    elif own:
        words = t("The action is carried out by {role}:", role=role)
    else:
        words = t("An action that stands in the review report is carried out by {role}.", role=role)
    return AnnexPoint(words, own)


def _whole_sentence(text: str) -> str:
    """The first sentence with its stop; nothing where it is too long for a point of decision, which is never cut."""
    sentence = first_sentence(text, len(text))
    plain = untagged(sentence)
    stop = "." if plain and plain[-1] not in ".!?…" else ""
    return f"{sentence}{stop}" if len(plain) <= _SENTENCE else ""
