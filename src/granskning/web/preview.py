"""The reports as they will look: a page in a frame that can do nothing, and the PDF to take away.

A report has styles of its own, in its text. So it is sent with a policy of its own: styles in the text are allowed,
and nothing else is, neither scripts nor forms nor any address. `sandbox` takes it out of our own origin besides, so
that whatever a template of the folder says, it reaches nothing here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from granskning.i18n import N_
from granskning.tasks.desk import UnknownFileError
from granskning.tasks.looking import preview_report
from granskning.web.context import visit_of
from granskning.web.review import file_of

if TYPE_CHECKING:
    from starlette.requests import Request

    from granskning.web.context import Visit

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; form-action 'none'; "
    "frame-ancestors 'self'; base-uri 'none'; sandbox allow-popups allow-popups-to-escape-sandbox"
)
_KINDS = {"pdf": "application/pdf", "html": "text/html; charset=utf-8"}


async def show_review(request: Request) -> Response:
    """The page that holds the report of a review, or the report itself."""
    visit, file = visit_of(request), file_of(request)
    return await run_in_threadpool(_show, visit, file, "review", request.query_params.get("form", ""))


async def show_round(request: Request) -> Response:
    """The same of a round."""
    visit, part = visit_of(request), request.path_params
    reviews = [
        one.file
        for one in visit.desk.loaded().workspace.reviews
        if (one.strategy, one.round) == (part["strategy"], part["round"])
    ]
    if not reviews:
        message = N_("the strategy {strategy} has no round {round}")
        raise UnknownFileError(message, "", strategy=part["strategy"], round=part["round"])
    return await run_in_threadpool(_show, visit, reviews[0], "round", request.query_params.get("form", ""))


def _show(visit: Visit, file: str, report: str, form: str) -> Response:
    if form in _KINDS:
        name, data = preview_report(visit.desk, file, report, form)
        kind = "inline" if form == "html" else "attachment"
        headers = {"content-disposition": f'{kind}; filename="{name}"', "cache-control": "no-store"}
        if form == "html":
            headers["content-security-policy"] = POLICY
        return Response(data, media_type=_KINDS[form], headers=headers)
    preview_report(visit.desk, file, report, "html")  # what hinders it is told here, not within the frame
    strategy = visit.strategy(file.split("/")[1])
    here = visit.request.url.path
    back = visit.review_at(file) if report == "review" else visit.at("omgang", strategy.id, file.split("/")[3])
    return visit.page("preview", strategy=strategy, here=here, back=back, report=report)
