"""A new strategy with its document, a new edition of one, and the decision not to review one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse

from granskning.tasks.editing.strategy_file import add_edition, decide_not_to_review, new_strategy
from granskning.web.beginning.fields import KINDS, GivenFields, edition_fields, strategy_fields, upload_form
from granskning.web.parts.context import form_of, visit_of
from granskning.web.parts.criteria_set import area_titles
from granskning.wordings import STAGES, label
from granskning.workspace.schema.written_dates import read_date

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.requests import Request
    from starlette.responses import Response

    from granskning.findings.finding import Finding
    from granskning.tasks.editing.strategy_file import NewDocument, Written
    from granskning.web.parts.context import RequestContext


async def show(request: Request) -> Response:
    """The form of a new strategy."""
    return await run_in_threadpool(_strategy_page, visit_of(request), {}, ())


async def keep(request: Request) -> Response:
    """Make the strategy, and open it."""
    visit = visit_of(request)
    form, document = await upload_form(request)
    return await run_in_threadpool(_keep_strategy, visit, form, document)


async def show_edition(request: Request) -> Response:
    """The form of a new edition."""
    return await run_in_threadpool(_edition_page, visit_of(request), request.path_params["strategy"], {}, ())


async def keep_edition(request: Request) -> Response:
    """Add the edition, and go back to its strategy."""
    visit, name = visit_of(request), request.path_params["strategy"]
    form, document = await upload_form(request)
    return await run_in_threadpool(_keep_edition, visit, name, form, document)


async def keep_decision(request: Request) -> Response:
    """Write that a strategy is not to be reviewed, or take that back."""
    visit, name = visit_of(request), request.path_params["strategy"]
    form = await form_of(request)
    return await run_in_threadpool(_keep_decision, visit, name, form)


def _keep_strategy(visit: RequestContext, form: Mapping[str, str], document: NewDocument | None) -> Response:
    if missing := _missing(visit, form):
        return _strategy_page(visit, form, missing)
    fields = strategy_fields(form)
    if visit.desk.loaded().workspace.settings.language != visit.t.language:
        fields["language"] = visit.t.language  # that of who writes the title
    with visit.desk.writing():
        done = new_strategy(visit.desk.root, fields, edition_fields(form), document)
    if done.refused:
        return _strategy_page(visit, form, _told(visit, done.refused))
    return RedirectResponse(visit.at("strategi", done.id) + _document_note(done), 303)


def _missing(visit: RequestContext, form: Mapping[str, str]) -> list[dict[str, Any]]:
    """What a strategy cannot do without."""
    t = visit.t
    wanted = (("title", t("Title")), ("owner", t("Owner")), ("area", t("Area")))
    return [
        {"message": t("{field} is missing", field=words), "hint": "", "severity": "error", "field": key}
        for key, words in wanted
        if not form.get(key)
    ]


def _keep_edition(visit: RequestContext, name: str, form: Mapping[str, str], document: NewDocument | None) -> Response:
    visit.strategy(name)
    with visit.desk.writing():
        done = add_edition(visit.desk.root, name, edition_fields(form), document)
    if done.refused:
        return _edition_page(visit, name, form, _told(visit, done.refused))
    return RedirectResponse(visit.at("strategi", name) + _document_note(done) + "#editions", 303)


def _document_note(done: Written) -> str:
    """The end of the address that has the page tell what was found out of a document that cannot be searched."""
    if done.document is None or (done.document.has_text and done.document.problem is None):
        return ""
    return "?dokument=" + ("bild" if done.document.problem is None else "last")


def _keep_decision(visit: RequestContext, name: str, form: Mapping[str, str]) -> Response:
    visit.strategy(name)
    why = form.get("why", "").strip()
    role, date = form.get("role", "").strip(), read_date(form.get("date", "").strip()) or visit.today
    decision = None if "withdraw" in form or not why else {"why": why, "role": role, "date": date}
    with visit.desk.writing():
        refused = decide_not_to_review(visit.desk.root, name, decision)
    if refused:
        found_words = _told(visit, refused)
        return visit.page("refused", 409, findings=found_words, back=visit.at("strategi", name), form=form)
    return RedirectResponse(visit.at("strategi", name), 303)


def _told(visit: RequestContext, refused: Sequence[Finding]) -> list[dict[str, Any]]:
    """What hindered it, with the field that each concerns."""
    return [{**visit.finding(finding), "field": _field_of(finding)} for finding in refused]


def _field_of(finding: Finding) -> str:
    names = [str(step) for step in finding.at.path if isinstance(step, str) and step not in ("editions", "period")]
    return names[-1] if names else ""


def _strategy_page(visit: RequestContext, form: Mapping[str, str], findings: Sequence[Mapping[str, Any]]) -> Response:
    return visit.page(
        "new_strategy", 409 if findings else 200, form=GivenFields(form), findings=findings,
        kinds=[(key, label(KINDS, key, visit.t)) for key in KINDS],
        areas=sorted(area_titles(visit).items(), key=lambda pair: pair[1].casefold()), **_stages(visit),
    )  # fmt: skip


def _edition_page(
    visit: RequestContext, name: str, form: Mapping[str, str], findings: Sequence[Mapping[str, Any]]
) -> Response:
    strategy = visit.strategy(name)
    return visit.page(
        "new_edition",
        409 if findings else 200,
        strategy=strategy,
        form=GivenFields(form),
        findings=findings,
        **_stages(visit),
    )


def _stages(visit: RequestContext) -> dict[str, Any]:
    return {"stages": [(key, label(STAGES, key, visit.t)) for key in STAGES]}
