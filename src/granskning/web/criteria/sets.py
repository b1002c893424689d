"""All criteria sets of the folder; one brought in from a file; one, or the template, taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.responses import RedirectResponse, Response

from granskning.errors import UsageError
from granskning.i18n import N_
from granskning.tasks.criteria.bring_in import BroughtSet, FileToBringIn
from granskning.tasks.criteria.brought import bring_in as bring_file_in
from granskning.tasks.criteria.take_out import take_out_set
from granskning.web.access.request_checks import LARGEST
from granskning.web.parts.context import visit_of
from granskning.workspace.libraries.draft_words import HEADS, KINDS, part_words, remark_words

if TYPE_CHECKING:
    from starlette.requests import Request

    from granskning.model.criteria import CriteriaSet
    from granskning.web.parts.context import RequestContext

_TYPES = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv; charset=utf-8"}


async def show(request: Request) -> Response:
    """The list, and how a set is begun."""
    return await run_in_threadpool(_page, visit_of(request), None, "", written=False)


async def bring_in(request: Request) -> Response:
    """What a file is understood as; and, when the reader has seen it, the set itself."""
    visit = visit_of(request)
    form = await request.form(max_part_size=LARGEST)
    file = form.get("library")
    data = await file.read() if isinstance(file, UploadFile) else b""
    name = file.filename or "" if isinstance(file, UploadFile) else ""
    write, wanted = str(form.get("write", "")) == "1", str(form.get("set", "")).strip()
    await form.close()
    return await run_in_threadpool(_bring_in, visit, data, name, wanted, write=write)


async def take_out(request: Request) -> Response:
    """A set as a workbook or CSV, or the template without one."""
    visit = visit_of(request)
    return await run_in_threadpool(_take_out, visit, request.path_params.get("set", ""), request.query_params)


def current_sets(visit: RequestContext) -> list[CriteriaSet]:
    """The sets in their current version, by title."""
    sets = [
        criteria for criteria in visit.desk.loaded().workspace.criteria.values() if "/earlier/" not in criteria.file
    ]
    return sorted(sets, key=lambda criteria: visit.t.text(criteria.title).casefold())


def _bring_in(visit: RequestContext, data: bytes, name: str, wanted: str, *, write: bool) -> Response:
    if not data:
        raise UsageError(N_("no file was chosen"), N_("choose the file and try again"))
    with visit.desk.writing():
        file = FileToBringIn(name, name, visit.today, wanted, write=write, is_set=True)
        brought = bring_file_in(visit.desk.root, data, file)
    if not isinstance(brought, BroughtSet):  # as a set is all that may be brought in here
        raise TypeError(name)
    if write and not brought.is_hindered and not any(remark.weight == "unread" for remark in brought.remarks) \
            and not (brought.merged and brought.merged.clashes):  # fmt: skip
        return RedirectResponse(visit.at("matt", brought.name) + "?infort=1", 303)
    return _page(visit, brought, wanted, written=write and not brought.is_hindered)


def _take_out(visit: RequestContext, name: str, query: Any) -> Response:
    form = query.get("form", "xlsx")
    if form not in _TYPES:
        raise UsageError(N_("{value} cannot be chosen here"), N_("nothing was saved"), value=form)
    is_swedish = visit.t.language == "sv"
    called, data = take_out_set(visit.desk.root, name, visit.t, form=form, style=(";" if is_swedish else ",", True))
    headers = {"content-disposition": f'attachment; filename="{called}"', "cache-control": "no-store"}
    return Response(data, media_type=_TYPES[form], headers=headers)


def _page(visit: RequestContext, brought: BroughtSet | None, wanted: str, *, written: bool) -> Response:
    t, workspace = visit.t, visit.desk.loaded().workspace
    rows = []
    for criteria in current_sets(visit):
        versions = sum(known.id == criteria.id for known in workspace.criteria.values())
        uses = sum(review.criteria == criteria.reference for review in workspace.reviews)
        rows.append((criteria, versions - 1, uses))
    files = {finding.at.file for finding in visit.desk.loaded().findings}
    sound = {criteria.file for criteria in workspace.criteria.values()}
    broken = sorted(file for file in files - sound if file.startswith("criteria/") and file.count("/") == 1)
    told = _told(brought, visit) if brought else None
    return visit.page(
        "criteria_sets", 409 if brought and brought.is_hindered else 200, rows=rows, broken=broken, told=told,
        wanted=wanted, written=written, title=t("Criteria"),
    )  # fmt: skip


def _told(brought: BroughtSet, visit: RequestContext) -> dict[str, Any]:
    """What a file was understood as, in words."""
    t = visit.t
    groups = [(t(head), [remark_words(remark, t) for remark in brought.remarks if remark.weight == weight])
              for weight, head in HEADS.items()]  # fmt: skip
    merged = brought.merged
    changes = [(change.question, part_words(change.part, t), change.before, change.after, False)
               for change in (merged.changes if merged else ())]  # fmt: skip
    changes += [(question, part_words(clash.part, t), str(clash.ours or ""), str(clash.theirs or ""), True)
                for question, clash in (merged.clashes if merged else ())]  # fmt: skip
    written = brought.written
    return {
        "brought": brought, "kind": t(KINDS[brought.kind]), "groups": [pair for pair in groups if pair[1]],
        "changes": changes, "refused": [visit.finding(finding) for finding in written.refused] if written else [],
        "is_same": bool(written and not written.is_changed and not written.refused),
    }  # fmt: skip
