"""The search log of a review: written as its text is searched, shown, added to by hand, and lines taken away."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse

from granskning.errors import UsageError
from granskning.i18n import N_
from granskning.model.review import SearchNote
from granskning.tasks.records.search_log import LogEdit, MadeSearch, add_note, remove_note, search_note
from granskning.web.parts.context import form_of, visit_of
from granskning.web.parts.forms import plain_text
from granskning.web.reviews.document_pane import PANE_NEAR, search_edition
from granskning.web.reviews.review import file_of
from granskning.workspace.schema.written_dates import read_date

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from granskning.tasks.editing.edit_session import OpenReview
    from granskning.web.parts.context import RequestContext
    from granskning.web.reviews.document_pane import DocumentPane

FIELDS = ("sought", "where", "date", "outcome", "criterion")
_LONGEST = 9
"""Digits of a line's number."""


async def search(request: Request) -> Response:
    """Search the text beside a question, write the search in the log, and show what it came to."""
    visit, file = visit_of(request), file_of(request)
    form = await form_of(request)
    return await run_in_threadpool(_search, visit, file, request.path_params["criterion"], form)


async def show(request: Request) -> Response:
    """The log."""
    return await run_in_threadpool(_show, visit_of(request), file_of(request))


async def keep(request: Request) -> Response:
    """Add a line, take one away, or put back the one that was taken away."""
    visit, file = visit_of(request), file_of(request)
    form = await form_of(request)
    return await run_in_threadpool(_keep, visit, file, form)


def _search(visit: RequestContext, file: str, criterion: str, form: Mapping[str, str]) -> Response:
    opened = _opened(visit, file)
    words, edition = plain_text(form.get("sok", "")), form.get("utgava", "")
    result = search_edition(visit, opened.strategy.id, edition, words) if words else None
    if result is not None and result.searched:
        made = MadeSearch(words.split(), PANE_NEAR, visit.today, criterion)
        note = search_note(visit.desk.loaded().workspace, opened.review, result, made)
        with visit.desk.writing():
            edit = add_note(visit.desk.root, opened.review, opened.criteria, note)
        if edit.refused:
            return _show(visit, file, edit)
    query = {"utgava": edition, "visa": form.get("visa", ""), "sok": words}
    wanted = urlencode({key: value for key, value in query.items() if value})
    return RedirectResponse(f"{visit.review_at(file, 'fraga', criterion)}?{wanted}#dokument", 303)


def logged_number(visit: RequestContext, opened: OpenReview, pane: DocumentPane, criterion: str) -> int:
    """The number of the latest line that tells of the search in the pane for a question; 0 where the log has none."""
    if pane.result is None or not pane.result.searched:
        return 0
    made = MadeSearch(pane.wanted.split(), PANE_NEAR, visit.today, criterion)
    wanted = search_note(visit.desk.loaded().workspace, opened.review, pane.result, made)
    same = [
        number for number, note in enumerate(opened.review.searches, 1) if replace(note, date=visit.today) == wanted
    ]
    return same[-1] if same else 0


def _keep(visit: RequestContext, file: str, form: Mapping[str, str]) -> Response:
    opened = _opened(visit, file)
    if number := form.get("remove", ""):
        if not (number.isascii() and number.isdigit()) or len(number) > _LONGEST:
            raise UsageError(N_("line {number} of the search log is another one by now"), "", number=number)
        with visit.desk.writing():
            edit = remove_note(visit.desk.root, opened.review, int(number), form.get("sought", ""))
        return _show(visit, file, edit if edit.refused else None, removed=edit.note)
    fields = {key: plain_text(form.get(key, "")) for key in FIELDS}
    date = read_date(fields["date"]) or visit.today
    note = SearchNote(fields["sought"], fields["where"], date, fields["outcome"], fields["criterion"] or None)
    with visit.desk.writing():
        edit = add_note(visit.desk.root, opened.review, opened.criteria, note)
    if edit.refused:
        return _show(visit, file, edit, form=fields)
    return RedirectResponse(visit.review_at(file, "soklogg"), 303)


def _opened(visit: RequestContext, file: str) -> OpenReview:
    opened = visit.desk.open_review(file)
    if opened is None:
        visit.desk.text(file)  # which says that it is not there
        raise UsageError(N_("{file} cannot be read as a form"), N_("mend it as text first"), file=file)
    return opened


def _show(
    visit: RequestContext,
    file: str,
    edit: LogEdit | None = None,
    *,
    removed: SearchNote | None = None,
    form: Mapping[str, str] | None = None,
) -> Response:
    opened = _opened(visit, file)
    questions = {known.id: visit.page_t.text(known.question) for known in opened.criteria.criteria}
    refused = edit.refused if edit is not None else ()
    return visit.page(
        "search_log",
        409 if refused else 200,
        held=opened,
        notes=[(note, questions.get(note.criterion or "", note.criterion or "")) for note in opened.review.searches],
        questions=questions,
        findings=[{**visit.finding(fault), "field": str(fault.at.path[-1])} for fault in refused],
        form=form or dict.fromkeys(FIELDS, ""),
        removed=_plain(removed) if removed is not None and not refused else None,
        locked=not visit.may("review") or opened.review.status == "approved",
    )


def _plain(note: SearchNote) -> dict[str, Any]:
    return {key: value or "" for key, value in asdict(note).items()}
