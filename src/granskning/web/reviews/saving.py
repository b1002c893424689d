"""One answer saved: what comes back to the page, or to a browser without scripts; one question a view, or all."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse

from granskning.web.parts.blind import is_hidden
from granskning.web.parts.conflict import base_of_fields, resolve_conflicts
from granskning.web.parts.context import form_of, visit_of
from granskning.web.parts.forms import base_of, parts_of, rewritten_of
from granskning.web.parts.peer_reviews import views_of
from granskning.web.parts.question import around, chosen_tags, entry_of, tag_query
from granskning.web.reviews.one_question import list_values, single_entry
from granskning.web.reviews.review import file_of, results_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from granskning.model.criteria import Criterion
    from granskning.tasks.editing.edit_session import Kept, OpenReview
    from granskning.web.parts.context import RequestContext

_WHOLE = ("drop", "settle", "add", "undo", "cite-quote")
"""The fields of buttons after which the question is shown anew."""


async def keep(request: Request) -> Response:
    """Save one answer. A part of the page gets back what has changed; a plain form gets the page anew."""
    visit, file = visit_of(request), file_of(request)
    form = await form_of(request)
    name = request.path_params["criterion"]
    return await run_in_threadpool(_keep, visit, file, name, form)


def _keep(visit: RequestContext, file: str, name: str, form: Mapping[str, str]) -> Response:
    opened = visit.desk.open_review(file)
    criterion = next((known for known in opened.criteria.criteria if known.id == name), None) if opened else None
    if opened is None or criterion is None:
        visit.desk.keep_answer(file, name, {}, {})  # which says what is wrong
        return RedirectResponse(visit.review_at(file), 303)
    drop = form.get("drop", "")
    dropped = int(drop) if drop.isascii() and drop.isdigit() else None
    base, parts = resolve_conflicts(form, base_of(form), parts_of(form, criterion, opened.criteria, drop=dropped))
    kept = visit.desk.keep_answer(file, name, base, parts)
    if not visit.is_htmx and not kept.clashes and not kept.refused:
        return RedirectResponse(_back(visit, opened, name, form), 303)
    opened = visit.desk.open_review(file) or opened
    entry = entry_of(visit, opened, criterion, around(visit, opened), more="add" in form, kept=kept)
    if dropped is not None and base.get("evidence"):
        words = visit.t("Evidence {number} was taken away.", number=dropped)
        entry["undo"] = {"words": words, "evidence": json.dumps(base["evidence"], ensure_ascii=False)}
    entry["rewritten"] = rewritten_of(form)
    is_whole = any(field in form for field in _WHOLE)
    if kept.refused or not is_whole:
        now = opened.answers.get(name) or {}
        entry["form"] = replace(entry["form"], base=base_of_fields(now, base, parts, kept.changed))
    if visit.is_htmx and not is_whole:
        return _saved(visit, opened, entry, kept, criterion)
    return _anew(visit, opened, entry, kept, criterion)


def _is_single(visit: RequestContext) -> bool:
    """Whether the reader sees one question a view."""
    return visit.request.query_params.get("vy") == "fraga"


def _back(visit: RequestContext, opened: OpenReview, name: str, form: Mapping[str, str]) -> str:
    """Where a browser without scripts goes after a save: where it came from."""
    file, more = opened.review.file, name if "add" in form else ""
    if _is_single(visit):
        return visit.review_at(file, "fraga", name) + (f"?mer={more}" if more else "")
    return f"{visit.review_at(file)}{tag_query(chosen_tags(visit, opened), more)}#{name}"


def _saved(  # noqa: PLR0913  # what a save has come to
    visit: RequestContext, opened: OpenReview, entry: dict[str, Any], kept: Kept, criterion: Criterion, *,
    whole: bool = False,
) -> Response:  # fmt: skip
    """What has changed on the page: what is beside the fields, or the whole question; and the results in any case."""
    is_single = _is_single(visit)
    shown = single_entry(visit, opened, entry, criterion) if is_single else entry
    beside = list_values(visit, opened, criterion.id) if is_single else results_of(visit, opened)
    return visit.page(
        "saved", held=opened, entry=shown, kept=kept, whole=whole, is_single=is_single, **beside,
    )  # fmt: skip


def _anew(
    visit: RequestContext, opened: OpenReview, entry: dict[str, Any], kept: Kept, criterion: Criterion
) -> Response:
    """The question anew, whoever asked: the form itself, a button in it, or a browser without scripts."""
    hidden = is_hidden(visit, opened.review.strategy, opened.review.round)
    entry["views"] = () if hidden else views_of(visit, opened).get(criterion.id, ())
    if not visit.is_htmx:
        is_single = _is_single(visit)
        shown = single_entry(visit, opened, entry, criterion) if is_single else entry
        return visit.page("clash", 409, held=opened, entry=shown, kept=kept, locked=False, is_single=is_single)
    page = _saved(visit, opened, entry, kept, criterion, whole=True)
    page.headers["hx-retarget"], page.headers["hx-reswap"] = f"[id='{criterion.id}']", "outerHTML"
    return page
