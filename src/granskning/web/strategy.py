"""One strategy: what it is, what it rests on, its texts, its rounds with their reviews, and its actions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse

from granskning.errors import UsageError
from granskning.i18n import N_
from granskning.reporting.portfolio.overview import UNDONE
from granskning.tasks.editing.new import NewReview, new_review
from granskning.web.actions import findings_of_actions
from granskning.web.context import form_of, visit_of
from granskning.wordings import ACTION_STATUSES, STAGES, STATUSES, label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from granskning.model.review import Review
    from granskning.model.strategy import Strategy
    from granskning.model.workspace import Workspace
    from granskning.web.context import RequestContext

_ROUND = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_ROLE = re.compile(r"(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*\Z")


async def show(request: Request) -> Response:
    """The page of a strategy."""
    return await run_in_threadpool(_show, visit_of(request), request.path_params["strategy"])


async def begin(request: Request) -> Response:
    """Make a new review, and open it."""
    visit, name = visit_of(request), request.path_params["strategy"]
    form = await form_of(request)
    return await run_in_threadpool(_begin, visit, name, form)


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
        rounds=_rounds(visit, reviews),
        actions=[
            (action, label(ACTION_STATUSES, action.status, visit.t), action.is_overdue(visit.today))
            for action in actions
        ],
        found=findings_of_actions(visit, name),
        file=strategy.file,
        suggested=visit.today[:7],
        roles=sorted(
            {review.reviewer for review in workspace.reviews if review.kind == "reviewer"}
            | set(workspace.settings.role_titles)
        ),
    )


def _facts(visit: RequestContext, strategy: Strategy) -> list[tuple[str, str]]:
    t = visit.t
    begins, ends = strategy.period
    rows = [
        (t("Owner"), ", ".join(strategy.owner)),
        (t("Partners"), ", ".join(strategy.partners)),
        (t("Area"), strategy.area),
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
    return (visit.t.text(found.title), visit.at("strategi", name)) if found else (name, "")


def _rounds(visit: RequestContext, reviews: list[Review]) -> list[dict[str, Any]]:
    """The rounds, the latest first, each with its reviews and what remains in them."""
    scored = visit.desk.scored()
    rounds: dict[str, list[dict[str, Any]]] = {}  # in the workspace's order: the oldest first
    for review in reviews:
        held = scored.get(review.file)
        states = [result.state for result in held.card.criteria_results] if held else []
        rounds.setdefault(review.round, []).append({
            "review": review,
            "status": label(STATUSES, review.status, visit.t),
            "left": sum(state in UNDONE for state in states),
            "asked": len(states),
            "findings": len(visit.desk.findings(review.file)),
        })  # fmt: skip
    return [
        {
            "name": name,
            "lines": lines,
            "edition": lines[0]["review"].edition,
            "has_joint": any(line["review"].kind == "consensus" for line in lines),
            "reviewers": sum(line["review"].kind == "reviewer" for line in lines),
        }
        for name, lines in reversed(rounds.items())
    ]


def _begin(visit: RequestContext, name: str, form: Mapping[str, str]) -> Response:
    visit.strategy(name)
    wish = wish_of(visit, name, form)
    with visit.desk.writing():
        file = new_review(visit.desk.root, wish).file
    return RedirectResponse(visit.review_at(file.relative_to(visit.desk.root).as_posix()), 303)


def wish_of(visit: RequestContext, strategy: str, form: Mapping[str, str]) -> NewReview:
    """What the form asks for. Raises UsageError for a name that no file can have."""
    kind = "consensus" if form.get("kind") == "consensus" else "reviewer"
    round_ = form.get("round", "").strip().lower()
    role = form.get("reviewer", "").strip().lower() or ("samlad" if kind == "consensus" else "")
    if not _ROUND.match(round_) or len(round_) > 80:  # noqa: PLR2004  # as in the schema
        message = N_("“{value}” cannot be the name of a round")
        raise UsageError(message, N_("use small letters a–z, digits and hyphens, such as 2026-11"), value=round_)
    if not _ROLE.match(role) or len(role) > 80:  # noqa: PLR2004  # as in the schema
        message = N_("“{value}” cannot be the name of a role in a file")
        raise UsageError(message, N_("use small letters a–z, digits and hyphens, such as controller"), value=role)
    return NewReview(
        strategy=strategy, round=round_, reviewer=role, kind=kind, date=visit.today, short="short" in form,
        earlier=form.get("earlier") or None,
    )  # fmt: skip
