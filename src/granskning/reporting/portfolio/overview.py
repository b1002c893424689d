"""The overview (översikt): strategies × target pictures, what is left to do, what is out of date. Values for a page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from granskning.i18n import N_
from granskning.model.rounds import rounds_by_strategy
from granskning.reporting.wording.criteria_vocabulary import Lexicon
from granskning.reporting.wording.uncounted import left_out_line, left_out_reason, unassessed_line
from granskning.scoring.results.card import AnswerProgress
from granskning.wordings import STANDINGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from granskning.i18n import Translator
    from granskning.model.criteria import CriteriaSet
    from granskning.model.review import LeftOut, Review
    from granskning.model.strategy import Strategy
    from granskning.model.workspace import Workspace
    from granskning.scoring.results.card import Score, Scorecard
    from granskning.scoring.rounds import RoundCard


class RoundResult(Protocol):
    """A round with its joint result."""

    @property
    def round(self) -> str:
        """Its name."""

    @property
    def criteria(self) -> CriteriaSet:
        """The set that its reviews share."""

    @property
    def joint(self) -> RoundCard:
        """The joint result."""


class StrategyStanding(Protocol):
    """What a strategy comes to."""

    @property
    def round(self) -> RoundResult:
        """The round that speaks for it."""

    @property
    def card(self) -> Scorecard | None:
        """The result; None where it cannot be assessed."""

    @property
    def is_draft(self) -> bool:
        """Whether no round has been handed in."""

    @property
    def under_way(self) -> tuple[str, ...]:
        """Later rounds."""

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """Files that do not count."""


@dataclass(frozen=True, slots=True)
class OverviewCell:
    """The result of one target in one strategy: in figures and words, and how many of its questions are judged."""

    result: str
    words: str
    assessed: str
    kind: str
    """value, interval, profile, cannot_be_assessed or not_applicable; empty where there is nothing."""


@dataclass(frozen=True, slots=True)
class OverviewLine:
    """One review among those of a strategy."""

    file: str
    round: str
    reviewer: str
    kind: str
    status: str
    progress: AnswerProgress
    findings: int
    stale: tuple[str, ...]
    """Why it is out of date, as msgids."""
    left_out: str = ""
    """Why it does not count, in words; empty where it does."""


@dataclass(frozen=True, slots=True)
class Row:
    """One strategy: its result by target, and all its reviews."""

    id: str
    title: str
    example: bool
    cells: tuple[OverviewCell | None, ...]
    """None where the set has no such target, or there is no review."""
    lines: tuple[OverviewLine, ...]
    notes: tuple[str, ...] = ()
    """What must be known of the figures: of which round, that it is a draft, what is under way or does not count."""


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
        return sum(line.progress.left for row in self.rows for line in row.lines if line.status != "approved")


STALE_EDITION = N_("a later edition of the text is not reviewed")
STALE_CRITERIA = N_("a later version of the criteria set is not used")


def make_overview(  # noqa: PLR0913  # what the page rests on, by name
    workspace: Workspace,
    cards: Mapping[str, Scorecard],
    results: Mapping[str, StrategyStanding],
    criteria: CriteriaSet | None,
    findings: Mapping[str, int],
    broken: Sequence[tuple[str, int]],
    t: Translator,
) -> Overview:
    """The overview. `cards` are reviews' own results and `findings` counts of remarks, by file.

    `results` are what strategies come to, by id; `criteria` gives the columns.
    """
    targets = tuple((target.id, t.text(target.title)) for target in criteria.targets) if criteria else ()
    lexicons = {name: Lexicon(t, criteria_set) for name, criteria_set in workspace.criteria.items()}
    by_strategy: dict[str, list[Review]] = {}
    for review in workspace.reviews:
        by_strategy.setdefault(review.strategy, []).append(review)
    last = {name: rounds[-1].name for name, rounds in rounds_by_strategy(workspace).items()}
    left_out = {item.file: left_out_reason(item, t) for item in workspace.left_out}
    rows = []
    for name, strategy in sorted(workspace.strategies.items(), key=lambda pair: t.text(pair[1].title).casefold()):
        result, reviews = results.get(name), by_strategy.get(name, [])
        lexicon = lexicons[result.round.criteria.reference] if result else None
        lines = [
            _line(known_review, cards.get(known_review.file), strategy, workspace, findings) for known_review in reviews
        ]
        rows.append(
            Row(
                id=name,
                title=t.text(strategy.title),
                example=strategy.example,
                cells=_cells(result, lexicon, targets),
                lines=tuple(
                    replace(
                        line,
                        left_out=left_out.get(line.file, ""),
                        stale=line.stale if line.round == last.get(name) else _lasting(line.stale),
                    )
                    for line in lines
                ),
                notes=tuple(_notes(result, reviews, criteria, t)),
            )
        )
    return Overview(t.text(criteria.title) if criteria else "", targets, tuple(rows), tuple(broken))


def _cells(
    result: StrategyStanding | None, lexicon: Lexicon | None, targets: Sequence[tuple[str, str]]
) -> tuple[OverviewCell | None, ...]:
    """What a strategy comes to by target."""
    if result is None or lexicon is None:
        return tuple(None for _ in targets)
    if result.card is None:
        words = lexicon.t(STANDINGS["cannot_be_assessed"]) if result.round.joint.cannot_be_assessed else "–"
        return tuple(OverviewCell(words, "", "", "cannot_be_assessed") for _ in targets)
    scores = {target.id: target.score for target in result.card.targets}
    return tuple(_cell(scores[name], name, lexicon) if name in scores else None for name, _ in targets)


def _notes(
    result: StrategyStanding | None, reviews: Sequence[Review], criteria: CriteriaSet | None, t: Translator
) -> Iterator[str]:
    """What must be known of a strategy's figures."""
    if result is None:
        if reviews and criteria is not None:
            used = {review.criteria for review in reviews}
            if not any(name.partition("@")[0] == criteria.id for name in used):
                yield t("Reviewed with another criteria set: {sets}.", sets=", ".join(sorted(used)))
            else:
                yield t("Nothing is judged yet.")
        return
    if len({review.round for review in reviews}) > 1 or result.is_draft:
        draft = t("{round}, a draft", round=result.round.round)
        yield t("The figures are of round {round}.", round=draft if result.is_draft else result.round.round)
    if result.under_way:
        yield t("Under way beside it: {rounds}.", rounds=", ".join(result.under_way))
    if line := unassessed_line(result.round.joint, t):
        yield line
    for item in result.left_out:
        yield left_out_line(item, t)


def _lasting(stale: tuple[str, ...]) -> tuple[str, ...]:
    """Why a review of an earlier round is out of date: a later edition is for later rounds."""
    return tuple(reason for reason in stale if reason != STALE_EDITION)


def _cell(score: Score, place: str, lexicon: Lexicon) -> OverviewCell:
    words = "" if score.standing in ("cannot_be_assessed", "not_applicable") else lexicon.band(score, place)
    return OverviewCell(
        lexicon.result(score, place), "" if words == "–" else words, lexicon.assessed(score), score.standing
    )


def _line(
    review: Review, card: Scorecard | None, strategy: Strategy, workspace: Workspace, findings: Mapping[str, int]
) -> OverviewLine:
    stale = []
    if strategy.editions and review.edition != strategy.editions[-1].id:
        stale.append(STALE_EDITION)
    held = workspace.criteria.get(review.criteria)
    if held is not None and "/earlier/" in held.file and review.status != "approved":
        stale.append(STALE_CRITERIA)
    return OverviewLine(
        file=review.file,
        round=review.round,
        reviewer=review.reviewer,
        kind=review.kind,
        status=review.status,
        progress=card.progress if card else AnswerProgress(),
        findings=findings.get(review.file, 0),
        stale=tuple(stale),
    )
