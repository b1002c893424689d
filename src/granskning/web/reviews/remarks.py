"""Remarks at a question: written, answered and closed by roles; they are between people, and never published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse

from granskning.errors import UsageError
from granskning.i18n import N_
from granskning.tasks.editing.remarks import RemarkText, add_remark, answer_remark, close_remark, read_remarks
from granskning.tasks.editing.strategy_file import ensure_role
from granskning.web.parts.blind import hidden_page, is_hidden, my_roles
from granskning.web.parts.context import form_of, visit_of
from granskning.web.parts.forms import plain_text
from granskning.web.reviews.review import file_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from granskning.web.parts.context import RequestContext

_LONGEST = 9
"""Digits of a remark's number."""


async def keep(request: Request) -> Response:
    """Write a remark, answer one or close one; then the question again."""
    visit, file = visit_of(request), file_of(request)
    form = await form_of(request)
    return await run_in_threadpool(_keep, visit, file, request.path_params["criterion"], form)


def _keep(visit: RequestContext, file: str, criterion: str, form: Mapping[str, str]) -> Response:
    opened = visit.desk.open_review(file)
    if opened is None:
        visit.desk.text(file)  # which says that it is not there
        raise UsageError(N_("{file} cannot be read as a form"), N_("mend it as text first"), file=file)
    if criterion not in {known.id for known in opened.criteria.criteria}:
        raise UsageError(N_("there is no question {criterion} in this review"), "", criterion=criterion)
    if is_hidden(visit, opened.review.strategy, opened.review.round, file):
        return hidden_page(visit)
    root, number = visit.desk.root, form.get("remark", "")
    role = form.get("role", "").strip()
    remark_text = RemarkText(visit.today, ensure_role(root, role) if role else "", plain_text(form.get("text", "")))
    with visit.desk.writing():
        if not number:
            add_remark(root, file, criterion, remark_text)
        elif not (number.isascii() and number.isdigit()) or len(number) > _LONGEST:
            raise UsageError(N_("there is no remark {number} any more"), "", number=number)
        elif "close" in form:
            if not remark_text.role:
                raise UsageError(N_("the remark does not say by which role"), N_("write your role, and save again"))
            close_remark(root, file, int(number), remark_text.date, remark_text.role)
        else:
            answer_remark(root, file, int(number), remark_text)
    return RedirectResponse(visit.review_at(file, "fraga", criterion) + "#synpunkter", 303)


def remark_values(visit: RequestContext, file: str, criterion: str = "") -> dict[str, Any]:
    """The remarks at a question, or at all of them, how many are open, and the role to write as."""
    problem = ""
    try:
        remarks = read_remarks(visit.desk.root, file)
    except UsageError as error:
        remarks, problem = (), " ".join(visit.error_words(error))
    shown = [remark for remark in remarks if criterion in ("", remark.criterion)]
    roles = sorted(my_roles(visit))
    return {
        "remarks": sorted(shown, key=lambda remark: remark.closed is not None),
        "open_remarks": sum(remark.closed is None for remark in shown),
        "remark_problem": problem,
        "remark_role": visit.t.role(roles[0]) if len(roles) == 1 else "",
    }
