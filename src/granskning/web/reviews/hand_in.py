"""Check and hand in: what is missing, with the way to each; how much was read; and one button."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse

from granskning.errors import UsageError
from granskning.i18n import N_
from granskning.model.review import READING_DEPTHS
from granskning.tasks.editing.hand_in import hand_in_review, reopen_review, save_point
from granskning.web.parts.context import form_of, visit_of
from granskning.web.reviews.remarks import remark_values
from granskning.web.reviews.review import file_of
from granskning.wordings import name_reviewer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.requests import Request
    from starlette.responses import Response

    from granskning.findings.finding import Finding
    from granskning.tasks.editing.edit_session import OpenReview
    from granskning.web.parts.context import RequestContext


async def show(request: Request) -> Response:
    """What is missing."""
    return await run_in_threadpool(_show, visit_of(request), file_of(request))


async def keep(request: Request) -> Response:
    """Hand in, unless something hinders it."""
    visit, file = visit_of(request), file_of(request)
    form = await form_of(request)
    return await run_in_threadpool(_keep, visit, file, form)


async def reopen(request: Request) -> Response:
    """Open an approved review again."""
    visit, file = visit_of(request), file_of(request)
    form = await form_of(request)
    return await run_in_threadpool(_reopen, visit, file, form)


def _open(visit: RequestContext, file: str) -> OpenReview:
    opened = visit.desk.open_review(file)
    if opened is None:
        visit.desk.text(file)
        raise UsageError(N_("{file} cannot be read as a form"), N_("mend it as text first"), file=file)
    return opened


def _show(visit: RequestContext, file: str) -> Response:
    review = _open(visit, file).review
    depth = "" if review.reading_depth == "not_read" and review.status == "draft" else review.reading_depth
    if review.status == "approved":
        return _page(visit, file, (), depth, review.not_read or "")
    done = hand_in_review(visit.desk.root, visit.desk.root / file, depth or "full_text", review.not_read or "",
                          write=False)  # fmt: skip
    return _page(visit, file, done.findings, depth, review.not_read or "")


def _keep(visit: RequestContext, file: str, form: Mapping[str, str]) -> Response:
    opened = _open(visit, file)
    depth, not_read = form.get("reading_depth", ""), form.get("not_read", "").strip()
    if depth not in READING_DEPTHS:
        return _page(visit, file, (), "", not_read, visit.t("Say how much of the text was read."))
    if depth != "full_text" and not not_read:
        return _page(visit, file, (), depth, not_read, visit.t("Say what was not read."))
    with visit.desk.writing():
        done = hand_in_review(visit.desk.root, visit.desk.root / file, depth, not_read)
    if done.findings:
        return _page(visit, file, done.findings, depth, not_read, visit.t("Not handed in: see what is missing."))
    who = name_reviewer(opened.review.kind, opened.review.reviewer, visit.t)
    with visit.desk.writing():
        words = visit.t("Handed in: {who}, {round}", who=who, round=opened.review.round)
        save_point(visit.desk.root, words, visit.t, visit.who)
        visit.desk.version += 1
    return RedirectResponse(visit.review_at(file, "lamna-in"), 303)


def _reopen(visit: RequestContext, file: str, form: Mapping[str, str]) -> Response:
    reason = {"date": visit.today, "role": form.get("role", "").strip(), "why": form.get("why", "").strip()}
    with visit.desk.writing():
        reopen_review(visit.desk.root, visit.desk.root / file, {key: text for key, text in reason.items() if text},
                      visit.t)  # fmt: skip
        visit.desk.version += 1
    return RedirectResponse(visit.review_at(file, "fraga"), 303)


def _page(  # noqa: PLR0913  # what the page shows
    visit: RequestContext, file: str, hindered: Sequence[Finding], depth: str, not_read: str, refused: str = ""
) -> Response:
    opened = _open(visit, file)
    carried = [result.id for result in opened.scored.card.criteria_results if result.state == "inherited"]
    return visit.page(
        "hand_in", 409 if refused else 200, held=opened, missing=missing_of(visit, opened, hindered), depth=depth,
        not_read=not_read, refused=refused, depths=READING_DEPTHS, progress=opened.scored.card.progress,
        carried=carried, **remark_values(visit, file),
    )  # fmt: skip


def missing_of(visit: RequestContext, opened: OpenReview, hindered: Sequence[Finding]) -> list[dict[str, Any]]:
    """What stands in the way, each with its question and the way there; unanswered questions one by one."""
    questions = {criterion.id: criterion for criterion in opened.criteria.criteria}
    left = opened.scored.card.undone
    empty = [result.id for result in opened.scored.card.criteria_results
             if result.id in left and result.state == "empty"]  # fmt: skip
    rows: list[dict[str, Any]] = [
        {"question": name, "message": visit.t("The question is not answered"), "hint": ""} for name in empty
    ]
    for finding in hindered:
        words = visit.finding(finding)
        if words["code"] != "GR212" or not empty:
            rows.append({"question": words["criterion"], "message": words["message"], "hint": words["hint"]})
    order = {name: place for place, name in enumerate(questions)}
    rows.sort(key=lambda row: order.get(row["question"], -1))
    for row in rows:
        asked = questions.get(row["question"])
        row["text"] = visit.page_t.text(asked.question) if asked else ""
        row["at"] = visit.review_at(opened.review.file, "fraga", row["question"]) if asked else ""
    return rows
