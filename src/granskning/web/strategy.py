"""One strategy: what it is, what it rests on, its texts, its rounds with their reviews, and its actions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool

from granskning.i18n import N_
from granskning.scoring.results.card import AnswerProgress
from granskning.web.actions import findings_of_actions
from granskning.web.parts.context import visit_of
from granskning.web.parts.criteria_set import area_titles
from granskning.wordings import STAGES, STATUSES, label, tell_action_status

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from granskning.model.review import Review
    from granskning.model.strategy import Strategy
    from granskning.model.workspace import Workspace
    from granskning.web.parts.context import RequestContext


_NOTES = {
    "bild": N_("The document has no text, only pictures: its quotations cannot be looked up, but it can be reviewed."),
    "last": N_("The document could not be read, as when it has a password: its quotations cannot be looked up, but it "
               "can be reviewed."),
}  # fmt: skip


async def show(request: Request) -> Response:
    """The page of a strategy."""
    return await run_in_threadpool(_show, visit_of(request), request.path_params["strategy"])


def _show(visit: RequestContext, name: str) -> Response:
    workspace = visit.desk.loaded().workspace
    strategy = visit.strategy(name)
    reviews = [review for review in workspace.reviews if review.strategy == name]
    actions = workspace.actions.get(name, ())
    return visit.page(
        "strategy",
        strategy=strategy,
        facts=_facts(visit, strategy),
        chain=_chain(visit, strategy, workspace),
        editions=[(edition, label(STAGES, edition.stage, visit.t)) for edition in strategy.editions],
        edition_titles={edition.id: edition.title or edition.id for edition in strategy.editions},
        rounds=_rounds(visit, reviews),
        actions=[(action, tell_action_status(action, visit.t), action.is_overdue(visit.today)) for action in actions],
        found=findings_of_actions(visit, name),
        file=strategy.file,
        sets=_sets(visit),
        note=_NOTES.get(visit.request.query_params.get("dokument", ""))
        and visit.t(_NOTES[visit.request.query_params["dokument"]]),
        suggested=visit.today[:7],
        roles=sorted(
            {review.reviewer for review in workspace.reviews if not review.is_joint}
            | set(workspace.settings.role_titles)
        ),
    )


def _sets(visit: RequestContext) -> list[tuple[str, str]]:
    """The criteria sets of the folder in their current versions, by what they are called."""
    current = [criteria for criteria in visit.desk.loaded().workspace.criteria.values()
               if "/earlier/" not in criteria.file]  # fmt: skip
    return sorted(
        ((criteria.id, f"{visit.page_t.text(criteria.title)} {criteria.version}") for criteria in current),
        key=lambda pair: pair[1].casefold(),
    )


def _facts(visit: RequestContext, strategy: Strategy) -> list[tuple[str, str]]:
    t = visit.t
    begins, ends = strategy.period
    rows = [
        (t("Owner"), ", ".join(strategy.owner)),
        (t("Partners"), ", ".join(strategy.partners)),
        (t("Area"), area_titles(visit).get(strategy.area, strategy.area)),
        (t("Period"), f"{begins or ''}–{ends or ''}" if begins or ends else ""),
        (t("Case number"), strategy.case_number or ""),
    ]
    return [(label, value) for label, value in rows if value]


def _chain(visit: RequestContext, strategy: Strategy, workspace: Workspace) -> list[tuple[str, list[tuple[str, str]]]]:
    """The chain of steering around it: what it rests on and follows, and what rests on it and follows it."""
    t = visit.t
    known = workspace.strategies.values()
    rows = [
        (t("Rests on"), strategy.based_on),
        (t("Comes after"), strategy.succeeds),
        (
            t("Is the ground of"),
            tuple(known_strategy.id for known_strategy in known if strategy.id in known_strategy.based_on),
        ),
        (
            t("Is followed by"),
            tuple(known_strategy.id for known_strategy in known if strategy.id in known_strategy.succeeds),
        ),
    ]
    return [(label, [_link(visit, name, workspace) for name in names]) for label, names in rows if names]


def _link(visit: RequestContext, name: str, workspace: Workspace) -> tuple[str, str]:
    """The words for a strategy that is named, and where they lead, if anywhere."""
    found = workspace.strategies.get(name)
    return (visit.page_t.text(found.title), visit.at("strategi", name)) if found else (name, "")


def _rounds(visit: RequestContext, reviews: list[Review]) -> list[dict[str, Any]]:
    """The rounds, the latest first, each with its reviews and what remains in them."""
    scored = visit.desk.scored()
    rounds: dict[str, list[dict[str, Any]]] = {}  # in the workspace's order: the oldest first
    for review in reviews:
        held = scored.get(review.file)
        rounds.setdefault(review.round, []).append({
            "review": review,
            "status": label(STATUSES, review.status, visit.t),
            "progress": held.card.progress if held else AnswerProgress(),
            "findings": len(visit.desk.findings(review.file)),
        })  # fmt: skip
    return [
        {
            "name": name,
            "lines": lines,
            "edition": lines[0]["review"].edition,
            "has_joint": any(line["review"].is_joint for line in lines),
            "reviewers": sum(not line["review"].is_joint for line in lines),
        }
        for name, lines in reversed(rounds.items())
    ]
