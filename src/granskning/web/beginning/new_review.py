"""A new review, with the role as people write it; and how a round is laid out: due, who answers what, blind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse

from granskning.errors import UsageError
from granskning.i18n import N_
from granskning.tasks.editing.new import NewReview, new_review
from granskning.tasks.editing.strategy_file import ensure_role, plan_round, write_role
from granskning.web.parts.context import form_of, visit_of
from granskning.workspace.checks.dates import is_day
from granskning.workspace.schema.written_dates import read_date

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from granskning.web.parts.context import RequestContext

_ROUND = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_LONGEST = 80


async def begin(request: Request) -> Response:
    """Make a new review, and open it."""
    visit, name = visit_of(request), request.path_params["strategy"]
    form = await form_of(request)
    return await run_in_threadpool(_begin, visit, name, form)


async def plan(request: Request) -> Response:
    """Write how a round is laid out."""
    visit, part = visit_of(request), request.path_params
    form = await form_of(request)
    return await run_in_threadpool(_plan, visit, part["strategy"], part["round"], form)


def _begin(visit: RequestContext, name: str, form: Mapping[str, str]) -> Response:
    visit.strategy(name)
    wish = wish_of(visit, name, form)
    due = read_date(form.get("due", "").strip())
    if due and not is_day(due):  # before the review is made: what is told not to be saved is not
        raise UsageError(N_("{value} is no date"), N_("write the date as 2026-11-23"), value=due)
    with visit.desk.writing():
        file = new_review(visit.desk.root, wish).file
        write_role(visit.desk.root, form.get("reviewer", ""), visit.t.language)
        if due:
            _require_sound(visit, name, plan_round(visit.desk.root, name, wish.round, {"due": due}))
    return RedirectResponse(visit.review_at(file.relative_to(visit.desk.root).as_posix(), "fraga"), 303)


def wish_of(visit: RequestContext, strategy: str, form: Mapping[str, str], date: str = "") -> NewReview:
    """What the form asks for, made on a day, else today. Raises UsageError for a name that no file can have."""
    kind = "consensus" if form.get("kind") == "consensus" else "reviewer"
    round_ = form.get("round", "").strip().lower()
    title = form.get("reviewer", "").strip()
    role = ensure_role(visit.desk.root, title) if title else ("samlad" if kind == "consensus" else "")
    if not _ROUND.match(round_) or len(round_) > _LONGEST:
        message = N_("“{value}” cannot be the name of a round")
        raise UsageError(message, N_("use small letters a–z, digits and hyphens, such as 2026-11"), value=round_)
    if not role:
        raise UsageError(N_("the reviewer is missing"), N_("write the role, such as Public transport planner"))
    return NewReview(
        strategy=strategy, round=round_, reviewer=role, kind=kind, date=date or visit.today, short="short" in form,
        earlier=form.get("earlier") or None, edition=form.get("edition") or None,
        criteria=form.get("criteria") or None,
    )  # fmt: skip


def _plan(visit: RequestContext, name: str, round_: str, form: Mapping[str, str]) -> Response:
    visit.strategy(name)
    assigned: dict[str, str] = {}
    for key, title in form.items():
        if key.startswith("target-") and title.strip():
            assigned[key.removeprefix("target-")] = ensure_role(visit.desk.root, title)
            with visit.desk.writing():
                write_role(visit.desk.root, title, visit.t.language)
    wish: dict[str, Any] = {
        "due": read_date(form.get("due", "").strip()), "blind": "blind" in form, "assigned": assigned,
    }  # fmt: skip
    with visit.desk.writing():
        _require_sound(visit, name, plan_round(visit.desk.root, name, round_, wish))
    return RedirectResponse(visit.at("omgang", name, round_), 303)


def _require_sound(visit: RequestContext, strategy: str, refused: Any) -> None:
    """Raise UsageError with the first of what hindered a plan."""
    if refused:
        first = visit.finding(refused[0])
        message = N_("the plan of {strategy} was not written: {reason}")
        raise UsageError(message, first["hint"], strategy=strategy, reason=first["message"])
