"""My reviews, the first page: what waits for me, where I left, what is due; and all reviews, searched and paged.

"Me" is the roles of who is logged in. Without a login it is the roles that this browser has been told, which anybody
may choose: it sorts the page, and keeps nobody from anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse

from granskning.scoring.results.card import AnswerProgress
from granskning.web.beginning.start import is_started, start_page
from granskning.web.parts.blind import ROLES_COOKIE, my_roles
from granskning.web.parts.context import visit_of
from granskning.wordings import STATUSES, label, name_reviewer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.requests import Request
    from starlette.responses import Response

    from granskning.model.decision import Action
    from granskning.model.review import Review
    from granskning.model.strategy import Strategy
    from granskning.web.parts.context import RequestContext

LEFT_COOKIE = "granskning-left"
"""The address of the question that was looked at last."""
_QUESTION = "/granskning/{strategy}/{round}/{name}/fraga/{criterion}"
_PER_PAGE = 50
_YEAR = 365 * 24 * 3600
_FILTERS = ("draft", "submitted", "approved", "overdue")


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One review on the list."""

    file: str
    strategy: str
    """The strategy's title."""
    who: str
    round: str
    status: str
    status_words: str
    progress: AnswerProgress
    due: str
    is_late: bool
    is_mine: bool
    part: str
    """The titles of the targets that are mine, where only some are."""


async def show(request: Request) -> Response:
    """The page."""
    return await run_in_threadpool(_show, visit_of(request))


async def choose(request: Request) -> Response:
    """Remember the roles that this browser's reader has."""
    visit = visit_of(request)
    form = await request.form()
    known = roles_of_folder(visit)
    chosen = [str(role) for role in form.getlist("role") if str(role) in known]
    response = RedirectResponse("/", 303)
    response.set_cookie(
        ROLES_COOKIE, quote(",".join(chosen)), max_age=_YEAR, httponly=True, samesite="strict", path="/"
    )
    return response


def roles_of_folder(visit: RequestContext) -> list[str]:
    """The roles that review, are to do something, or have a title, by what they are called."""
    workspace = visit.desk.loaded().workspace
    roles = {review.reviewer for review in workspace.reviews if not review.is_joint}
    roles |= set(workspace.settings.role_titles)
    roles |= {role for strategy in workspace.strategies.values() for plan in strategy.rounds
              for role in plan.assigned.values()}  # fmt: skip
    return sorted(roles, key=lambda role: visit.t.role(role).casefold())


