"""The overview (översikt): strategies × target pictures, what is left to do, what is out of date. Values for a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.i18n import N_
from granskning.reporting.lexicon import Lexicon

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from granskning.i18n import Translator
    from granskning.model import CriteriaSet, Review, Strategy, Workspace
    from granskning.scoring.card import Score, Scorecard

UNDONE = ("empty", "open", "inherited")
"""The states of answers that remain to be done."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The result of one target in one strategy: in figures and words, and how many of its questions are judged."""

    result: str
    words: str
    assessed: str
    kind: str
    """value, interval, profile, cannot_be_assessed or not_applicable; empty where there is nothing."""


@dataclass(frozen=True, slots=True)
class Line:
    """One review among those of a strategy."""

    file: str
    round: str
    reviewer: str
    kind: str
    status: str
    left: int
    """How many answers remain."""
    asked: int
    findings: int
    stale: tuple[str, ...]
    """Why it is out of date, as msgids."""


@dataclass(frozen=True, slots=True)
class Row:
    """One strategy: the review that speaks for it, by target, and all its reviews."""

    id: str
    title: str
    example: bool
    cells: tuple[Cell | None, ...]
    """None where the set has no such target, or there is no review."""
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """The whole folder at a glance. `set_title` is the criteria set whose targets are the columns."""

    set_title: str
    targets: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    broken: tuple[tuple[str, int], ...]
    """Files that cannot be read as what they are, with how many faults."""

    @property
    def left(self) -> int:
        """How many answers remain in all reviews that are not approved."""
        return sum(line.left for row in self.rows for line in row.lines if line.status != "approved")


STALE_EDITION = N_("a later edition of the text is not reviewed")
STALE_CRITERIA = N_("a later version of the criteria set is not used")


def make_overview(  # noqa: PLR0913  # what the page rests on, by name
    workspace: Workspace,
    cards: Mapping[str, Scorecard],
    criteria: CriteriaSet | None,
    findings: Mapping[str, int],
    broken: Sequence[tuple[str, int]],
    t: Translator,
) -> Overview:
    """The overview. `cards` are results and `findings` counts of remarks, by file; `criteria` gives the columns."""
    targets = tuple((one.id, t.text(one.title)) for one in criteria.targets) if criteria else ()
    lexicons = {name: Lexicon(t, held) for name, held in workspace.criteria.items()}
    by_strategy: dict[str, list[Review]] = {}
    for review in workspace.reviews:
        by_strategy.setdefault(review.strategy, []).append(review)
    rows = []
    for name, strategy in sorted(workspace.strategies.items(), key=lambda pair: t.text(pair[1].title).casefold()):
        reviews = by_strategy.get(name, [])
        rows.append(
            Row(
                id=name,
                title=t.text(strategy.title),
                example=strategy.example,
                cells=_cells(reviews, cards, lexicons, targets),
                lines=tuple(_line(one, cards.get(one.file), strategy, workspace, findings) for one in reviews),
            )
        )
    return Overview(t.text(criteria.title) if criteria else "", targets, tuple(rows), tuple(broken))


def _cells(
    reviews: Sequence[Review],
    cards: Mapping[str, Scorecard],
    lexicons: Mapping[str, Lexicon],
    targets: Sequence[tuple[str, str]],
) -> tuple[Cell | None, ...]:
    """The results of the review that speaks for the strategy: of the last round, the joint one, the latest."""
    speaking = max(
        (one for one in reviews if one.file in cards and one.criteria in lexicons),
        key=lambda one: (one.round, one.kind == "consensus", one.date or "", one.reviewer),
        default=None,
    )
    if speaking is None:
        return tuple(None for _ in targets)
    scores = {one.id: one.score for one in cards[speaking.file].targets}
    lexicon = lexicons[speaking.criteria]
    return tuple(_cell(scores[name], name, lexicon) if name in scores else None for name, _ in targets)


def _cell(score: Score, place: str, lexicon: Lexicon) -> Cell:
    words = "" if score.standing in ("cannot_be_assessed", "not_applicable") else lexicon.band(score, place)
    return Cell(lexicon.result(score, place), "" if words == "–" else words, lexicon.assessed(score), score.standing)


def _line(
    review: Review, card: Scorecard | None, strategy: Strategy, workspace: Workspace, findings: Mapping[str, int]
) -> Line:
    states = [one.state for one in card.criteria_results] if card else []
    stale = []
    if strategy.editions and review.edition != strategy.editions[-1].id and _is_last(review, workspace):
        stale.append(STALE_EDITION)
    held = workspace.criteria.get(review.criteria)
    if held is not None and "/earlier/" in held.file and review.status != "approved":
        stale.append(STALE_CRITERIA)
    return Line(
        file=review.file,
        round=review.round,
        reviewer=review.reviewer,
        kind=review.kind,
        status=review.status,
        left=sum(state in UNDONE for state in states),
        asked=len(states),
        findings=findings.get(review.file, 0),
        stale=tuple(stale),
    )


def _is_last(review: Review, workspace: Workspace) -> bool:
    """Whether no later round of the strategy has begun."""
    return review.round == max(one.round for one in workspace.reviews if one.strategy == review.strategy)
