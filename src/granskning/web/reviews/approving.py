"""Approve a review: the form, and what hinders it in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse

from granskning.errors import UsageError
from granskning.i18n import N_
from granskning.model.rounds import joint_review, others_of_round
from granskning.tasks.editing.approve import Wish, approve_review
from granskning.tasks.editing.hand_in import save_point
from granskning.web.parts.context import form_of, visit_of
from granskning.web.reviews.hand_in import missing_of
from granskning.web.reviews.review import file_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.requests import Request
    from starlette.responses import Response

    from granskning.tasks.editing.edit_session import OpenReview
    from granskning.web.parts.context import RequestContext


async def show(request: Request) -> Response:
    """The form."""
    return await run_in_threadpool(_page, visit_of(request), file_of(request), {}, ())


async def keep(request: Request) -> Response:
    """Approve, unless something hinders it."""
    visit, file = visit_of(request), file_of(request)
    form = await form_of(request)
    return await run_in_threadpool(_keep, visit, file, form)


def _keep(visit: RequestContext, file: str, form: Mapping[str, str]) -> Response:
    given = {key: form.get(key, "").strip() for key in ("role", "case_number", "body")}
    if not given["role"]:
        words = visit.t("Say by which role the review is approved.")
        return _page(visit, file, given, ({"message": words, "hint": "", "text": "", "at": ""},))
    with visit.desk.writing():
        wish = Wish(
            visit.desk.root / file, given["role"], visit.today, given["case_number"] or None, given["body"] or None
        )
        done = approve_review(visit.desk.root, wish)
    if done.findings:
        return _page(visit, file, given, missing_of(visit, _opened(visit, file), done.findings))
    with visit.desk.writing():
        save_point(visit.desk.root, visit.t("Approved by {role}", role=given["role"]), visit.t, visit.who)
        visit.desk.version += 1
    return RedirectResponse(visit.review_at(file), 303)


def _opened(visit: RequestContext, file: str) -> OpenReview:
    opened = visit.desk.open_review(file)
    if opened is None:
        visit.desk.text(file)
        message = N_("{file} cannot be approved: it has faults in its form")
        raise UsageError(message, N_("mend it as text first"), file=file)
    return opened


def _page(
    visit: RequestContext, file: str, given: Mapping[str, str], hindered: Sequence[Mapping[str, Any]]
) -> Response:
    held = _opened(visit, file)
    review = held.review
    before = review.approval
    return visit.page(
        "approve",
        409 if hindered else 200,
        held=held,
        given={
            "role": given.get("role", before.role if before else ""),
            "case_number": given.get("case_number", (before.case_number if before else "") or review.case_number or ""),
            "body": given.get("body", (before.body if before else "") or review.body or ""),
        },
        hindered=hindered,
        joint=joint_review(others_of_round(visit.desk.loaded().workspace.reviews, review)),
    )
