"""Blind rounds: whose answers the page keeps from whom. The files stay files, so it is a courtesy of the page."""

from __future__ import annotations

import functools
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING
from urllib.parse import unquote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from granskning.web.parts.context import visit_of
from granskning.workspace.schema.kinds import kind_of_file

if TYPE_CHECKING:
    from starlette.responses import HTMLResponse

    from granskning.web.parts.context import RequestContext

Endpoint = Callable[[Request], Awaitable[Response]]

ROLES_COOKIE = "granskning-roles"
"""The roles that this browser's reader has said to have."""


def my_roles(visit: RequestContext) -> frozenset[str]:
    """The roles of who asks: those that the login's name has, else those chosen in this browser."""
    settings = visit.desk.loaded().workspace.settings
    if visit.who:
        return frozenset(role.id for role in settings.roles if visit.who in role.users)
    chosen = unquote(visit.request.cookies.get(ROLES_COOKIE, "")).split(",")
    return frozenset(role for role in chosen if role)


def is_hidden(visit: RequestContext, strategy: str, round_: str, file: str = "") -> bool:
    """Whether the answers of a round, or of one review in it, are kept from who asks.

    In a blind round they are, until all its reviewers have handed in or who asks has; one's own review never is.
    """
    workspace = visit.desk.loaded().workspace
    known = workspace.strategies.get(strategy)
    if known is None or not known.planned(round_).blind:
        return False
    reviews = [review for review in workspace.reviews
               if (review.strategy, review.round, review.kind) == (strategy, round_, "reviewer")]  # fmt: skip
    roles = my_roles(visit)
    own = [review for review in reviews if review.reviewer in roles]
    if all(review.is_handed_in for review in reviews) or any(review.is_handed_in for review in own):
        return False
    return file not in {review.file for review in own}


def hidden_files(visit: RequestContext) -> frozenset[str]:
    """The files of all reviews that are kept from who asks, joint ones too."""
    workspace = visit.desk.loaded().workspace
    blind = {(strategy.id, planned.round) for strategy in workspace.strategies.values()
             for planned in strategy.rounds if planned.blind}  # fmt: skip
    return frozenset(
        review.file for review in workspace.reviews
        if (review.strategy, review.round) in blind
        and is_hidden(visit, review.strategy, review.round, review.file)
    )  # fmt: skip


def unless_hidden(endpoint: Endpoint) -> Endpoint:
    """What answers at an address of a review, or of a file as text, where its answers are not kept from who asks."""

    @functools.wraps(endpoint)
    async def answer(request: Request) -> Response:
        part = request.path_params
        file = part.get("file") or f"strategies/{part['strategy']}/reviews/{part['round']}/{part['name']}.yaml"
        visit = visit_of(request)
        if await run_in_threadpool(is_file_hidden, visit, file):
            return hidden_page(visit)
        return await endpoint(request)

    return answer


def is_file_hidden(visit: RequestContext, file: str) -> bool:
    """The same of a review's file, whatever shows it: its text, its versions, what can be done with it."""
    if kind_of_file(file) != "review":
        return False
    _, strategy, _, round_, _ = file.split("/")
    review = next((known for known in visit.desk.loaded().workspace.reviews if known.file == file), None)
    return (review is None or not review.is_joint) and is_hidden(visit, strategy, round_, file)


def hidden_page(visit: RequestContext) -> HTMLResponse:
    """What is shown in the place of answers that are kept from who asks."""
    message = visit.t("The answers are shown when you have handed in your own.")
    return visit.page("message", heading=visit.t("A blind round"), hint="", written=(), message=message)
