"""A folder where nothing is yet: what is asked before it becomes a working folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse

from granskning.errors import GranskningError
from granskning.tasks.editing.begin_folder import FirstWishes, begin_folder, gallery, is_begun
from granskning.web.beginning.fields import GivenFields
from granskning.web.parts.context import form_of, visit_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from granskning.web.parts.context import RequestContext


def is_started(visit: RequestContext) -> bool:
    """Whether there is a working folder."""
    return is_begun(visit.desk.root)


def start_page(visit: RequestContext, form: Mapping[str, str], refused: tuple[str, str] = ("", "")) -> Response:
    """What is asked."""
    return visit.page(
        "start", 409 if refused[0] else 200, form=GivenFields(form), gallery=gallery(), refused=refused,
        folder=str(visit.desk.root),
    )  # fmt: skip


async def keep(request: Request) -> Response:
    """Make the working folder."""
    visit = visit_of(request)
    form = await form_of(request)
    return await run_in_threadpool(_keep, visit, form)


def _keep(visit: RequestContext, form: Mapping[str, str]) -> Response:
    if is_started(visit):
        return RedirectResponse("/", 303)
    framework = form.get("framework") or None
    wishes = FirstWishes(
        form.get("organisation", "").strip(), framework, "example" in form, form.get("name", "").strip(),
        form.get("email", "").strip(),
    )  # fmt: skip
    try:
        with visit.desk.writing():
            begin_folder(visit.desk.root, wishes, visit.t)
    except GranskningError as error:
        return start_page(visit, form, visit.error_words(error))
    return RedirectResponse("/", 303)
