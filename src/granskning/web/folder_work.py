"""What is done with the whole folder, or with one review, beside filling in: out and in, published, moved, revised."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.responses import RedirectResponse, Response

from granskning.errors import UsageError
from granskning.i18n import N_
from granskning.reporting.tables.calendar_text import calendar_text
from granskning.tasks.data.export import export_workspace
from granskning.tasks.data.import_ import import_workbook
from granskning.tasks.editing.actions import list_actions
from granskning.tasks.editing.change_reviewer import change_reviewer
from granskning.tasks.editing.due_dates import due_dates, due_rounds
from granskning.tasks.editing.migrate import migrate_review
from granskning.tasks.editing.strategy_file import ensure_role, write_role
from granskning.tasks.folder.hidden_reviews import without_reviews
from granskning.tasks.folder.moved_results import moved_results
from granskning.tasks.folder.open import open_workspace
from granskning.tasks.proof.publish import publish_review
from granskning.web.access.request_checks import LARGEST
from granskning.web.parts.blind import hidden_files
from granskning.web.parts.context import form_of, visit_of
from granskning.web.parts.import_words import import_rows
from granskning.web.reviews.review import file_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

    from granskning.web.parts.context import RequestContext

_KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "application/zip",
    "csv-sv": "application/zip", "json": "application/json", "sqlite": "application/vnd.sqlite3",
    "parquet": "application/zip",
}  # fmt: skip


async def show(request: Request) -> Response:
    """What can be taken out, and brought in."""
    return await run_in_threadpool(_page, visit_of(request), None, "")


async def take_out(request: Request) -> Response:
    """A file with what the folder holds, or with the reviews of one round to fill in."""
    visit, query = visit_of(request), request.query_params
    return await run_in_threadpool(_take_out, visit, query.get("form", "xlsx"), query.get("av", ""))


async def bring_in(request: Request) -> Response:
    """What a workbook would change; and, when the reader has seen it, the change itself."""
    visit = visit_of(request)
    form = await request.form(max_part_size=LARGEST)
    book = form.get("workbook")
    data = await book.read() if isinstance(book, UploadFile) else b""
    name = book.filename or "" if isinstance(book, UploadFile) else ""
    write = str(form.get("write", "")) == "1"
    await form.close()
    return await run_in_threadpool(_bring_in, visit, data, name, write)


def _take_out(visit: RequestContext, form: str, part: str) -> Response:
    if form not in _KINDS:
        raise UsageError(N_("{value} cannot be chosen here"), N_("nothing was saved"), value=form)
    paths = [visit.desk.root / "strategies" / part] if part and part in visit.desk.loaded().workspace.strategies else []
    _, loaded = open_workspace(visit.desk.root, paths)
    loaded = without_reviews(loaded, hidden_files(visit))
    is_swedish = form == "csv-sv"
    name, data = export_workspace(
        loaded, form=form.partition("-")[0], delimiter=";" if is_swedish else ",", mark=is_swedish,
        decimal="," if is_swedish else ".",
    )  # fmt: skip
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    return Response(data, media_type=_KINDS[form], headers=headers)


def _bring_in(visit: RequestContext, data: bytes, name: str, write: bool) -> Response:  # noqa: FBT001  # as the form says
    if not data:
        raise UsageError(N_("no workbook was chosen"), N_("choose the file and try again"))
    with visit.desk.writing():
        done, remarks = import_workbook(visit.desk.root, data, write=write, name=name, without=hidden_files(visit))
    return _page(visit, import_rows(done, remarks, visit), "written" if write else "dry")


def _page(visit: RequestContext, rows: list[dict[str, Any]] | None, outcome: str) -> Response:
    workspace = visit.desk.loaded().workspace
    strategies = [(strategy.id, visit.t.text(strategy.title)) for strategy in workspace.strategies.values()]
    return visit.page(
        "folder_work", rows=rows, told=outcome, strategies=sorted(strategies, key=lambda pair: pair[1].casefold()),
    )  # fmt: skip


async def calendar(request: Request) -> Response:
    """What is due, as a calendar file."""
    return await run_in_threadpool(_calendar, visit_of(request))


def _calendar(visit: RequestContext) -> Response:
    promised = list_actions(visit.desk.root, None, visit.today, overdue=False, history=False)
    rounds = due_rounds(visit.desk.loaded().workspace.strategies.values(), visit.t)
    text = calendar_text((*due_dates(promised.promises, visit.t), *rounds))
    headers = {"content-disposition": 'attachment; filename="granskning.ics"', "cache-control": "no-store"}
    return Response(text.encode(), media_type="text/calendar; charset=utf-8", headers=headers)


async def show_review(request: Request) -> Response:
    """What can be done with one review: publish it, move it to a newer version of its criteria."""
    return await run_in_threadpool(_review_page, visit_of(request), file_of(request), None, None)


async def publish(request: Request) -> Response:
    """Publish the report of an approved review."""
    visit, file = visit_of(request), file_of(request)
    return await run_in_threadpool(_publish, visit, file)


async def migrate(request: Request) -> Response:
    """Move a review to a newer version of its criteria, or first tell what would become of each answer."""
    visit, file = visit_of(request), file_of(request)
    form = await form_of(request)
    return await run_in_threadpool(_migrate, visit, file, form)


async def give_over(request: Request) -> Response:
    """Give a review to another role."""
    visit, file = visit_of(request), file_of(request)
    form = await form_of(request)
    return await run_in_threadpool(_give_over, visit, file, form.get("reviewer", "").strip())


def _give_over(visit: RequestContext, file: str, title: str) -> Response:
    if not title:
        raise UsageError(N_("the reviewer is missing"), N_("write the role, such as Public transport planner"))
    role = ensure_role(visit.desk.root, title)
    with visit.desk.writing():
        change_reviewer(visit.desk.root, visit.desk.root / file, role)
        write_role(visit.desk.root, title, visit.t.language)
    return RedirectResponse(visit.review_at(file, "arbete"), 303)


def _publish(visit: RequestContext, file: str) -> Response:
    with visit.desk.writing():
        done = publish_review(visit.desk.root, visit.desk.root / file)
        visit.desk.version += 1
    return _review_page(visit, file, done, None)


def _migrate(visit: RequestContext, file: str, form: Mapping[str, str]) -> Response:
    with visit.desk.writing():
        done = migrate_review(visit.desk.root, visit.desk.root / file, form.get("to", ""), dry="write" not in form)
    return _review_page(visit, file, None, done)


def _review_page(visit: RequestContext, file: str, published: Any, moved: Any) -> Response:
    opened = visit.desk.open_review(file)
    if opened is None:
        visit.desk.text(file)
        raise UsageError(N_("{file} cannot be read as a form"), N_("mend it as text first"), file=file)
    own = opened.criteria
    known = visit.desk.loaded().workspace.criteria.values()
    current = [criteria for criteria in known if criteria.id == own.id and "/earlier/" not in criteria.file]
    later = [criteria.reference for criteria in current if criteria.version != own.version]
    findings = [visit.finding(finding) for finding in published.findings] if published else []
    results = moved_results(moved.before, moved.after, visit.page_t) if moved else ()
    return visit.page("review_work", held=opened, later=later, published=published, findings=findings, moved=moved,
                      results=results)  # fmt: skip
