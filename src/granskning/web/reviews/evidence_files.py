"""Pictures and other files as evidence of an answer: brought, shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.responses import FileResponse, RedirectResponse

from granskning.errors import UsageError
from granskning.i18n import N_
from granskning.tasks.editing.evidence_file import evidence_file, keep_evidence_file
from granskning.web.access.request_checks import LARGEST
from granskning.web.parts.context import visit_of
from granskning.web.parts.forms import plain_text
from granskning.web.reviews.review import file_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from granskning.web.parts.context import RequestContext

_SHUT = "default-src 'none'; frame-ancestors 'self'; sandbox"
"""The policy of a file: nothing in it runs."""


async def keep(request: Request) -> Response:
    """Keep a file, and make it evidence of the answer."""
    visit, file = visit_of(request), file_of(request)
    form = await request.form(max_part_size=LARGEST)
    chosen = form.get("file")
    data = await chosen.read() if isinstance(chosen, UploadFile) else b""
    name = chosen.filename or "" if isinstance(chosen, UploadFile) else ""
    words = plain_text(str(form.get("paraphrase", "")))
    await form.close()
    criterion = request.path_params["criterion"]
    return await run_in_threadpool(_keep, visit, file, criterion, (name, data), words)


def _keep(visit: RequestContext, file: str, criterion: str, brought: tuple[str, bytes], words: str) -> Response:
    opened = visit.desk.open_review(file)
    if opened is None or criterion not in {known.id for known in opened.criteria.criteria}:
        raise UsageError(N_("there is no question {criterion} in this review"), "", criterion=criterion)
    if opened.review.status == "approved":
        raise UsageError(N_("{file} is approved and is not changed"), N_("open it again first, with the reason"),
                         file=file)  # fmt: skip
    if not words:
        raise UsageError(N_("say what the picture or the file shows"), N_("write it in the field beside the file"))
    with visit.desk.writing():
        path, digest = keep_evidence_file(visit.desk.root, opened.review.strategy, *brought)
    base = opened.answers.get(criterion) or {}
    item: dict[str, Any] = {"file": path, "sha256": digest, "paraphrase": words}
    kept = visit.desk.keep_answer(file, criterion, base, {"evidence": [*(base.get("evidence") or ()), item]})
    if kept.clashes or kept.refused:
        raise UsageError(N_("the file is kept, but somebody else changed the evidence in the same moment"),
                         N_("try again"))  # fmt: skip
    return RedirectResponse(visit.review_at(file, "fraga", criterion), 303)


async def show(request: Request) -> Response:
    """A file that is evidence."""
    visit, part = visit_of(request), request.path_params
    visit.strategy(part["strategy"])
    path, kind = evidence_file(visit.desk.root, part["strategy"], part["name"])
    headers = {"cache-control": "no-store", "content-security-policy": _SHUT}
    if kind == "application/pdf":  # a browser shows no PDF in a sandbox
        headers = {"cache-control": "no-store", "content-disposition": f'attachment; filename="{path.name}"'}
    return FileResponse(path, media_type=kind, headers=headers)
