"""Save a version: what git would get, a message, and the commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool

from granskning.errors import GranskningError
from granskning.tasks.editing.commit import save_version, show_unsaved
from granskning.web.parts.context import form_of, visit_of
from granskning.workspace.schema.schema import kind_of_file

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from granskning.tasks.editing.commit import Saved
    from granskning.web.parts.context import RequestContext


async def show(request: Request) -> Response:
    """What has changed since the last version."""
    return await run_in_threadpool(_page, visit_of(request), None)


async def keep(request: Request) -> Response:
    """Save, and say what was saved."""
    visit = visit_of(request)
    form = await form_of(request)
    return await run_in_threadpool(_keep, visit, form.get("message", "").strip())


def _keep(visit: RequestContext, message: str) -> Response:
    with visit.desk.writing():
        try:
            done = save_version(visit.desk.root, message or None, visit.t, visit.who)
        except GranskningError as error:
            return _refused(visit, error, message)
        visit.desk.version += 1  # reports tell the commit
    return _page(visit, done)


def _page(visit: RequestContext, done: Saved | None) -> Response:
    try:
        unsaved = show_unsaved(visit.desk.root, visit.t)
    except GranskningError as error:
        return _refused(visit, error, "")
    files = [(file, _where(visit, file)) for file in unsaved.files]
    return visit.page("versions", done=done, files=files, message=unsaved.message, refused="", hint="")


def _refused(visit: RequestContext, error: GranskningError, message: str) -> Response:
    """Why nothing can be saved: no git, no repository, nobody to save as, a merge under way."""
    refused, hint = visit.error_words(error)
    return visit.page("versions", 409, done=None, files=[], message=message, refused=refused, hint=hint)


def _where(visit: RequestContext, file: str) -> str:
    """Where a file that has changed is shown; empty where it is shown nowhere."""
    if kind_of_file(file) is None or not (visit.desk.root / file).exists():
        return ""
    return visit.review_at(file) if kind_of_file(file) == "review" else visit.text_at(file)
