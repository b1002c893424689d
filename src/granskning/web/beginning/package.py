"""The documents that belong to a strategy, and how much of each has been read: shown, declared, changed, taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse

from granskning.errors import UsageError
from granskning.i18n import N_
from granskning.reporting.wording.report_context import name_edition
from granskning.tasks.records.package import FIELDS, add_document, change_document, remove_document
from granskning.web.parts.context import form_of, visit_of
from granskning.web.parts.forms import plain_text
from granskning.wordings import PACKAGE_KINDS, PACKAGE_READ, label
from granskning.workspace.schema.written_dates import read_date

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.requests import Request
    from starlette.responses import Response

    from granskning.findings.finding import Finding
    from granskning.model.strategy import Strategy
    from granskning.web.parts.context import RequestContext

_BEFORE = "was-"
"""How the fields begin that say what a document was when it was shown."""
_LONGEST = 3
"""Digits of a document's number."""
_USUAL = ("plan", "impact_assessment", "consultation_report", "yearly_report")
"""The kinds that a plan nearly always has."""


async def show(request: Request) -> Response:
    """The documents, and a form for one of them or for one more."""
    visit = visit_of(request)
    number = _number(request.query_params.get("nr", ""))
    return await run_in_threadpool(_show, visit, request.path_params["strategy"], number)


async def keep(request: Request) -> Response:
    """Declare a document, change one, take one away, or put back the one that was taken away."""
    visit, name = visit_of(request), request.path_params["strategy"]
    form = await form_of(request)
    return await run_in_threadpool(_keep, visit, name, form)


def _keep(visit: RequestContext, name: str, form: Mapping[str, str]) -> Response:
    visit.strategy(name)
    root, number = visit.desk.root, _number(form.get("number", ""))
    before = {key: plain_text(form.get(f"{_BEFORE}{key}", "")) for key in FIELDS}
    fields = {key: plain_text(form.get(key, "")) for key in FIELDS}
    if fields["retrieved"]:
        fields["retrieved"] = read_date(fields["retrieved"])
    with visit.desk.writing():
        if "remove" in form:
            refused = remove_document(root, name, number, before)
        elif number and "undo" not in form:
            refused = change_document(root, name, number, before, fields)
        else:
            refused = add_document(root, name, fields, number)
    if refused:
        return _show(visit, name, number, (fields, refused))
    if "remove" in form:
        return _show(visit, name, removed=(number, before))
    return RedirectResponse(visit.at("strategi", name, "handlingar"), 303)


def _number(text: str) -> int:
    """The number of a document, from 1; 0 for none. Raises UsageError for what is no number."""
    if not text:
        return 0
    if not (text.isascii() and text.isdigit()) or len(text) > _LONGEST:
        raise UsageError(N_("there is no document {number} of the strategy"), "", number=text)
    return int(text)


def _show(
    visit: RequestContext,
    name: str,
    number: int = 0,
    tried: tuple[Mapping[str, str], Sequence[Finding]] = ({}, ()),
    removed: tuple[int, Mapping[str, str]] | None = None,
) -> Response:
    """The page: with the document of that number in its form, or as it was tried to write it and what hindered it."""
    given, refused = tried
    strategy, t = visit.strategy(name), visit.page_t
    rows = [{key: str(getattr(document, key) or "") for key in FIELDS} for document in strategy.package]
    if number > len(rows):
        raise UsageError(N_("there is no document {number} of the strategy"), "", number=number)
    chosen = rows[number - 1] if number else dict.fromkeys(FIELDS, "")
    lacking = [kind for kind in _USUAL if kind not in {row["kind"] for row in rows}]
    return visit.page(
        "package",
        409 if refused else 200,
        strategy=strategy,
        rows=[(row, label(PACKAGE_KINDS, row["kind"], t), t(PACKAGE_READ[row["read"]]), _title(visit, strategy, row))
              for row in rows],
        lacking=[label(PACKAGE_KINDS, kind, t) for kind in lacking],
        number=number,
        before=chosen,
        form=given or {**chosen, "kind": chosen["kind"] or (lacking or ["other"])[0]},
        kinds=[(kind, label(PACKAGE_KINDS, kind, t)) for kind in PACKAGE_KINDS],
        depths=[(depth, t(words)) for depth, words in PACKAGE_READ.items()],
        editions=[(edition.id, edition.title or name_edition(edition, t)) for edition in strategy.editions],
        findings=[{**visit.finding(fault), "field": str(fault.at.path[-1])} for fault in refused],
        removed=removed,
        locked=not visit.may("strategy"),
    )  # fmt: skip


def _title(visit: RequestContext, strategy: Strategy, row: Mapping[str, str]) -> str:
    """What a document is called: by its own title, else by its edition, with the language that it is in."""
    t, around = visit.page_t, strategy.language or visit.desk.loaded().workspace.settings.language
    edition = strategy.edition(row["edition"]) if row["edition"] else None
    if row["title"] or edition is None:
        return t.in_language(row["title"], around)
    return t.in_language(edition.title or "", edition.language or around) or name_edition(edition, t)
