"""An assessment that was made earlier in a spreadsheet: what it would be as a review, and the review itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.responses import RedirectResponse

from granskning.errors import UsageError
from granskning.i18n import N_
from granskning.tasks.data.import_assessment import AssessmentWish, import_assessment
from granskning.web.access.request_checks import LARGEST
from granskning.web.beginning.new_review import wish_of
from granskning.web.criteria.sets import current_sets
from granskning.web.parts.context import visit_of
from granskning.web.parts.import_words import import_rows
from granskning.workspace.schema.written_dates import read_date

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from granskning.tasks.data.import_ import Imported
    from granskning.web.parts.context import RequestContext

_FIELDS = ("strategy", "round", "reviewer", "criteria", "date")


async def show(request: Request) -> Response:
    """The form."""
    visit = visit_of(request)
    given = {"strategy": request.query_params.get("strategi", "")}
    return await run_in_threadpool(_page, visit, given, None)


async def keep(request: Request) -> Response:
    """What the file is understood as; and, when the reader has seen it, the review."""
    visit = visit_of(request)
    form = await request.form(max_part_size=LARGEST)
    file = form.get("assessment")
    data = await file.read() if isinstance(file, UploadFile) else b""
    name = file.filename or "" if isinstance(file, UploadFile) else ""
    given = {key: str(form.get(key, "")).strip() for key in _FIELDS}
    write = str(form.get("write", "")) == "1"
    await form.close()
    return await run_in_threadpool(_keep, visit, (data, name), given, write=write)


def _keep(visit: RequestContext, file: tuple[bytes, str], given: Mapping[str, str], *, write: bool) -> Response:
    data, name = file
    if not data:
        raise UsageError(N_("no file was chosen"), N_("choose the file and try again"))
    strategy = visit.strategy(given["strategy"]).id
    try:
        date = read_date(given["date"]) if given["date"] else visit.today
        wish = AssessmentWish(wish_of(visit, strategy, given, date), name, visit.today, visit.t.language)
        with visit.desk.writing():
            done = import_assessment(visit.desk.root, data, wish, write=write)
    except UsageError as error:
        return _page(visit, given, None, problem=error)
    if write and not done.remarks:
        return RedirectResponse(visit.review_at(done.file) + "?infort=1", 303)
    return _page(visit, given, done, written=write)


def _page(
    visit: RequestContext,
    given: Mapping[str, str],
    done: Imported | None,
    *,
    written: bool = False,
    problem: UsageError | None = None,
) -> Response:
    t, workspace = visit.t, visit.desk.loaded().workspace
    strategies = sorted(
        ((strategy.id, t.text(strategy.title)) for strategy in workspace.strategies.values()),
        key=lambda pair: pair[1].casefold(),
    )
    rows: list[dict[str, Any]] = import_rows([done], (), visit) if done else []
    unread = [row for row in rows if row["kind"] == "remark"]
    taken = [row for row in rows if row["kind"] != "remark"]
    return visit.page(
        "bring_in_assessment", 409 if problem else 200, problem=visit.error_words(problem) if problem else (),
        given={key: given.get(key, "") for key in _FIELDS}, strategies=strategies,
        sets=[(criteria.id, t.text(criteria.title)) for criteria in current_sets(visit)], done=done, written=written,
        told=unread, taken=taken, answers=len({row["question"] for row in taken}),
        roles=sorted({t.role(review.reviewer) for review in workspace.reviews}),
    )  # fmt: skip
