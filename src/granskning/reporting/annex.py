"""One page for the case officer: the annex to the memo, with case number, verdict and proposed decision points.

The points are taken from actions and recommendations as they stand, and are labelled as a proposal: who handles the
case decides what is proposed. Everything is kept so short that it has room on one page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from granskning.reporting.cover import shorten
from granskning.reporting.marks import Fact
from granskning.reporting.words import first_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from granskning.i18n import Translator
    from granskning.model import Action, Review, Strategy
    from granskning.reporting.document import Count, ResultRow, ReviewReport

ANNEX = "annex/report.html.j2"
"""The template."""

_MOST_POINTS = 4
_MOST_ROWS = 8
_TITLE = 100
_LINE = 90
_ROLE = 60


@dataclass(frozen=True, slots=True)
class Point:
    """One proposed point of decision: our words, and those of the review or the action."""

    words: str
    own: str
    """In the reviewer's language; empty where there are none."""


@dataclass(frozen=True, slots=True)
class AnnexReport:
    """All that the annex may print."""

    kind: Literal["annex"]
    language: str
    prose: str
    title: str
    organisation: str
    notices: tuple[str, ...]
    head: str
    foot: str
    strategy: str
    below: str
    facts: tuple[Fact, ...]
    verdict: str
    lacking: tuple[str, ...]
    sentences: tuple[str, ...]
    counts: tuple[Count, ...]
    counted: str
    rows: tuple[ResultRow, ...]
    """The results of the targets, where a verdict is given and there is room for them."""
    points: tuple[Point, ...]
    more: str
    """That there are more than have room."""
    origin: str


def make_annex(
    report: ReviewReport, review: Review, strategy: Strategy, actions: Sequence[Action], t: Translator
) -> AnnexReport:
    """The annex of one review, from its report."""
    points, left = _points(report, review, actions, t)
    tops = tuple(row for row in report.results.rows if row.depth == 0)
    case_number = review.case_number or strategy.case_number
    return AnnexReport(
        kind="annex",
        language=report.language,
        prose=report.prose,
        title=t("Annex: {title}", title=report.title),
        organisation=report.organisation,
        notices=tuple(f"{notice.split('.')[0]}." for notice in report.notices),
        head=report.head,
        foot=report.foot,
        strategy=shorten(t.text(strategy.title), _TITLE),
        below=report.cover.below,
        facts=_facts(report, review, case_number, t),
        verdict=report.summary.verdict,
        lacking=report.summary.lacking,
        sentences=report.summary.sentences,
        counts=report.summary.counts,
        counted=report.summary.counted,
        rows=tops if report.results.assessed and len(tops) <= _MOST_ROWS and not report.summary.lacking else (),
        points=points,
        more=t.plural(
            "{count} more stands in the review report.", "{count} more stand in the review report.", left
        ) if left else "",
        origin=report.foot,
    )  # fmt: skip


def _facts(report: ReviewReport, review: Review, case_number: str | None, t: Translator) -> tuple[Fact, ...]:
    """What the registry needs: case number, deciding body, text, reading, reviewer, status."""
    wanted = {t("Reviewed text"), t("Reading depth"), t("Reviewed by"), t("Date and round"), t("Status")}
    told = [fact for fact in report.cover.facts if fact.label in wanted]
    facts = [
        Fact(t("Case number"), case_number or t("none given")),
        Fact(t("Deciding body"), review.body or t("not named")),
        *told,
    ]
    return tuple(Fact(fact.label, shorten(fact.value, _LINE)) for fact in facts)


def _points(
    report: ReviewReport, review: Review, actions: Sequence[Action], t: Translator
) -> tuple[tuple[Point, ...], int]:
    """The proposed points, and how many had no room."""
    body = review.body or t("The deciding body")
    points = [Point(t("{body} takes note of the review.", body=shorten(body, _LINE)), "")]
    asked = [one for one in actions if one.status == "proposed"]
    under_way = sum(one.status in ("accepted", "partly", "ongoing") for one in actions)
    found = [_from_action(one, t) for one in asked]
    if not actions:
        given = [item for held in report.summary.highlights if held.kind == "recommendations" for item in held.items]
        found = [
            Point(t("The recommendation on question {number} is taken into the work:", number=one.number),
                  first_sentence(one.text, _LINE))
            for one in given
        ]  # fmt: skip
    if under_way:
        found.append(
            Point(
                t.plural(
                    "{count} action that is decided and not done is followed up.",
                    "{count} actions that are decided and not done are followed up.",
                    under_way,
                ),
                "",
            )
        )
    return (*points, *found[:_MOST_POINTS]), max(0, len(found) - _MOST_POINTS)


def _from_action(one: Action, t: Translator) -> Point:
    """A proposed action with who and when, as far as that is known."""
    role = shorten(one.responsible or t("nobody named"), _ROLE)
    if one.due:
        words = t("The action is carried out by {date} at the latest, by {role}:", date=t.date(one.due), role=role)
    else:
        words = t("The action is carried out by {role}:", role=role)
    return Point(words, first_sentence(one.title, _LINE))
