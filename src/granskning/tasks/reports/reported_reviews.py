"""Which reviews and rounds of a workspace have a report, and which have none since they do not count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.tasks.folder.score import score_all, score_rounds

if TYPE_CHECKING:
    from granskning.model.review import LeftOut
    from granskning.model.rounds import Round
    from granskning.model.workspace import Workspace
    from granskning.tasks.folder.score import ScoredReview, ScoredRound


@dataclass(frozen=True, slots=True)
class Skipped:
    """A review, or the folder of a round, that gets no report, since it or all of the round's do not count."""

    file: str
    because: str
    """The file that does not count: the review itself, or one of the round's."""
    left_out: LeftOut | None = None
    """Why the review does not count."""


@dataclass(frozen=True, slots=True)
class ReportedReviews:
    """What has a report of its own, with results."""

    scored: tuple[ScoredReview, ...]
    """The reviews that have a report."""
    every_round: tuple[ScoredRound, ...]
    """All rounds by strategy, the oldest first, those in which nothing counts among them."""
    rounds: tuple[ScoredRound, ...]
    """The rounds with a report: those of several reviews, some of which can be laid together."""
    skipped: tuple[Skipped, ...]
    """The reviews that get no report since they do not count, and the rounds that have none to lay together."""


def choose_reported(workspace: Workspace) -> ReportedReviews:
    """Score the workspace, and choose what is reported."""
    everything = score_all(workspace)
    nowhere = {item.file for item in workspace.left_out if item.everywhere}
    counted = (scored for scored in everything if scored.review.file not in nowhere)
    every_round = tuple(of for of in score_rounds(workspace, everything) if of.strategy in workspace.strategies)
    several = [of for of in every_round if len(of.of.reviews) + _unread(of.of) > 1]
    return ReportedReviews(
        scored=tuple(scored for scored in counted if scored.review.strategy in workspace.strategies),
        every_round=every_round,
        rounds=tuple(of for of in several if of.scored),
        skipped=(
            *(Skipped(item.file, item.file, item) for item in workspace.left_out if item.everywhere),
            *(_skipped_round(of.of) for of in several if not of.scored and of.of.left_out),
        ),
    )


def _skipped_round(of: Round) -> Skipped:
    return Skipped(f"strategies/{of.strategy}/reviews/{of.name}/", of.left_out[0].file)


def _unread(of: Round) -> int:
    """How many files of a round could not be read."""
    read = {review.file for review in of.reviews}
    return sum(item.file not in read for item in of.left_out)
