"""A page of a plan's document as a picture beside a question, with the quotation of its answer marked on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from granskning.errors import UnknownFileError, UnreadableFileError
from granskning.i18n import N_
from granskning.tasks.evidence.documents import Documents
from granskning.tasks.evidence.page_views import DocumentView
from granskning.web.parts.context import visit_of

if TYPE_CHECKING:
    from starlette.requests import Request

    from granskning.web.parts.context import RequestContext

_LONGEST = 4_000
"""Letters of a quotation that is marked: several times more than anybody quotes."""


async def show(request: Request) -> Response:
    """The picture. It is made when somebody asks for it, in a process with limits."""
    visit, part = visit_of(request), request.path_params
    quote = request.query_params.get("citat", "")[:_LONGEST]
    picture = await run_in_threadpool(_draw, visit, part["strategy"], part["edition"], part["page"], quote)
    return Response(picture, media_type="image/png", headers={"cache-control": "no-store"})


def _draw(visit: RequestContext, name: str, edition: str, page: int, quote: str) -> bytes:
    strategy = visit.strategy(name)
    documents = Documents(visit.desk.root, visit.desk.loaded().workspace)
    try:
        return DocumentView(documents, strategy.id, edition).picture(page, quote)
    except UnreadableFileError as error:
        message, reason = N_("the page is not shown here: {reason}"), visit.t(error.message, **error.values)
        raise UnknownFileError(message, "", reason=reason) from error
