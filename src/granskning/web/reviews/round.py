"""A round: how far its reviewers agree, where they do not, and the way to the joint judgement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool

from granskning import __version__
from granskning.errors import UnknownFileError
from granskning.i18n import N_
from granskning.model.rounds import joint_review
from granskning.reporting.blocks.frame import Provenance
from granskning.reporting.round.round_disputes import make_disputes
from granskning.reporting.round.round_material import ReviewReading, RoundMaterial
from granskning.reporting.round.round_summary import make_round_summary
from granskning.reporting.wording.criteria_vocabulary import Lexicon
from granskning.reporting.wording.uncounted import left_out_line, unassessed_line
from granskning.scoring.results.card import SCORING_VERSION
from granskning.web.parts.blind import is_hidden
from granskning.web.parts.context import visit_of
from granskning.wordings import STATUSES, label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request
    from starlette.responses import Response

    from granskning.model.review import Review
    from granskning.tasks.folder.score import ScoredRound
    from granskning.web.parts.context import RequestContext


async def show(request: Request) -> Response:
    """The page of a round."""
    part = request.path_params
    return await run_in_threadpool(_show, visit_of(request), part["strategy"], part["round"])


def _show(visit: RequestContext, strategy: str, name: str) -> Response:
    held = visit.strategy(strategy)
    folder = f"strategies/{strategy}/reviews/{name}/"
    loaded = visit.desk.loaded()
    reviews = [review for review in loaded.workspace.reviews if (review.strategy, review.round) == (strategy, name)]
    unread = sorted({file for file in loaded.broken if file.startswith(folder)} - {review.file for review in reviews})
    if not reviews and not unread:
        message = N_("the strategy {strategy} has no round {round}")
        raise UnknownFileError(message, "", strategy=strategy, round=name)
    scored = visit.desk.round(strategy, name)
    key = ("round", strategy, name, visit.t.asked)
    made: dict[str, Any] = visit.desk.kept.get(key, visit.desk.version, lambda: _made(visit, scored) if scored else {})
    joint = joint_review(reviews)
    return visit.page(
        "round",
        strategy=held,
        name=name,
        reviews=[(review, label(STATUSES, review.status, visit.t)) for review in reviews],
        unread=unread,
        joint=joint,
        planned=held.planned(name),
        targets=_targets(visit, reviews),
        roles=sorted({review.reviewer for review in reviews} | set(loaded.workspace.settings.role_titles)),
        is_hidden=is_hidden(visit, strategy, name),
        several=sum(not review.is_joint for review in reviews) > 1,
        made=made,
        notes=_notes(visit, scored) if scored else [],
    )


def _targets(visit: RequestContext, reviews: Sequence[Review]) -> list[tuple[str, str]]:
    """The targets of the set that the round is reviewed with."""
    criteria = visit.desk.loaded().workspace.criteria.get(reviews[0].criteria) if reviews else None
    return [(target.id, visit.page_t.text(target.title)) for target in criteria.all_targets] if criteria else []


def _notes(visit: RequestContext, scored: ScoredRound) -> list[str]:
    """Why there is no joint result, and what does not count."""
    lines = [unassessed_line(scored.joint, visit.t)] if not scored.joint.missing or scored.joint.left_out else []
    return [line for line in (*lines, *(left_out_line(item, visit.t) for item in scored.joint.left_out)) if line]


def _made(visit: RequestContext, scored: ScoredRound) -> dict[str, Any]:
    """The parts of the round's report that the page shows."""
    readings = [ReviewReading(scored_review.review, scored_review.card) for scored_review in scored.scored]
    workspace = visit.desk.loaded().workspace
    first = (*scored.scored, *scored.aside)[0]
    case = RoundMaterial(
        name=scored.round,
        strategy=workspace.strategies[scored.strategy],
        criteria=scored.criteria,
        reviewers=tuple(reading for reading in readings if not reading.is_joint),
        consensus=next((reading for reading in readings if reading.is_joint), None),
        joint=scored.joint,
        agreement=scored.agreement,
        coefficients=scored.coefficients(),
        settings=workspace.settings,
        provenance=Provenance(None, False, "", first.criteria_hash, __version__, SCORING_VERSION, None),  # noqa: FBT003
        words=Lexicon(visit.t, scored.criteria, scored.outline),
        internal=False,
    )
    disputes = make_disputes(case)
    return {
        "summary": make_round_summary(case),
        "disputes": disputes,
        "questions": {case.numbers[criterion.id]: criterion.id for criterion in scored.criteria.criteria},
    }
