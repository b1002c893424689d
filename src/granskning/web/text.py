"""A file as text: for one that cannot be shown as a form, with its faults beside; and for those who prefer it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse

from granskning.errors import ChangedOnDiskError
from granskning.web.parts.context import form_of, visit_of
from granskning.workspace.schema.kinds import kind_of_file

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from granskning.web.parts.context import RequestContext


async def show(request: Request) -> Response:
    """The text of a file, with its findings."""
    visit = visit_of(request)
    return await run_in_threadpool(_page, visit, request.path_params["file"])


async def keep(request: Request) -> Response:
    """Write the text, if the file is as it was when the page was opened; else show both."""
    visit = visit_of(request)
    file = request.path_params["file"]
    form = await form_of(request)
    mine = form.get("text", "")
    try:
        await run_in_threadpool(visit.desk.keep_text, file, mine, form.get("opened", ""))
    except ChangedOnDiskError:
        return await run_in_threadpool(_page, visit, file, mine)
    return RedirectResponse(request.url.path, 303)


def _page(visit: RequestContext, file: str, mine: str | None = None) -> Response:
    text, fingerprint = visit.desk.text(file)
    findings = [visit.text_finding(finding) for finding in visit.desk.findings(file)]
    back = visit.review_at(file) if kind_of_file(file) == "review" and visit.desk.open_review(file) else ""
    return visit.page(
        "text", 200 if mine is None else 409, file=file, text=text, mine=mine, fingerprint=fingerprint,
        findings=findings, back=back,
    )  # fmt: skip