def _show(visit: RequestContext) -> Response:
    if not is_started(visit):
        return start_page(visit, {})
    query = visit.request.query_params
    roles, lines = my_roles(visit), _lines(visit)
    wanted, only = query.get("q", "").strip(), query.get("visa", "")
    chosen = [line for line in lines if _is_wanted(line, wanted, only)]
    pages = max(1, -(-len(chosen) // _PER_PAGE))
    number = query.get("sida", "1")
    page = min(int(number), pages) if number.isascii() and number.isdigit() and int(number[:9]) else 1
    mine = [line for line in lines if line.is_mine and line.status == "draft"]
    return visit.page(
        "mine",
        roles=[(role, visit.t.role(role), role in roles) for role in roles_of_folder(visit)],
        mine=sorted(mine, key=lambda line: (line.due or "9999", line.strategy)),
        actions=_actions(visit, roles),
        left_at=_left_at(visit),
        lines=chosen[(page - 1) * _PER_PAGE : page * _PER_PAGE],
        found=len(chosen),
        wanted=wanted,
        only=only if only in _FILTERS else "",
        turned=_turned(visit, page, pages),
        page=page,
        pages=pages,
        is_empty=not visit.desk.loaded().workspace.strategies,
    )


def _turned(visit: RequestContext, page: int, pages: int) -> list[tuple[str, str]]:
    """The links to the page before and after."""
    kept = {key: value for key, value in visit.request.query_params.items() if key in ("q", "visa")}

    def at(number: int) -> str:
        return "/?" + urlencode({**kept, "sida": number}) + "#alla"

    before = [(visit.t("Previous page"), at(page - 1))] if page > 1 else []
    return before + ([(visit.t("Next page"), at(page + 1))] if page < pages else [])


def _is_wanted(line: ReviewLine, wanted: str, only: str) -> bool:
    text = f"{line.strategy} {line.who} {line.round} {line.status_words}".casefold()
    if not all(word in text for word in wanted.casefold().split()):
        return False
    return only not in _FILTERS or (line.is_late if only == "overdue" else line.status == only)


def _left_at(visit: RequestContext) -> tuple[str, str]:
    """Where the reader left: the address and its words; empty where the review is gone."""
    path = unquote(visit.request.cookies.get(LEFT_COOKIE, ""))
    parts = path.split("/")
    if len(parts) != len(_QUESTION.split("/")) or parts[1] != "granskning":
        return "", ""
    file = f"strategies/{parts[2]}/reviews/{parts[3]}/{parts[4]}.yaml"
    review = next((review for review in visit.desk.loaded().workspace.reviews if review.file == file), None)
    strategy = visit.desk.loaded().workspace.strategies.get(review.strategy) if review else None
    if review is None or strategy is None:
        return "", ""
    who = name_reviewer(review.kind, review.reviewer, visit.t)
    return path, f"{visit.page_t.text(strategy.title)}: {who}, {review.round}"


def _lines(visit: RequestContext) -> list[ReviewLine]:
    """All reviews, made once for each state of the folder, language, day and set of roles."""
    roles, today = my_roles(visit), visit.today
    key = ("mine", visit.t.asked, today, ",".join(sorted(roles)))
    visit.desk.loaded()
    made: list[ReviewLine] = visit.desk.kept.get(key, visit.desk.version, lambda: _made(visit, roles, today))
    return made


def _made(visit: RequestContext, roles: frozenset[str], today: str) -> list[ReviewLine]:
    workspace, scored = visit.desk.loaded().workspace, visit.desk.scored()
    lines = []
    for review in workspace.reviews:
        strategy, scored_review = workspace.strategies.get(review.strategy), scored.get(review.file)
        if strategy is None:
            continue
        planned = strategy.planned(review.round)
        targets = _my_targets(visit, review, planned.assigned, roles)
        due = planned.due or ""
        lines.append(ReviewLine(
            file=review.file, strategy=visit.page_t.text(strategy.title),
            who=name_reviewer(review.kind, review.reviewer, visit.t), round=review.round, status=review.status,
            status_words=label(STATUSES, review.status, visit.t),
            progress=scored_review.card.progress if scored_review else AnswerProgress(),
            due=due, is_late=bool(due) and due < today and review.status == "draft",
            is_mine=review.reviewer in roles or bool(targets), part=", ".join(targets),
        ))  # fmt: skip
    return lines


def _my_targets(visit: RequestContext, review: Review, assigned: Mapping[str, str], roles: frozenset[str]) -> list[str]:
    """The titles of the targets that a planned round gives to one of these roles."""
    criteria = visit.desk.loaded().workspace.criteria.get(review.criteria)
    if criteria is None or not assigned:
        return []
    return [visit.page_t.text(target.title) for target in criteria.all_targets if assigned.get(target.id) in roles]


def _actions(visit: RequestContext, roles: frozenset[str]) -> Sequence[tuple[Strategy, Action, bool]]:
    """The actions that one of these roles is to carry out, the first due first."""
    workspace = visit.desk.loaded().workspace
    waiting = [
        (workspace.strategies[name], action, action.is_overdue(visit.today))
        for name, actions in workspace.actions.items()
        if name in workspace.strategies
        for action in actions
        if action.responsible in roles and not action.is_settled
    ]
    return sorted(waiting, key=lambda item: item[1].due or "9999")
